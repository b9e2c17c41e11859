"""Next actions and their reasons: computed by rules, snoozed, dismissed, done."""

from datetime import date
from typing import Any

import pytest

from tests.support.due_actions import Clock, due_actions, first, travel_to
from tests.support.people import ABSENT, Person
from tests.support.statements import statements
from tracker.db import scoped
from tracker.errors import Invalid, NotFound
from tracker.services.actions import action_list, cadence_settings
from tracker.services.actions.action_decisions import dismiss, mark_thanked, snooze
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.badge import badge_and_reminders
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief
from tracker.shapes.cadence import Cadence


def kinds(person: Person) -> list[str]:
    return [kind for group in due_actions(person).values() for kind, _ in group]


def test_a_user_without_data_has_no_actions(charlie: Person, alice: Person) -> None:
    alice.add_application(deadline="2026-11-01")
    assert (due_actions(charlie), charlie.call(badge_and_reminders).due) == ({}, 0)


def test_deadlines_to_apply_and_to_decide_are_grouped_by_time(alice: Person) -> None:
    alice.add_application("Late", deadline="2026-11-02")
    alice.add_application("Today", deadline="2026-11-03")
    alice.add_application("Soon", deadline="2026-11-08")
    alice.add_application("Far", deadline="2026-11-09")
    alice.add_application("Offered", stage="offer", deadline="2026-11-06")
    alice.add_application("Met", stage="screening", deadline="2026-11-01", follow_up_on="2026-12-24")
    alice.call(remove, [alice.add_application("Deleted", deadline="2026-11-03")])
    alice.call(move, [alice.add_application("Ended", deadline="2026-11-03")], "closed", "withdrawn")
    seen = due_actions(alice)
    assert "late" not in seen
    assert seen["tidy"] == [("close", "Late")]
    assert seen["today"] == [("apply", "Today")]
    assert {("decide", "Offered"), ("apply", "Soon")} <= set(seen["ahead"])
    assert not {"Far", "Deleted", "Ended"} & {name for group in seen.values() for _, name in group}
    assert alice.call(badge_and_reminders).due == 1


def test_following_up_is_due_a_week_after_applying_and_again_a_week_later_and_no_more(
    alice: Person, clock: Clock
) -> None:
    row_id = alice.add_application(stage="applied")
    assert kinds(alice) == []
    travel_to(clock, "2026-11-10")
    assert due_actions(alice) == {"today": [("follow_up", "Linear")]}
    assert first(alice).why == "Applied 7 days ago, no reply since. First of 2 follow-ups."
    alice.call(follow_up, row_id)
    assert kinds(alice) == []
    travel_to(clock, "2026-11-17")
    assert first(alice).why == "Applied 14 days ago, no reply since. Second of 2 follow-ups."
    alice.call(follow_up, row_id)
    travel_to(clock, "2026-12-02")
    assert kinds(alice) == []


def test_a_response_is_followed_up_after_a_day_and_then_after_three(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(move, [row_id], "screening")
    travel_to(clock, "2026-11-04")
    assert first(alice).why == "In Screening since Tue 3 Nov. First of 2 follow-ups."
    alice.call(follow_up, row_id)
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 7)
    travel_to(clock, "2026-11-07")
    alice.call(follow_up, row_id)
    assert alice.row("application", row_id)["follow_up_on"] is None
    alice.call(move, [row_id], "interviewing")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 8)
    alice.call(move, [row_id], "offer")
    assert alice.row("application", row_id)["follow_up_on"] is None


def test_a_move_and_its_follow_up_date_are_undone_together(alice: Person) -> None:
    row_id = alice.add_application(follow_up_on="2026-11-20")
    alice.call(move, [row_id], "screening")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 4)
    alice.undo()
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 20)


def test_a_date_that_the_user_chose_is_kept_on_applying(alice: Person) -> None:
    row_id = alice.add_application(follow_up_on="2026-11-20")
    alice.call(move, [row_id], "applied")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 20)


def test_no_follow_up_is_due_before_an_upcoming_interview(alice: Person) -> None:
    row_id = alice.add_application(stage="screening", follow_up_on="2026-11-03")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-20T09:00"})
    assert kinds(alice) == []
    alice.call(cancel, meeting)
    assert kinds(alice) == ["reschedule"]


