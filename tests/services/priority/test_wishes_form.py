"""The form of the wishes: limits of its fields, what it shows, and the preview of weights."""

from datetime import date
from unittest.mock import patch

import pytest

from tests.support.people import Person
from tests.support.statements import statements
from tests.support.stored_scores import stored_score, wishes
from tracker.errors import Invalid
from tracker.services.applications import deletion, stage_moves
from tracker.services.priority import stored_scores
from tracker.services.priority.comparison import explain
from tracker.services.priority.preview import preview_weights
from tracker.services.priority.stored_scores import score_all
from tracker.services.priority.wishes_form import change, read, save, ticks, weights
from tracker.services.profile import edits
from tracker.shapes.priority import Factor


def refused(person: Person, **typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as wrong:
        person.call(save, typed)
    return wrong.value.fields


def test_fifty_words_of_sixty_characters_are_the_most(alice: Person) -> None:
    words = [f"w{n}" for n in range(49)] + ["w" * 60]
    alice.call(save, {"wanted": ", ".join(words)})
    assert alice.call(read).typed["wanted"] == ", ".join(words)
    assert refused(alice, wanted=", ".join([*words, "more"])) == {
        "wanted": "At most 50, separated by commas."
    }
    assert refused(alice, cities="w" * 61)["cities"].startswith("Each has at most 60 characters")


def test_words_are_separated_by_commas_semicolons_or_lines_and_kept_once(alice: Person) -> None:
    alice.call(save, {"cities": "Berlin; New   York,\nBerlin,,Bonn"})
    assert alice.call(read).typed["cities"] == "Berlin, New York, Bonn"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("USD 0.000001", "USD 1e-06"), ("USD 999999999", "USD 1e+09"), ("\n usd = 1,25 \n\nGBP:2", "GBP 2\nUSD 1.25"),
        ("USD 1\nusd 2", "USD 2"), ("JPY 170.5", "JPY 170.5"),
    ],
)  # fmt: skip
def test_a_rate_is_a_known_code_with_a_number_that_can_be_one(alice: Person, raw: str, shown: str) -> None:
    alice.call(save, {"rates": raw})
    assert alice.call(read).typed["rates"] == shown


@pytest.mark.parametrize(
    "raw", ["USD 0.0000009", "USD 1000000000", "XXY 1", "1 USD", "USD 1\nGBP", "USD 1 2"]
)
def test_a_line_that_is_no_rate_is_named(alice: Person, raw: str) -> None:
    line = raw.splitlines()[-1]
    assert refused(alice, rates=raw)["rates"].startswith(f"Can't read “{line}”.")


def test_a_minimum_may_equal_the_target_and_either_may_be_missing(alice: Person) -> None:
    for least, target in (("60000", "60000"), ("60000", ""), ("", "60000")):
        alice.call(save, {"salary_floor": least, "salary_target": target})
        typed = alice.call(read).typed
        assert (typed["salary_floor"], typed["salary_target"]) == (least, target)
    assert refused(alice, salary_floor="60001", salary_target="60000") == {
        "salary_floor": "The minimum salary can't exceed the target."
    }


@pytest.mark.parametrize("liked", ["wanted", "known"])
@pytest.mark.parametrize("disliked", ["avoided", "breaking_words"])
def test_a_word_is_not_liked_and_disliked_under_two_names(alice: Person, liked: str, disliked: str) -> None:
    assert refused(alice, **{liked: "Go, Rust", disliked: "PHP, golang"}) == {
        disliked: "Also listed as wanted or known: golang. Keep each in one field only."
    }
    alice.call(save, {liked: "Go", disliked: "PHP"})


def test_a_weight_is_a_whole_number_from_0_to_5_and_a_missing_one_the_default() -> None:
    typed = {f"weight_{factor}": str(n) for n, factor in zip(range(6), Factor, strict=False)}
    assert list(weights(typed).values()) == [0, 1, 2, 3, 4, 5]
    for raw in ("6", "-1", "1.5", "05", "five"):
        with pytest.raises(Invalid) as wrong:
            weights({"weight_place": raw})
        assert wrong.value.fields == {"weight_place": "A weight is a whole number from 0 to 5."}


