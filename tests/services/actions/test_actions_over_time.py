"""Next actions over weeks: snoozed ones stay hidden, and computed dates follow what they depend on."""

from datetime import date

import time_machine

from tests.support.due_actions import due_actions, first, travel_to
from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.actions import action_list
from tracker.services.actions.action_decisions import dismiss, snooze
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move
from tracker.services.badge import badge_and_reminders
from tracker.services.dashboard import today
from tracker.services.interviews.scheduling import schedule

Clock = time_machine.Traveller


def test_a_suggestion_snoozed_for_the_week_is_replaced_by_another(alice: Person, clock: Clock) -> None:
    person = alice.with_settings(weekly_goal=7)
    for excitement, name in enumerate(("Dull", "Fair", "Good", "Great"), 1):
        person.add_application(name, excitement=str(excitement))
    great = next(
        item
        for group in person.call(action_list.groups, 0)
        for item in group.first
        if item.company == "Great"
    )
    person.call(snooze, great.application_id, great.kind, great.about, 30)
    assert sorted(due_actions(person, 0)["today"]) == [
        ("apply", "Dull"),
        ("apply", "Fair"),
        ("apply", "Good"),
    ]
    travel_to(clock, "2026-11-12")
    assert ("apply", "Great") not in due_actions(person, 0)["today"]
    travel_to(clock, "2026-12-05")
    assert ("apply", "Great") in due_actions(person, 0)["today"]


def test_a_follow_up_dismissed_for_good_leaves_closing_to_be_asked_for(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="applied")
    travel_to(clock, "2026-11-10")
    item = first(alice)
    alice.call(dismiss, row_id, item.kind, item.about)
    travel_to(clock, "2026-12-03")
    assert due_actions(alice) == {"tidy": [("close", "Linear")]}


def test_applications_longest_unanswered_come_first_and_dismissed_ones_are_not_counted(
    alice: Person,
) -> None:
    ids = [
        alice.add_application(
            f"Company {n:02}", stage="applied", applied_on=f"2025-01-{20 - n:02}", excitement="3"
        )
        for n in range(13)
    ]
    alice.call(dismiss, ids[12], "close", "2025-01-08")
    (close,) = alice.call(action_list.groups, 99)
    assert (close.name, close.count, close.has_more) == ("close", 12, True)
    assert [item.company for item in close.first] == [f"Company {n:02}" for n in range(11, 6, -1)]
    assert close.bulk == "Close all 12"
    (whole,) = alice.call(action_list.groups, 99, "close")
    assert (whole.count, len(whole.first), whole.has_more) == (12, 12, False)


def test_the_first_follow_up_goes_with_a_corrected_day_of_applying(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(edit, row_id, "applied_on", "2026-11-01", "2026-11-03")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 8)
    batch = alice.batch
    alice.undo(batch)
    row = alice.row("application", row_id)
    assert (row["applied_on"], row["follow_up_on"]) == (date(2026, 11, 3), date(2026, 11, 10))
    alice.call(edit, row_id, "follow_up_on", "2026-11-20", "2026-11-10")
    alice.call(edit, row_id, "applied_on", "2026-11-01", "2026-11-03")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 20)


def test_a_follow_up_day_that_passed_while_saved_is_recomputed_on_applying(alice: Person) -> None:
    row_id = alice.add_application(follow_up_on="2026-10-01")
    alice.call(move, [row_id], "applied")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 10)


def test_the_badge_says_in_one_statement_what_the_dashboard_counts(alice: Person, clock: Clock) -> None:
    met = alice.add_application("Met", stage="interviewing", follow_up_on="2026-11-10")
    alice.call(schedule, met, {"starts_at": "2026-11-06T09:00", "kind": "technical"})
    alice.add_application("Offered", stage="offer", deadline="2026-11-07")
    row_id = alice.add_application("Soon", deadline="2026-11-09")
    alice.add_application("Sent", stage="applied")
    alice.call(snooze, row_id, "apply", "2026-11-09", 3)
    counts = []
    for day in range(3, 15):
        travel_to(clock, f"2026-11-{day:02}")
        for goal in (0, 7):
            person = alice.with_settings(weekly_goal=goal)
            counts.append(person.call(badge_and_reminders).due)
            listed = [
                item
                for group in person.call(action_list.groups, person.call(today).this_week)
                for item in group.first
            ]
            assert counts[-1] == sum(item.period in ("late", "today") for item in listed)
    assert {0, 1, 2, 3, 4} <= set(counts)
    with statements() as sent:
        alice.call(badge_and_reminders)
    assert len(sent) == 1
