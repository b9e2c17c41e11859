"""The prose lint finds what the style replaces in all text for people, and nothing else."""

import pytest

from tests.support.prose import DOCUMENTS, document_lapses, lapses_in, lapses_of, source_lapses


@pytest.mark.parametrize(
    "text",
    [
        "The claim rests on nothing.", "What bears\nout a claim", "Begin anew", "The person's rows", "Whoever reads it",
        "Use 32 signs or more.", "It TAKES BACK an action",
    ],
)  # fmt: skip
def test_a_phrase_that_the_style_replaces_is_noticed(text: str) -> None:
    assert len(lapses_in(text)) == 1


@pytest.mark.parametrize(
    "text", ["The indoor list is renewed.", "What the profile supports", "People read it", "A newsletter"]
)
def test_a_word_that_merely_contains_one_passes(text: str) -> None:
    assert lapses_in(text) == []


def test_a_document_is_checked_but_for_code_and_quoted_examples() -> None:
    text = (
        "Begin `anew`.\n\n```\nanew\n```\n<!-- style off -->\nanew\n<!-- style on -->\n\nIt begins\nanew.\n"
    )
    assert [(lapse.line, lapse.phrase) for lapse in document_lapses(text)] == [(11, "anew")]


def test_docstrings_comments_and_text_that_people_read_are_checked() -> None:
    source = '"""Begin anew."""\nLIMIT = 3\n"""Begin anew."""\nlabel = "Please begin anew!"  # anew\nname = "anew"\n'
    assert [lapse.line for lapse in source_lapses(source)] == [1, 3, 4]
    assert [lapse.line for lapse in source_lapses(source, is_interface=True)] == [1, 3, 4, 4, 4, 4]


def test_a_query_is_no_text_that_people_read() -> None:
    assert source_lapses('query = "SELECT news FROM t"', is_interface=True) == []


def test_no_document_has_a_phrase_that_the_style_replaces() -> None:
    assert [f"{path.name}:{lapse}" for path in DOCUMENTS for lapse in lapses_of(path)] == []