def test_a_change_of_some_fields_keeps_the_others_and_the_weights(alice: Person) -> None:
    alice.call(save, {"cities": "Berlin", "levels_senior": "on", "weight_place": "5", "weight_stack": "0"})
    alice.call(change, {"cities": "Bonn"}, {})
    seen = alice.call(read)
    assert (seen.typed["cities"], seen.typed["levels_senior"]) == ("Bonn", "on")
    assert (seen.weights["place"], seen.weights["stack"], seen.weights["salary"]) == (5, 0, 4)
    alice.call(change, {}, {"weight_place": "1"})
    seen = alice.call(read)
    assert (seen.typed["cities"], seen.weights["place"], seen.weights["stack"]) == ("Bonn", 1, 3)


def test_an_empty_form_has_the_users_currency_for_a_year(alice: Person) -> None:
    seen = alice.with_settings(currency="CHF").call(read)
    assert (seen.typed["currency"], seen.typed["salary_period"]) == ("CHF", "year")
    assert (seen.typed["salary_floor"], seen.sources, seen.counted) == ("", [], "")
    alice.call(save, {"currency": "GBP", "salary_period": "month"})
    assert alice.call(read).typed["currency"] == "GBP"
    assert alice.call(read).typed["salary_period"] == "month"


def test_the_form_lists_the_bundled_rates_and_their_day(alice: Person) -> None:
    seen = alice.call(read)
    assert seen.rates_on == "Tue 1 Jul 2025"
    codes = [code for code, _ in seen.bundled]
    assert codes == sorted(codes)
    assert "EUR" not in codes
    assert dict(seen.bundled)["JPY"] == "170"


def test_the_twelve_sources_with_the_most_applications_are_listed(alice: Person) -> None:
    sources = {f"Source {n}": [n % 3, n] for n in (5, 13, 1, 9, 2, 12, 3, 11, 4, 10, 6, 8, 7)}
    wishes(alice, sources=sources, counted_on=date(2026, 11, 2))
    seen = alice.call(read)
    assert [name for name, _ in seen.sources] == [f"Source {n}" for n in range(13, 1, -1)]
    assert seen.sources[0] == ("Source 13", "1 of 13 led to an interview")
    assert seen.counted == "Mon 2 Nov 2026"


def test_check_boxes_are_named_for_their_wish() -> None:
    assert next(iter(ticks("workplaces"))) == ("workplaces_remote", "Remote")
    assert len(list(ticks("levels"))) == 6


OFF = {f"weight_{factor}": "0" for factor in Factor}


def test_a_preview_says_how_far_each_application_would_move(alice: Person, bob: Person) -> None:
    alice.call(save, OFF | {"weight_excitement": "1"})
    keen, fair = alice.add_application("Keen", excitement="5"), alice.add_application("Fair", excitement="3")
    urgent = alice.add_application("Urgent", excitement="1", deadline="2026-11-03")
    alice.call(stage_moves.move, [alice.add_application("Closed", excitement="5")], "closed", "rejected")
    bob.add_application("Bobcorp", excitement="5")
    order = alice.call(preview_weights, OFF | {"weight_deadline": "1"})
    assert [(line.id, line.name, line.place, line.score, line.moved, line.direction) for line in order] == [
        (urgent, "Engineer at Urgent", 1, 100, "↑ 2", "up"),
        (fair, "Engineer at Fair", 2, 50, "", ""),
        (keen, "Engineer at Keen", 3, 50, "↓ 2", "down"),
    ]
    swapped = alice.call(preview_weights, OFF | {"weight_excitement": "1", "weight_deadline": "3"})
    assert [line.moved for line in swapped] == ["↑ 2", "↓ 1", "↓ 1"]


def test_moves_by_a_single_place_are_shown_too(alice: Person) -> None:
    alice.call(save, OFF | {"weight_excitement": "1"})
    alice.add_application("Keen", excitement="5")
    alice.add_application("Urgent", excitement="1", deadline="2026-11-03")
    order = alice.call(preview_weights, OFF | {"weight_deadline": "1"})
    assert [(line.moved, line.direction) for line in order] == [("↑ 1", "up"), ("↓ 1", "down")]


