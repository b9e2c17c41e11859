"""Local times of interviews: those that occur twice, and those that never do."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.people import Person
from tests.support.wall_times import VANCOUVER, when
from tracker.errors import Invalid
from tracker.services.interviews.interview_lists import detail
from tracker.services.interviews.scheduling import edit, move, preview, schedule
from tracker.services.interviews.state_changes import delete

TWICE = {"kind": "technical", "starts_at": "2026-10-25T02:30", "zone": "Europe/Berlin"}
FIRST, SECOND = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_vancouver_keeps_its_summer_time_from_november_2026(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)


def test_an_ambiguous_time_asks_which_and_saves_nothing(alice: Person) -> None:
    row_id = alice.add_application()
    with pytest.raises(Invalid) as question:
        alice.call(schedule, row_id, TWICE)
    assert question.value.fields == {"fold": "02:30 occurs twice that night. Choose which."}
    assert alice.log() == ["application.added"]


@pytest.mark.parametrize(("fold", "at", "shown"), [("0", FIRST, "UTC+2"), ("1", SECOND, "UTC+1")])
def test_the_first_or_the_second_is_kept_and_shown(
    alice: Person, fold: str, at: datetime, shown: str
) -> None:
    interview = alice.call(schedule, alice.add_application(), {**TWICE, "fold": fold})
    assert when(alice, interview) == (at, "2026-10-25 02:30", int(fold))
    seen = alice.call(detail, interview)
    assert seen.typed["fold"] == fold
    assert next(fact.shown for fact in seen.facts if fact.name == "starts_at").endswith(f"02:30 ({shown})")


def test_a_choice_counts_for_a_time_that_occurs_twice_alone(alice: Person) -> None:
    interview = alice.call(
        schedule, alice.add_application(), {**TWICE, "starts_at": "2026-10-25T03:30", "fold": "1"}
    )
    assert when(alice, interview) == (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "2026-10-25 03:30", 0)
    assert alice.call(detail, interview).typed["fold"] == ""
    with pytest.raises(Invalid) as wrong:
        alice.call(schedule, alice.add_application("Other"), {**TWICE, "fold": "third"})
    assert list(wrong.value.fields) == ["fold"]


def test_the_second_of_two_stays_the_second_while_other_fields_are_edited(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), {**TWICE, "fold": "1"})
    alice.call(edit, interview, {"minutes": "30"})
    assert alice.call(edit, interview, {"starts_at": TWICE["starts_at"]}) == "Nothing to change"
    was = alice.call(detail, interview).typed
    alice.call(edit, interview, {**was, "place": "Room 5"}, was)
    assert when(alice, interview) == (SECOND, "2026-10-25 02:30", 1)
    alice.call(move, interview, {"starts_at": TWICE["starts_at"], "fold": "0"})
    assert when(alice, interview) == (FIRST, "2026-10-25 02:30", 0)
    alice.undo()
    assert when(alice, interview) == (SECOND, "2026-10-25 02:30", 1)


@pytest.mark.parametrize("verb", [move, edit])
def test_another_time_that_occurs_twice_or_never_is_asked_about_too(alice: Person, verb: Any) -> None:
    interview = alice.call(schedule, alice.add_application(), {**TWICE, "fold": "1"})
    for typed, field in (
        ({"starts_at": "2026-10-25T02:15"}, "fold"),
        ({"starts_at": "2026-03-29T02:30"}, "starts_at"),
        ({"starts_at": "2026-11-01T01:30", "zone": "America/New_York"}, "fold"),
    ):
        with pytest.raises(Invalid) as question:
            alice.call(verb, interview, typed)
        assert list(question.value.fields) == [field]
    assert when(alice, interview) == (SECOND, "2026-10-25 02:30", 1)


def test_another_zone_in_which_the_time_occurs_twice_is_asked_about(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), {**TWICE, "starts_at": "2026-11-01T01:30"})
    with pytest.raises(Invalid) as question:
        alice.call(edit, interview, {"zone": "America/New_York"})
    assert list(question.value.fields) == ["fold"]
    alice.call(edit, interview, {"zone": "America/New_York", "fold": "1"})
    assert when(alice, interview) == (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "2026-11-01 01:30", 1)


@pytest.mark.parametrize(
    ("starts", "zone", "problem", "question", "choices"),
    [
        ("2026-10-25T02:30", "", "", "02:30 occurs twice that night", ["First (UTC+2)", "Second (UTC+1)"]),
        ("2026-10-25T03:30", "", "", "", []),
        ("2026-03-29T02:30", "", "02:30 doesn't exist on that day in Europe/Berlin", "", []),
        ("2027-04-04T01:45", "Australia/Lord_Howe", "", "01:45 occurs twice that night", ["First (UTC+11)", "Second (UTC+10:30)"]),
        ("2026-11-01T01:30", "America/Vancouver", "", "", []),
        ("2026-10-2", "", "", "", []), ("2026-10-25T02:30", "Mars/Olympus", "", "", []), ("", "", "", "", []),
    ],
)  # fmt: skip
def test_a_time_still_being_typed_is_looked_up(
    alice: Person, starts: str, zone: str, problem: str, question: str, choices: list[str]
) -> None:
    seen = alice.call(preview, starts, zone, "60")
    assert seen.problem.startswith(problem)
    assert bool(seen.problem) == bool(problem)
    assert (seen.question, [label for _, label in seen.choices]) == (question, choices)


def test_the_one_of_two_that_is_chosen_decides_what_it_overlaps(alice: Person) -> None:
    alice.call(schedule, alice.add_application(), {**TWICE, "fold": "1"})
    at = (TWICE["starts_at"], TWICE["zone"], "60")
    overlaps = [len(alice.call(preview, *at, fold).clashes) for fold in ("", "0", "1")]
    assert overlaps == [0, 0, 1]


def test_a_deleted_interview_is_restored_with_its_local_time(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), {**TWICE, "fold": "1"})
    before = alice.row("interview", interview)
    alice.call(delete, interview)
    alice.undo()
    assert alice.row("interview", interview) == {**before, "touched_at": before["touched_at"]}


def test_deletions_and_moves_of_an_earlier_version_are_undone_too(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.call(move, interview, {"starts_at": "2026-12-03T09:00"})
    forget = "UPDATE event SET particulars = particulars {} WHERE kind = :kind RETURNING 1"
    alice.rows(forget.format("#- '{changed,wall_time}' #- '{changed,fold}'"), kind="interview.moved")
    alice.rows(forget.format("- 'agreed'"), kind="interview.moved")
    alice.undo()
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)
    alice.call(delete, interview)
    alice.rows(forget.format("#- '{row,wall_time}' #- '{row,fold}'"), kind="interview.deleted")
    alice.undo()
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)
