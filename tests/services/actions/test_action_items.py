"""The list item of each kind of action: its texts, and where its buttons lead."""

from typing import Any
from urllib.parse import parse_qs, unquote

import pytest

from tests.support.due_actions import Clock, first, travel_to
from tests.support.people import Person
from tracker.services.actions import action_list
from tracker.services.actions.action_decisions import dismiss, mark_thanked, snooze
from tracker.services.actions.bulk_completion import close_all, follow_up_all, thank_all
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.interviews.scheduling import edit as edit_interview
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief
from tracker.services.priority.wishes_form import save as wish
from tracker.shapes.actions import NextAction

POSTING = "https://example.com/jobs/1"
FAR = "2027-01-01"


def item_of(person: Person, kind: str) -> NextAction:
    groups = person.call(action_list.groups, 99)
    return next(item for group in groups for item in group.first if item.kind == kind)


@pytest.mark.parametrize(
    ("kind", "stage", "fields", "texts"),
    [
        ("decide", "offer", {"deadline": "2026-11-04"}, ("Decide on the offer", "tomorrow", "", "", "")),
        ("apply", "saved", {"deadline": "2026-11-04"}, ("Apply", "tomorrow", "", POSTING, "")),
        ("follow_up", "applied", {"applied_on": "2026-10-27"}, ("Follow up", "today", "Following up: Engineer", "", "")),
        ("close", "saved", {"deadline": "2026-11-01"}, ("Close as expired", "2 days ago", "", "", "expired")),
        ("close", "applied", {"applied_on": "2026-09-01"}, ("Close as no response", "9 weeks ago", "", "", "no_response")),
    ],
)  # fmt: skip
def test_an_action_of_an_application_leads_to_its_page(
    alice: Person, kind: str, stage: str, fields: dict[str, str], texts: tuple[str, ...]
) -> None:
    row_id = alice.add_application(stage=stage, posting_url=POSTING, excitement="3", **fields)
    item = item_of(alice, kind)
    subject = parse_qs(item.mail.partition("?")[2]).get("subject", [""])[0]
    assert (item.label, item.when, subject, item.posting_url, item.outcome) == texts
    assert (item.id, item.address) == (f"{kind}-{row_id}", f"/applications/{row_id}")
    assert (item.application_id, item.interview_id, item.is_late) == (row_id, "", False)


@pytest.mark.parametrize(
    ("kind", "starts_at", "texts"),
    [
        ("prepare", "2026-11-04T09:00", ("Prepare", "tomorrow", "")),
        ("debrief", "2026-11-02T09:00", ("Write a debrief", "yesterday", "")),
        ("thank_you", "2026-11-02T09:00", ("Send a thank-you note", "yesterday", "Thank you: Engineer")),
        ("reschedule", "2026-11-06T09:00", ("Ask for a new date", "today", "New date for our interview: Engineer")),
    ],
)  # fmt: skip
def test_an_action_of_an_interview_leads_to_its_page(
    alice: Person, kind: str, starts_at: str, texts: tuple[str, ...]
) -> None:
    row_id = alice.add_application(stage="interviewing", posting_url=POSTING, follow_up_on=FAR)
    meeting = alice.call(schedule, row_id, {"starts_at": starts_at, "kind": "technical"})
    if kind == "reschedule":
        alice.call(cancel, meeting)
    item = item_of(alice, kind)
    subject = parse_qs(item.mail.partition("?")[2]).get("subject", [""])[0]
    assert (item.label, item.when, subject) == texts
    assert (item.id, item.address) == (f"{kind}-{meeting}", f"/interviews/{meeting}")
    assert (item.application_id, item.interview_id) == (row_id, meeting)
    assert (item.posting_url, item.outcome) == ("", "")


def test_an_interview_with_notes_is_ready_to_review(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on=FAR)
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00", "kind": "technical"})
    alice.call(edit_interview, meeting, {"preparation": "Ask about the team"})
    assert first(alice).why == "Technical interview tomorrow, 09:00; your notes are ready to review."


def test_a_duplicate_leads_to_the_comparison_with_the_earlier_one(alice: Person, clock: Clock) -> None:
    earlier = alice.add_application(posting_url=POSTING)
    travel_to(clock, "2026-11-05")
    later = alice.add_application(posting_url=POSTING)
    assert item_of(alice, "duplicate").address == f"/compare?a={earlier}&b={later}"


def test_a_fact_of_a_factor_worth_a_single_point_is_worth_a_point(alice: Person) -> None:
    others = ("momentum", "excitement", "salary", "place", "stack", "deadline", "contact", "seniority", "freshness", "source")  # fmt: skip
    wishes = {"countries": "DE", "salary_target": "60000", "currency": "EUR", "wanted": "Python", "sizes_small": "on"}  # fmt: skip
    alice.call(wish, wishes | {"weight_company": "1"} | {f"weight_{name}": "5" for name in others})
    alice.add_application(
        excitement="3", country="DE", posting_text="Python", salary_from="50000", currency="EUR"
    )
    item = item_of(alice, "complete")
    assert item.about == "company_size"
    assert item.why.startswith("The company's size isn't known; it could move its score of ")
    assert item.why.endswith(" by up to 1 point.")


