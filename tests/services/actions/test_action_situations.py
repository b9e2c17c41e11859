"""Situations of a job search, each with the advice that a friend would give."""

from datetime import date
from typing import Any

import pytest

from tests.support.due_actions import Clock, due_actions, first, travel_to
from tests.support.people import Person
from tracker.db import scoped
from tracker.errors import NotFound
from tracker.services.actions import action_list
from tracker.services.actions.action_decisions import dismiss
from tracker.services.actions.bulk_completion import close_all, follow_up_all, thank_all
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, follow_ups, move
from tracker.services.dashboard import today
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief
from tracker.services.pages.today import complete_all
from tracker.services.priority.stored_scores import score_all
from tracker.services.priority.wishes_form import save as wish
from tracker.shapes.actions import ActionGroup, NextAction


def listed(person: Person, sent: int = 99) -> list[ActionGroup]:
    groups: list[ActionGroup] = person.call(action_list.groups, sent)
    return groups


def item_of(person: Person, kind: str) -> NextAction:
    return next(item for group in listed(person) for item in group.first if item.kind == kind)


def missing(person: Person) -> list[tuple[str, str]]:
    items = [item for group in listed(person) for item in group.first if item.kind == "complete"]
    return [(item.company, item.why) for item in items]


def test_an_offer_without_a_deadline_is_decided_on_from_its_first_day(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="offer")
    assert due_actions(alice) == {"today": [("decide", "Linear")]}
    reason = "The offer has no deadline. Ask when they need an answer, and add the date as the deadline."
    assert first(alice).why == reason
    travel_to(clock, "2026-11-20")
    assert due_actions(alice) == {"today": [("decide", "Linear")]}
    alice.call(edit, row_id, "deadline", "2026-11-22", "")
    assert item_of(alice, "decide").why == "Answer the offer by Sun 22 Nov 2026."


def test_talks_that_went_silent_are_to_be_closed_once_no_follow_up_is_left(
    alice: Person, clock: Clock
) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(move, [row_id], "screening")
    alice.call(follow_up, row_id)
    alice.call(follow_up, row_id)
    travel_to(clock, "2026-12-02")
    assert due_actions(alice) == {}
    travel_to(clock, "2026-12-04")
    assert due_actions(alice) == {"tidy": [("close", "Linear")]}
    assert item_of(alice, "close").why == "In Screening since Tue 3 Nov, and you haven't heard back since."
    item = item_of(alice, "close")
    alice.call(dismiss, row_id, item.kind, item.about)
    assert due_actions(alice) == {}


def test_talks_are_not_silent_while_an_interview_was_lately_or_is_arranged(
    alice: Person, clock: Clock
) -> None:
    lately, arranged = (
        alice.add_application("Lately", stage="interviewing"),
        alice.add_application("Arranged", stage="interviewing"),
    )
    alice.rows("UPDATE application SET follow_up_on = NULL RETURNING id")
    meeting = alice.call(schedule, lately, {"starts_at": "2026-11-10T09:00", "kind": "technical"})
    alice.call(schedule, arranged, {"starts_at": "2026-12-24T09:00", "kind": "technical"})
    travel_to(clock, "2026-11-11")
    alice.call(debrief, meeting, "Went well")
    travel_to(clock, "2026-12-09")
    assert ("close", "Lately") not in due_actions(alice).get("tidy", [])
    travel_to(clock, "2026-12-12")
    assert due_actions(alice)["tidy"] == [("close", "Lately")]
    reason = "The last interview was 4 weeks ago, and you haven't heard back since."
    assert item_of(alice, "close").why == reason


def test_a_deadline_that_passed_is_a_reason_to_close_and_not_to_apply(alice: Person) -> None:
    row_id = alice.add_application(deadline="2026-10-20")
    assert due_actions(alice) == {"tidy": [("close", "Linear")]}
    item = item_of(alice, "close")
    assert (item.label, item.outcome) == ("Close as expired", "expired")
    advice = "Ask whether they still accept applications, or close this one."
    assert item.why == f"Applications closed 14 days ago. {advice}"
    assert alice.call(close_all) == "Engineer at Linear closed as expired"
    assert alice.row("application", row_id)["outcome"] == "expired"


def test_no_follow_up_is_due_before_applications_close(alice: Person, clock: Clock) -> None:
    alice.add_application(stage="applied", deadline="2026-11-20")
    travel_to(clock, "2026-11-20")
    assert due_actions(alice) == {"ahead": [("follow_up", "Linear")]}
    travel_to(clock, "2026-11-21")
    assert due_actions(alice) == {"today": [("follow_up", "Linear")]}


def test_a_deal_breaker_is_never_among_the_best_nor_asked_for_facts(alice: Person) -> None:
    alice.call(wish, {"breaking_words": "unpaid", "industries": "Maps"})
    alice.add_application("Unpaid", posting_text="You are unpaid.", excitement="5")
    alice.add_application("Passed", deadline="2026-11-01", excitement="5")
    alice.add_application("Paid", posting_text="You are paid.", excitement="1")
    alice.call(score_all)
    suggested = due_actions(alice.with_settings(weekly_goal=7), sent=0)
    assert suggested["today"] == [("apply", "Paid")]
    assert [company for company, _ in missing(alice)] == ["Paid"]