def test_a_preview_shows_the_first_ten_and_counts_words_of_the_posting(alice: Person) -> None:
    alice.call(save, OFF | {"weight_stack": "1", "wanted": "Python"})
    for n in range(10):
        alice.add_application(f"Company {n}")
    best = alice.add_application("Snake", posting_text="We use Python.")
    order = alice.call(preview_weights, OFF | {"weight_stack": "1"})
    assert [line.place for line in order] == list(range(1, 11))
    assert (order[0].id, order[0].score, order[1].score) == (best, 100, 50)


def test_only_sent_applications_count_for_their_source(alice: Person) -> None:
    alice.add_application("Saved", source="Board")
    alice.add_application("Sent", source="Board", stage="applied")
    alice.add_application("Dated", source="Board", applied_on="2026-11-01")
    alice.add_application("Talks", source="Board", stage="screening")
    alice.add_application("Met", source="Board", stage="interviewing")
    alice.add_application("Offered", source="Board", stage="offer")
    alice.add_application("Unknown", stage="interviewing")
    declined = alice.add_application("Declined", source="Board", stage="applied")
    alice.call(stage_moves.move, [declined], "closed", "declined")
    rejected = alice.add_application("Rejected", source="Fair", stage="applied")
    alice.call(stage_moves.move, [rejected], "closed", "rejected")
    alice.call(deletion.remove, [alice.add_application("Deleted", source="Gone", stage="offer")])
    alice.call(score_all)
    assert alice.rows("SELECT sources FROM wishes")[0]["sources"] == {"Board": [3, 6], "Fair": [0, 1]}
    assert str(alice.rows("SELECT counted_on FROM wishes")[0]["counted_on"]) == "2026-11-03"


def test_a_word_no_longer_wished_for_counts_no_more_and_no_posting_is_searched(alice: Person) -> None:
    alice.call(save, OFF | {"weight_stack": "1", "wanted": "Python, Go"})
    row_id = alice.add_application(posting_text="We use Python.")
    alice.call(score_all)
    alice.call(save, OFF | {"weight_stack": "1", "wanted": "Python"})
    with statements() as sent:
        assert alice.call(score_all) == "1 application scored again"
    assert not [query for query in sent if "ILIKE" in query]
    assert stored_score(alice, row_id) == 100
    assert alice.call(explain, row_id).was == 100


def test_a_new_word_is_found_in_open_postings_and_roles(alice: Person) -> None:
    posting = alice.add_application(posting_text="We use Python.")
    role, other = alice.add_application(role="Python engineer"), alice.add_application(posting_text="Bread.")
    alice.call(save, OFF | {"weight_stack": "1", "wanted": "Python"})
    assert alice.call(score_all) == "3 applications scored again"
    assert [stored_score(alice, row_id) for row_id in (posting, role, other)] == [100, 100, 25]
    stored = alice.rows("SELECT found FROM priority ORDER BY application_id")
    assert [row["found"] for row in stored] == [["python"], ["python"], []]


@pytest.mark.parametrize(("limit", "is_left"), [(2, False), (1, True)])
def test_more_new_postings_than_a_transaction_reads_are_left_to_the_job(
    alice: Person, limit: int, is_left: bool
) -> None:
    ids = [alice.add_application(posting_text="Requirements\n- Python") for _ in range(2)]
    bare = alice.add_application("Bare")
    alice.call(edits.add_bullet, {"text": "Wrote Python"})
    alice.call(score_all)
    alice.rows("UPDATE priority SET asked_of = '', asked = '{}', score = 1 RETURNING 1")
    alice.rows("WITH gone AS (DELETE FROM job RETURNING 1) SELECT count(*) FROM gone")
    with patch.object(stored_scores, "AT_ONCE", limit):
        alice.call(stage_moves.move, [*ids, bare], "applied")
    stored = alice.rows("SELECT asked FROM priority WHERE asked_of <> ''")
    assert [row["asked"] for row in stored] == ([] if is_left else [["python"]] * 2)
    assert len(alice.rows("SELECT 1 FROM job WHERE kind = 'score_all'")) == is_left
    assert stored_score(alice, bare) > 1
