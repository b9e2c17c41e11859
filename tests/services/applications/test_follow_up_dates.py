"""The date of the next follow-up after a move, by the default cadence."""

import pytest

from tests.support.due_actions import Clock
from tests.support.people import Person
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, follow_ups, move
from tracker.shapes.cadence import Cadence


def date_of(person: Person, row_id: str) -> str:
    day = person.row("application", row_id)["follow_up_on"]
    return day.isoformat() if day else ""


@pytest.mark.parametrize(
    ("sent_on", "chosen", "date"),
    [
        ("", "", "2026-11-10"),  # sent today
        ("2026-10-30", "", "2026-11-06"),
        ("2026-10-27", "", "2026-11-03"),
        ("2026-10-20", "", "2026-11-03"),  # never in the past
        ("2026-10-05", "", "2026-11-03"),  # 29 days ago
        ("2026-10-04", "", ""),  # 30 days ago: to be closed
        ("", "2026-11-03", "2026-11-03"),
        ("", "2026-11-02", "2026-11-10"),
        ("2026-10-04", "2026-11-02", "2026-11-02"),
    ],
)
def test_an_application_is_followed_up_a_week_after_it_was_sent(
    alice: Person, sent_on: str, chosen: str, date: str
) -> None:
    row_id = alice.add_application(applied_on=sent_on, follow_up_on=chosen)
    alice.call(move, [row_id], "applied")
    assert date_of(alice, row_id) == date
    if not chosen:
        assert date_of(alice, alice.add_application(stage="applied", applied_on=sent_on)) == date


@pytest.mark.parametrize(
    ("stage", "date"),
    [("screening", "2026-11-04"), ("interviewing", "2026-11-04"), ("offer", ""), ("saved", "2026-11-20")],
)
def test_a_reply_is_answered_on_the_next_day_and_an_offer_is_not_followed_up(
    alice: Person, stage: str, date: str
) -> None:
    row_id = alice.add_application(stage="applied", follow_up_on="2026-11-20")
    alice.call(move, [row_id], stage)
    assert date_of(alice, row_id) == date


def test_a_cadence_without_follow_ups_sets_no_date(alice: Person) -> None:
    there = alice.with_settings(cadence=Cadence(follow_ups=0))
    for stage in ("applied", "screening"):
        assert date_of(there, there.add_application(stage=stage)) == ""
    row_id = there.add_application(stage="applied", follow_up_on="2026-11-20")
    there.call(move, [row_id], "closed", "no_response")
    there.call(move, [row_id], "applied")
    assert date_of(there, row_id) == "2026-11-20"


@pytest.mark.parametrize(
    ("stage", "chosen", "date"),
    [
        ("applied", "2026-11-02", "2026-11-10"),
        ("screening", "2026-11-02", "2026-11-04"),
        ("offer", "2026-11-02", ""),
        ("saved", "2026-11-02", ""),
        ("applied", "2026-11-03", "2026-11-03"),
        ("saved", "2026-11-03", "2026-11-03"),
    ],
)
def test_a_reopened_application_is_followed_up_as_after_a_move_of_today(
    alice: Person, clock: Clock, stage: str, chosen: str, date: str
) -> None:
    row_id = alice.add_application(stage="applied", follow_up_on=chosen)
    alice.call(move, [row_id], "closed", "no_response")
    clock.shift(3600)  # Within ten minutes it would be a slip.
    alice.call(move, [row_id], stage)
    assert date_of(alice, row_id) == date


def test_only_follow_ups_since_the_last_move_count_towards_the_cadence(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(follow_up, row_id)
    alice.call(follow_up, row_id)
    assert date_of(alice, row_id) == ""
    alice.rows("UPDATE event SET at = at - interval '1 second' RETURNING 1")
    alice.call(move, [row_id], "screening")
    alice.call(follow_up, row_id)
    assert date_of(alice, row_id) == "2026-11-06"
    assert alice.call(follow_ups, row_id) == 3


@pytest.mark.parametrize(
    ("before", "after", "chosen", "date"),
    [
        ("2026-11-03", "2026-10-30", "", "2026-11-06"),
        ("2026-11-03", "2026-10-20", "", "2026-11-03"),  # never in the past
        ("2026-11-03", "2026-10-30", "2026-11-09", "2026-11-09"),
        ("2026-11-03", "", "", "2026-11-10"),
    ],
)
def test_a_first_follow_up_moves_with_the_day_of_sending_unless_it_was_chosen(
    alice: Person, before: str, after: str, chosen: str, date: str
) -> None:
    row_id = alice.add_application(stage="applied", applied_on=before, follow_up_on=chosen)
    alice.call(edit, row_id, "applied_on", after, before)
    assert date_of(alice, row_id) == date


def test_the_follow_up_of_talks_does_not_move_with_the_day_of_sending(alice: Person) -> None:
    row_id = alice.add_application(stage="screening", applied_on="2026-11-03", follow_up_on="2026-11-10")
    alice.call(edit, row_id, "applied_on", "2026-10-30", "2026-11-03")
    assert date_of(alice, row_id) == "2026-11-10"