def test_a_follow_up_after_the_last_has_a_date_that_the_user_set(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="applied", applied_on="2026-10-27")
    for _ in range(2):
        alice.call(follow_up, row_id)
    alice.call(edit, row_id, "follow_up_on", "2026-11-20", "")
    travel_to(clock, "2026-11-20")
    assert item_of(alice, "follow_up").why == "Applied 3 weeks ago, no reply since. You set this date."


def test_the_email_goes_to_the_contact_changed_last_of_those_with_an_address(
    alice: Person, clock: Clock
) -> None:
    row_id = alice.add_application(stage="applied", applied_on="2026-10-27")
    elsewhere = alice.add_application("Other")
    for name, email, of in (
        ("Early Ada", "early@example.com", row_id),
        ("Late Grace", "late@example.com", row_id),
        ("Mute Ann", "", row_id),
        ("Other Bea", "other@example.com", elsewhere),
    ):
        clock.shift(60)
        alice.call(add_contact, {"name": name, "email": email}, of)
    address, _, query = item_of(alice, "follow_up").mail.partition("?")
    assert unquote(address) == "mailto:late@example.com"
    assert parse_qs(query)["body"][0].startswith("Hello Late,\n\nI am writing to follow up on the Engineer")


@pytest.mark.parametrize(("days", "phrase"), [(1, "1 day"), (90, "90 days")])
def test_a_snoozed_action_returns_on_the_day_that_was_chosen(
    alice: Person, clock: Clock, days: int, phrase: str
) -> None:
    row_id = alice.add_application(stage="offer", excitement="3")
    assert alice.call(snooze, row_id, "decide", "open", days) == f"Decide on the offer: snoozed for {phrase}"
    clock.shift((days - 1) * 86_400)
    assert alice.call(action_list.groups, 99) == []
    clock.shift(86_400)
    assert first(alice).kind == "decide"


@pytest.mark.parametrize("about", ["x", "x" * 60])
def test_an_occurrence_is_named_by_one_to_sixty_characters(alice: Person, about: str) -> None:
    row_id = alice.add_application()
    assert alice.call(dismiss, row_id, "apply", about) == "Apply: dismissed"
    assert alice.last_event()["particulars"]["name"] == "apply"


@pytest.mark.parametrize(
    ("number", "sentences"),
    [
        (0, ("0 follow-ups logged", "0 thank-you notes marked as sent", "Nothing is left to close")),
        (1, ("1 follow-up logged", "1 thank-you note marked as sent", "Engineer at Expired 0 closed as expired")),
        (2, ("2 follow-ups logged", "2 thank-you notes marked as sent", "2 applications closed as expired")),
    ],
)  # fmt: skip
def test_a_bulk_completion_counts_its_actions(alice: Person, number: int, sentences: tuple[str, ...]) -> None:
    for each in range(number):
        alice.add_application(f"Sent {each}", stage="applied", applied_on="2026-10-27")
        alice.add_application(f"Expired {each}", deadline="2026-11-01")
        met = alice.add_application(f"Met {each}", stage="interviewing", follow_up_on=FAR)
        alice.call(schedule, met, {"starts_at": "2026-11-02T09:00", "kind": "technical"})
    verbs: tuple[Any, ...] = (follow_up_all, thank_all, close_all)
    assert tuple(alice.call(verb) for verb in verbs) == sentences


def test_a_thank_you_is_noted_once(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-02T09:00", "kind": "technical"})
    assert alice.call(mark_thanked, meeting) == "Thank-you note for the technical interview marked as sent"
    log = alice.log()
    assert alice.call(mark_thanked, meeting) == "Thank-you note for the technical interview marked as sent"
    assert alice.log() == log


def test_a_deadline_of_this_week_comes_first_before_its_day(alice: Person) -> None:
    alice.add_application(deadline="2026-11-08", excitement="3")
    assert [group.name for group in alice.call(action_list.groups, 99)] == ["first"]


def test_the_interview_of_a_deleted_application_asks_for_nothing(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on=FAR, excitement="3")
    meeting = alice.call(schedule, row_id, {"starts_at": "2026-11-02T09:00", "kind": "technical"})
    alice.call(debrief, meeting, "Went well")
    assert item_of(alice, "thank_you").interview_id == meeting
    alice.call(remove, [row_id])
    assert alice.call(action_list.groups, 99) == []


def test_the_reasons_why_actions_come_first_are_each_named_once(alice: Person) -> None:
    for number in range(3):
        alice.add_application(f"Saved {number}", excitement="4")
    (ahead, *_) = alice.call(action_list.groups, 0)
    assert (ahead.name, ahead.note) == ("first", "You're behind your weekly goal.")
    alice.add_application("Tomorrow", deadline="2026-11-04", excitement="4")
    (ahead, *_) = alice.call(action_list.groups, 0)
    assert ahead.note == "A deadline is near, you're behind your weekly goal."
