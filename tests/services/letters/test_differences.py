"""Differences between two versions of a letter: complete, grouped, and computed quickly."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.services.letters.differences import differences
from tracker.shapes.letter_versions import Aligned, Change

OUT, IN = Change.TAKEN_OUT, Change.PUT_IN


def of(row: Aligned, change: Change) -> list[str]:
    return [piece.text.strip() for piece in (*row.earlier, *row.later) if piece.change == change]


def texts(rows: list[Aligned]) -> tuple[list[str], list[str]]:
    """Return both versions, assembled from the rows."""
    earlier = ["".join(piece.text for piece in row.earlier) for row in rows if row.earlier]
    later = [
        "".join(piece.text for piece in (row.later or row.earlier))
        for row in rows
        if row.later or row.is_same
    ]
    return earlier, later


def test_a_changed_word_is_one_removal_and_one_insertion() -> None:
    (row,) = differences(["I led a team of four."], ["I led a small team of five."])
    assert [(piece.text, piece.change) for piece in row.earlier] == [
        ("I led a ", "kept"), ("team of ", "kept"), ("four.", "out"),
    ]  # fmt: skip
    assert [(piece.text, piece.change) for piece in row.later] == [
        ("I led a ", "kept"), ("small", "in"), (" ", "kept"), ("team of ", "kept"), ("five.", "in"),
    ]  # fmt: skip


def test_equal_paragraphs_appear_once_without_marks() -> None:
    rows = differences(["Dear team,", "One word", "Bye"], ["Dear team,", "Two word", "Bye"])
    assert [row.is_same for row in rows] == [True, False, True]
    assert rows[0].later == []
    assert differences(["One  two"], ["One two"])[0].is_same


def test_an_added_or_removed_paragraph_is_alone_in_its_row() -> None:
    old = [
        "Dear team,",
        "I moved forty services to PostgreSQL.",
        "I led four people at Halcyon.",
        "Kind regards",
    ]
    new = [
        "Dear team,",
        "A sentence that is all new here.",
        "I moved fifty services to PostgreSQL.",
        "Kind regards",
    ]
    rows = differences(old, new)
    assert [(bool(row.earlier), bool(row.later)) for row in rows[1:4]] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert (of(rows[2], OUT), of(rows[2], IN)) == (["forty"], ["fifty"])


def test_paragraphs_with_little_in_common_are_not_paired() -> None:
    rows = differences(["Bye", "I wrote the plan"], ["Bye", "We shall see the sea"])
    assert [(bool(row.earlier), bool(row.later)) for row in rows[1:]] == [(True, False), (False, True)]


def test_a_line_that_breaks_elsewhere_is_a_difference() -> None:
    (row,) = differences(["Kind regards\nAnn"], ["Kind regards Ann"])
    assert (of(row, OUT), of(row, IN)) == (["regards"], ["regards"])


def test_a_word_that_is_equal_by_chance_belongs_to_the_rewritten_part() -> None:
    (row,) = differences(
        ["Hello there: we moved every server with the team in one year. Bye now"],
        ["Hello there: she wrote long books about the sea and its ships. Bye now"],
    )
    assert of(row, OUT) == ["we moved every server with the team in one year."]
    assert of(row, IN) == ["she wrote long books about the sea and its ships."]


PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "the", "team,", "of\n", "five", "<b>"]), min_size=1, max_size=12).map(
        lambda words: " ".join(words).strip()
    ),
    max_size=6,
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_versions_can_be_read_whole_and_only_what_differs_is_marked(
    old: list[str], new: list[str]
) -> None:
    rows = differences(old, new)
    earlier, later = texts(rows)
    assert earlier == old
    assert [part.split() for part in later] == [part.split() for part in new]
    for row in rows:
        old_kept, new_kept = (
            "".join(piece.text for piece in half if piece.change == Change.KEPT).split()
            for half in (row.earlier, row.later)
        )
        assert row.is_same or old_kept == new_kept
        assert not any(piece.change == OUT for piece in row.later)
        assert not any(piece.change == IN for piece in row.earlier)


@given(PARAGRAPHS)
def test_a_text_doesnt_differ_from_itself(text: list[str]) -> None:
    assert all(row.is_same for row in differences(text, text))


def scattered(number: int, words: list[str], seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(words) for _ in range(number))


TWO = [first + second for first in "abcdefghij" for second in "abcdefghijklm"]
COUNTED = [str(number) for number in range(4000)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a " * 9_999], ["a " * 9_000 + "b"]),
        ([scattered(10_000, ["a", "b"], 1)], [scattered(10_000, ["a", "b"], 2)]),
        ([scattered(6_600, TWO, 1)], [scattered(6_600, TWO, 2)]),
        ([" ".join(COUNTED)], [" ".join(COUNTED[::-1])]),
        ([" ".join(COUNTED)], [" ".join(word if at % 2 else f"x{word}" for at, word in enumerate(COUNTED))]),
        (COUNTED, COUNTED[::-1]),
        (scattered(6_600, ["a", "b", "c"], 1).split(), scattered(6_600, ["a", "b", "c"], 2).split()),
        (["x" * 20_000], ["x" * 19_999 + "y"]),
    ],
    ids=[
        "one word",
        "two words",
        "many words",
        "backwards",
        "every other",
        "lines backwards",
        "letters",
        "endless",
    ],
)
def test_even_the_worst_twenty_thousand_characters_take_seconds_at_most(
    old: list[str], new: list[str]
) -> None:
    begun = time.process_time()
    rows = differences(old, new)
    assert time.process_time() - begun < 8
    assert texts(rows)[0] == old


def test_a_long_letter_with_some_words_changed_is_compared_at_once() -> None:
    words = [f"word{number % 700}" for number in range(2_600)]
    old = [" ".join(words[at : at + 80]) for at in range(0, len(words), 80)]
    new = [part.replace("word3 ", "other ").replace("word41 ", "") for part in old]
    begun = time.process_time()
    rows = differences(old, new)
    assert time.process_time() - begun < 1
    assert sum(not row.is_same for row in rows) == sum(
        before != after for before, after in zip(old, new, strict=True)
    )