def test_an_application_unanswered_for_thirty_days_is_to_be_closed_after_a_follow_up(
    alice: Person, clock: Clock
) -> None:
    row_id = alice.add_application(stage="applied")
    travel_to(clock, "2026-12-03")
    assert due_actions(alice) == {"late": [("follow_up", "Linear")]}
    alice.call(follow_up, row_id)
    alice.call(follow_up, row_id)
    assert due_actions(alice) == {"tidy": [("close", "Linear")]}
    assert alice.call(badge_and_reminders).due == 0
    alice.add_application("Ancient", stage="applied", applied_on="2025-01-05")
    assert ("close", "Ancient") in due_actions(alice)["tidy"]
    alice.call(move, [row_id], "closed", "no_response")
    assert ("close", "Linear") not in due_actions(alice)["tidy"]


def test_an_interview_is_prepared_for_then_debriefed_then_thanked_for(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-06T09:00", "kind": "technical"})
    assert kinds(alice) == []
    travel_to(clock, "2026-11-04")
    assert due_actions(alice) == {"today": [("prepare", "Linear")]}
    assert first(alice).why == "Technical interview Fri 6 Nov, 09:00; no preparation notes yet."
    travel_to(clock, "2026-11-06")
    assert due_actions(alice) == {"today": [("debrief", "Linear")], "ahead": [("thank_you", "Linear")]}
    travel_to(clock, "2026-11-07")
    assert due_actions(alice) == {"late": [("debrief", "Linear")], "today": [("thank_you", "Linear")]}
    alice.call(debrief, meeting, "Went well")
    alice.call(mark_thanked, meeting)
    batch = alice.batch
    assert alice.last_event()["kind"] == "interview.thanked"
    assert kinds(alice) == []
    alice.undo(batch)
    assert kinds(alice) == ["thank_you"]
    travel_to(clock, "2026-11-14")
    assert kinds(alice) == []


def test_a_week_behind_its_goal_asks_for_the_three_saved_with_the_highest_scores(alice: Person) -> None:
    for excitement, name in enumerate(("Dull", "Fair", "Good", "Great"), 1):
        alice.add_application(name, excitement=str(excitement))
    late = alice.add_application("Overdue", excitement="5")
    alice.rows("UPDATE priority SET score = 1 WHERE application_id = :id RETURNING 1", id=late)
    assert kinds(alice) == []
    behind = due_actions(alice.with_settings(weekly_goal=7), sent=1)
    assert sorted(behind["today"]) == [("apply", "Fair"), ("apply", "Good"), ("apply", "Great")]
    assert due_actions(alice.with_settings(weekly_goal=7), sent=2) == {}
    assert due_actions(alice.with_settings(weekly_goal=0), sent=0) == {}


def test_snoozed_actions_return_on_their_day_and_dismissed_ones_never(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="offer", deadline="2026-11-03")
    item = first(alice)
    assert alice.call(snooze, row_id, item.kind, item.about, 3) == "Decide on the offer: snoozed for 3 days"
    assert kinds(alice) == []
    travel_to(clock, "2026-11-06")
    assert due_actions(alice) == {"late": [("decide", "Linear")]}
    alice.call(dismiss, row_id, item.kind, item.about)
    batch = alice.batch
    travel_to(clock, "2027-11-06")
    assert kinds(alice) == []
    assert alice.log()[-2:] == ["action.snoozed", "action.dismissed"]
    alice.undo(batch)
    assert kinds(alice) == ["decide"]


def test_a_dismissed_follow_up_is_not_the_next_one(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="applied")
    travel_to(clock, "2026-11-10")
    item = first(alice)
    alice.call(dismiss, row_id, item.kind, item.about)
    assert kinds(alice) == []
    alice.call(follow_up, row_id)
    travel_to(clock, "2026-11-17")
    assert kinds(alice) == ["follow_up"]


@pytest.mark.parametrize("days", [0, -1, 91, "3", None])
def test_an_action_is_snoozed_for_one_to_ninety_days(alice: Person, days: Any) -> None:
    row_id = alice.add_application(deadline="2026-11-03")
    with pytest.raises(Invalid):
        alice.call(snooze, row_id, "apply", "2026-11-03", days)


@pytest.mark.parametrize(
    ("kind", "about"), [("dance", "2026-11-03"), ("apply", ""), ("apply", "x" * 61), ("", "")]
)
def test_an_unknown_action_cannot_be_dismissed(alice: Person, kind: str, about: str) -> None:
    row_id = alice.add_application()
    with pytest.raises(NotFound):
        alice.call(dismiss, row_id, kind, about)


def test_an_action_of_a_missing_application_cannot_be_snoozed(alice: Person) -> None:
    with pytest.raises(NotFound):
        alice.call(snooze, ABSENT, "apply", "2026-11-03", 3)


def test_the_day_is_the_persons(alice: Person) -> None:
    alice.add_application(stage="offer", deadline="2026-11-03")
    assert list(due_actions(alice.with_settings(timezone="Pacific/Kiritimati"))) == ["late"]
    assert list(due_actions(alice.with_settings(timezone="Pacific/Pago_Pago"))) == ["ahead"]


def test_the_email_is_written_to_the_contact_of_the_application(alice: Person) -> None:
    row_id = alice.add_application(stage="applied", applied_on="2026-10-27")
    assert first(alice).mail.startswith("mailto:?subject=Following%20up%3A%20Engineer&body=Hello%2C%0A")
    alice.call(add_contact, {"name": "Ada Lovelace", "email": "ada+jobs@example.com"}, row_id)
    assert first(alice).mail.startswith("mailto:ada%2Bjobs%40example.com?subject=")
    assert "Hello%20Ada%2C" in first(alice).mail


def test_an_email_of_a_user_without_a_name_ends_with_the_greeting(alice: Person) -> None:
    alice.add_application(stage="applied", applied_on="2026-10-27")
    assert first(alice).mail.endswith("Kind%20regards%0AAlice")
    assert first(alice.with_settings(name="")).mail.endswith("Kind%20regards")


def test_nothing_typed_can_add_a_header_to_the_email(alice: Person) -> None:
    row_id = alice.add_application(
        "Evil & Co", "Dev?cc=x@example.com&bcc=y", stage="applied", applied_on="2026-10-27"
    )
    alice.call(add_contact, {"name": "A", "email": "a&b@example.com"}, row_id)
    address, _, query = first(alice).mail.partition("?")
    assert address == "mailto:a%26b%40example.com"
    assert [part.partition("=")[0] for part in query.split("&")] == ["subject", "body"]


def test_the_cadence_is_the_persons(alice: Person, clock: Clock) -> None:
    alice.call(cadence_settings.save, {"follow_up_first": "3", "follow_ups": "1"})
    cadence = alice.rows("SELECT cadence FROM preferences")[0]["cadence"]
    there = alice.with_settings(cadence=Cadence.of(cadence))
    row_id = there.add_application(stage="applied")
    assert there.row("application", row_id)["follow_up_on"] == date(2026, 11, 6)
    there.call(follow_up, row_id)
    assert there.row("application", row_id)["follow_up_on"] is None
    assert there.call(cadence_settings.typed)["follow_up_again"] == "7"


@pytest.mark.parametrize(
    ("field", "raw"), [("follow_up_first", "0"), ("follow_ups", "6"), ("close", "x"), ("prepare", "")]
)
def test_an_invalid_cadence_is_rejected_at_its_field(alice: Person, field: str, raw: str) -> None:
    with pytest.raises(Invalid) as refused:
        alice.call(cadence_settings.save, {"follow_up_again": "9", field: raw})
    assert list(refused.value.fields) == [field]
    assert alice.rows("SELECT cadence FROM preferences")[0]["cadence"] == {}


def test_the_first_three_actions_and_five_of_each_kind_take_one_statement(alice: Person) -> None:
    for number in range(12):
        alice.add_application(f"Company {number}", deadline="2026-11-03", excitement="3")
    with scoped(alice.user) as scope, statements() as sent:
        first_three, others = action_list.groups(scope, 99)
        _, whole = action_list.groups(scope, 99, "apply")
    assert (first_three.count, len(first_three.first), first_three.has_more) == (3, 3, False)
    assert (others.count, len(others.first), others.has_more, len(sent)) == (9, 5, True, 2)
    assert (whole.count, len(whole.first), whole.has_more) == (9, 9, False)


def test_each_asks_for_one_thing_at_a_time(alice: Person) -> None:
    alice.add_application("Both", deadline="2026-11-03", follow_up_on="2026-11-02")
    assert due_actions(alice) == {"late": [("follow_up", "Both")], "today": [("apply", "Both")]}