def test_an_interview_that_was_called_off_needs_a_new_date(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-10T09:00", "kind": "technical"})
    alice.call(cancel, meeting)
    assert due_actions(alice) == {"today": [("reschedule", "Linear")]}
    item = item_of(alice, "reschedule")
    assert item.why == "Technical interview (Tue 10 Nov) was cancelled, and no new date is set."
    assert (item.when, item.mail.partition("?")[0]) == ("today", "mailto:")
    alice.call(schedule, row_id, {"starts_at": "2026-11-09T09:00", "kind": "technical"})
    assert due_actions(alice) == {}


def test_a_cancelled_interview_of_ended_talks_needs_no_new_date(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    alice.call(cancel, alice.call(schedule, row_id, {"starts_at": "2026-11-10T09:00"}))
    alice.call(move, [row_id], "closed", "rejected")
    assert due_actions(alice) == {}


def test_a_take_home_task_is_seen_from_two_weeks_before(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    alice.call(schedule, row_id, {"starts_at": "2026-11-18T09:00", "kind": "take_home"})
    assert due_actions(alice) == {}
    travel_to(clock, "2026-11-12")
    assert due_actions(alice) == {"ahead": [("prepare", "Linear")]}
    assert first(alice).why == "The take-home task is due Wed 18 Nov, 09:00. Plan the hours it needs."
    travel_to(clock, "2026-11-16")
    assert due_actions(alice) == {"today": [("prepare", "Linear")]}


def test_a_debrief_after_a_rejection_is_never_late(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="interviewing")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00", "kind": "technical"})
    travel_to(clock, "2026-11-06")
    assert ("debrief", "Linear") in due_actions(alice)["late"]
    alice.call(move, [row_id], "closed", "rejected")
    assert due_actions(alice) == {"tidy": [("debrief", "Linear")]}
    alice.call(debrief, meeting, "", "4")
    assert due_actions(alice) == {}


def test_an_offer_before_another_interview_advises_to_ask_for_time(alice: Person, bob: Person) -> None:
    alice.add_application("Offered", stage="offer", deadline="2026-11-06")
    bob.call(
        schedule, bob.add_application("Elsewhere", stage="interviewing"), {"starts_at": "2026-11-04T09:00"}
    )
    assert item_of(alice, "decide").why == "Answer the offer by Fri 6 Nov 2026."
    talks = alice.add_application("Other", stage="interviewing")
    alice.call(schedule, talks, {"starts_at": "2026-11-04T09:00", "kind": "technical"})
    assert item_of(alice, "decide").why == (
        "Answer the offer by Fri 6 Nov 2026. "
        "You have an interview with Other (tomorrow): ask for more time if you want their answer first."
    )


@pytest.mark.parametrize(
    ("deadline", "today", "starts_at", "is_named"),
    [
        ("2026-11-06", "2026-11-03", "2026-11-13T23:30", True),
        ("2026-11-06", "2026-11-03", "2026-11-14T00:30", False),
        ("", "2026-11-20", "2026-11-27T23:30", True),
        ("", "2026-11-20", "2026-11-28T00:30", False),
    ],
)
def test_an_interview_up_to_a_week_after_the_deadline_or_after_today_bears_on_an_offer(
    alice: Person, clock: Clock, deadline: str, today: str, starts_at: str, is_named: bool
) -> None:
    alice.add_application("Offered", stage="offer", deadline=deadline)
    talks = alice.add_application("Other", stage="interviewing")
    alice.call(schedule, talks, {"starts_at": starts_at, "kind": "technical"})
    travel_to(clock, today)
    assert ("an interview with Other" in item_of(alice, "decide").why) == is_named


def test_only_a_scheduled_interview_still_to_come_bears_on_an_offer(alice: Person, clock: Clock) -> None:
    offered = alice.add_application("Offered", stage="offer", deadline="2026-11-06")
    cancelled, removed = (alice.add_application(name, stage="interviewing") for name in ("Gone", "Removed"))
    alice.call(schedule, offered, {"starts_at": "2026-11-04T09:00"})
    alice.call(cancel, alice.call(schedule, cancelled, {"starts_at": "2026-11-04T09:00"}))
    alice.call(schedule, removed, {"starts_at": "2026-11-04T09:00"})
    alice.call(remove, [removed])
    for number, starts_at in enumerate(("2026-11-05T09:00", "2026-11-04T12:00", "2026-11-04T11:00")):
        row_id = alice.add_application(f"Company {number}", stage="interviewing")
        alice.call(schedule, row_id, {"starts_at": starts_at})
    clock.move_to("2026-11-04T10:00:00+00:00")  # 11:00 in Berlin
    assert item_of(alice, "decide").why.startswith(
        "Answer the offer by Fri 6 Nov 2026. You have an interview with Company 1 (today)"
    )


def test_the_same_job_saved_twice_is_listed_with_the_later_one(alice: Person, clock: Clock) -> None:
    address = "https://boards.greenhouse.io/linear/jobs/123"
    alice.add_application("Linear", posting_url=address)
    travel_to(clock, "2026-11-05")
    again = alice.add_application("Linear Inc.", posting_url=f"{address}?utm_source=mail")
    alice.add_application("Other", posting_url=f"{address}4")
    assert due_actions(alice)["tidy"] == [("duplicate", "Linear Inc.")]
    assert item_of(alice, "duplicate").address.endswith(f"&b={again}")


def test_urgent_actions_come_before_the_longest_overdue(alice: Person) -> None:
    alice.add_application("Old", stage="applied", applied_on="2026-08-10", follow_up_on="2026-08-18")
    alice.add_application("Tomorrow", deadline="2026-11-04", posting_url="https://example.com/jobs/1")
    alice.add_application("Offered", stage="offer")
    alice.call(
        schedule,
        alice.add_application("Meets", stage="interviewing"),
        {"starts_at": "2026-11-04T09:00", "kind": "final"},
    )
    groups = listed(alice)
    assert [item.company for item in groups[0].first] == ["Meets", "Tomorrow", "Offered"]
    note = "An interview is coming up, a deadline is near, an offer is waiting for your answer."
    assert groups[0].note == note
    assert groups[0].first[1].posting_url == "https://example.com/jobs/1"
    assert [group.name for group in groups[1:]] == ["follow_up", "complete"]


def test_equally_important_actions_come_in_the_order_of_the_scores(alice: Person) -> None:
    for name, stars in (("Dull", "1"), ("Great", "5"), ("Fair", "3")):
        alice.add_application(name, deadline="2026-11-03", excitement=stars)
    assert [item.company for item in listed(alice)[0].first] == ["Great", "Fair", "Dull"]


def test_actions_due_later_are_not_among_the_first(alice: Person) -> None:
    alice.add_application("Soon", stage="applied", follow_up_on="2026-11-05", excitement="3")
    assert [group.name for group in listed(alice)] == ["follow_up"]
    board: Any = alice.call(today)
    assert (board.first, board.has_actions, board.tidy) == (None, True, [])


def test_all_due_follow_ups_are_logged_at_once_and_undone_at_once(alice: Person) -> None:
    ids = [alice.add_application(f"Due {n}", stage="applied", follow_up_on="2026-11-01") for n in range(6)]
    later = alice.add_application("Later", stage="applied", follow_up_on="2026-11-05")
    group = next(group for group in listed(alice) if group.name == "follow_up")
    assert group.bulk == "Log follow-up for all 6"
    assert alice.call(follow_up_all) == "6 follow-ups logged"
    batch = alice.batch
    assert [alice.call(follow_ups, row_id) for row_id in [*ids, later]] == [1] * 6 + [0]
    alice.undo(batch)
    assert {alice.call(follow_ups, row_id) for row_id in ids} == {0}


def test_all_that_is_to_be_closed_is_closed_with_its_own_outcome(alice: Person, bob: Person) -> None:
    silent = [
        alice.add_application(f"Silent {n}", stage="applied", applied_on="2026-08-01") for n in range(2)
    ]
    alice.rows("UPDATE application SET follow_up_on = NULL RETURNING id")
    passed = alice.add_application("Passed", deadline="2026-10-01")
    his = bob.add_application("His", deadline="2026-10-01")
    assert (
        alice.call(close_all) == "2 applications closed as no response. Engineer at Passed closed as expired"
    )
    outcomes = [alice.row("application", row_id)["outcome"] for row_id in [*silent, passed]]
    assert outcomes == ["no_response", "no_response", "expired"]
    assert bob.row("application", his)["stage"] == "saved"
    assert alice.call(close_all) == "Nothing is left to close"


def test_all_thank_you_notes_are_marked_as_sent(alice: Person, clock: Clock) -> None:
    for number in range(2):
        row_id = alice.add_application(f"Met {number}", stage="interviewing")
        alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00", "kind": "final"})
    travel_to(clock, "2026-11-05")
    assert alice.call(thank_all) == "2 thank-you notes marked as sent"
    assert not [group for group in listed(alice) if group.name == "thank_you"]


@pytest.mark.parametrize("kind", ["decide", "nonsense", ""])
def test_only_kinds_with_a_button_for_all_are_done_at_once(alice: Person, kind: str) -> None:
    with pytest.raises(NotFound), scoped(alice.user) as scope:
        complete_all(scope, kind, "", "")


def test_a_reopened_application_is_not_weeks_late(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="applied", applied_on="2026-10-01", follow_up_on="2026-10-10")
    alice.call(move, [row_id], "closed", "no_response")
    travel_to(clock, "2026-11-05")
    alice.call(move, [row_id], "applied")
    assert alice.row("application", row_id)["follow_up_on"] == date(2026, 11, 12)
