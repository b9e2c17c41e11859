"""Reminders: once per interview time, a day and an hour before, on the page and by mail if chosen."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from tests.support.people import Person
from tracker.errors import Invalid, NotFound
from tracker.services.applications.deletion import remove
from tracker.services.badge import badge_and_reminders, dismiss
from tracker.services.interviews.scheduling import move, schedule
from tracker.services.interviews.state_changes import cancel, reopen
from tracker.services.reminders import due_reminders, reminder_settings
from tracker.services.reminders.reminder_texts import ReminderEmail
from tracker.settings import settings

Clock = time_machine.Traveller
AT = {
    "starts_at": "2026-11-05T14:30",
    "zone": "Europe/Berlin",
    "kind": "technical",
    "place": "https://meet.example/x",
}


@pytest.fixture
def with_mail(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Configure a mail server."""
    monkeypatch.setenv("SMTP_HOST", "localhost")
    monkeypatch.setenv("MAIL_FROM", "Pursuit <pursuit@example.com>")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def at(clock: Clock, berlin: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{berlin}+01:00"))


def make_reminders(person: Person) -> list[str]:
    """Make due reminders twice; return the lead times made, oldest first."""
    person.call(due_reminders.create)
    person.call(due_reminders.create)
    return [row["lead"] for row in person.rows("SELECT lead FROM reminder ORDER BY made_at, lead")]


def letters(person: Person) -> list[ReminderEmail]:
    """Return the emails that the requested jobs would send."""
    jobs = person.rows("SELECT subject, arguments FROM job WHERE kind = 'mail_reminder' ORDER BY id")
    emails = [person.call(due_reminders.email_for, job["subject"], job["arguments"]) for job in jobs]
    return [letter for letter in emails if letter]


def shown(person: Person) -> list[str]:
    return [reminder.when for reminder in person.call(badge_and_reminders).reminders]


def test_a_day_before_and_an_hour_before_and_never_twice(alice: Person, clock: Clock) -> None:
    meeting = alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T14:29")
    assert make_reminders(alice) == []
    at(clock, "2026-11-04T14:30")
    assert make_reminders(alice) == ["day"]
    (reminder,) = alice.call(badge_and_reminders).reminders
    assert (reminder.title, reminder.when) == ("Technical: Engineer at Linear", "Tomorrow, 14:30")
    assert (reminder.address, reminder.link) == (f"/interviews/{meeting}", "https://meet.example/x")
    at(clock, "2026-11-05T13:30")
    assert make_reminders(alice) == ["day", "hour"]
    assert shown(alice) == ["Today, 14:30"]
    at(clock, "2026-11-05T14:30")
    assert shown(alice) == []


def test_an_hour_that_has_begun_needs_no_reminder_of_the_day(alice: Person, clock: Clock) -> None:
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-05T13:45")
    assert make_reminders(alice) == ["hour"]


def test_a_missed_reminder_is_still_made_while_it_helps(alice: Person, clock: Clock) -> None:
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-05T08:00")
    assert make_reminders(alice) == ["day"]
    assert shown(alice) == ["Today, 14:30"]


def test_a_just_scheduled_interview_skips_a_reminder_that_is_already_due(alice: Person, clock: Clock) -> None:
    at(clock, "2026-11-05T09:00")
    alice.call(schedule, alice.add_application(), AT)
    assert make_reminders(alice) == []
    at(clock, "2026-11-05T13:40")
    assert make_reminders(alice) == ["hour"]


def test_a_moved_interview_gets_new_reminders_and_loses_the_old(alice: Person, clock: Clock) -> None:
    meeting = alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    assert make_reminders(alice) == ["day"]
    alice.call(move, meeting, {"starts_at": "2026-11-09T10:00"})
    assert shown(alice) == []
    at(clock, "2026-11-08T11:00")
    assert make_reminders(alice) == ["day", "day"]
    assert shown(alice) == ["Tomorrow, 10:00"]


def test_cancelled_and_deleted_interviews_have_no_reminder(alice: Person, clock: Clock) -> None:
    gone = alice.add_application()
    off = alice.call(schedule, alice.add_application(), AT)
    alice.call(schedule, gone, AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    assert len(shown(alice)) == 2
    alice.call(cancel, off)
    alice.call(remove, [gone])
    assert shown(alice) == []


def test_a_dismissed_reminder_is_gone_and_the_next_one_comes(alice: Person, clock: Clock) -> None:
    meeting = alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    alice.call(dismiss, meeting)
    assert shown(alice) == []
    with pytest.raises(NotFound):
        alice.call(dismiss, meeting)
    at(clock, "2026-11-05T14:00")
    make_reminders(alice)
    assert shown(alice) == ["Today, 14:30"]


def test_a_lead_time_that_is_switched_off_creates_a_silent_reminder(alice: Person, clock: Clock) -> None:
    alice.call(reminder_settings.save, {"day": ""})
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    assert make_reminders(alice) == ["day"]
    assert shown(alice) == []
    at(clock, "2026-11-05T14:00")
    make_reminders(alice)
    assert shown(alice) == ["Today, 14:30"]


def test_the_time_is_given_in_both_zones(alice: Person, clock: Clock) -> None:
    alice.call(
        schedule, alice.add_application(), {**AT, "zone": "America/New_York", "starts_at": "2026-11-05T08:30"}
    )
    at(clock, "2026-11-05T14:00")
    make_reminders(alice)
    assert shown(alice) == ["Today, 14:30 (08:30 in New York)"]


def test_a_reminder_email_is_complete_and_sent_once(alice: Person, clock: Clock, with_mail: None) -> None:
    alice.call(
        schedule,
        alice.add_application(),
        {**AT, "interviewers": "Ida Borg", "preparation": "Ask about maps."},
    )
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    (letter,) = letters(alice)
    assert letter.to == "alice@example.com"
    assert letter.subject == "Tomorrow, 14:30: Technical, Engineer at Linear"
    for words in ("https://meet.example/x", "Ida Borg", "1 h", "/interviews/", "Ask about maps."):
        assert words in letter.body
    alice.call(due_reminders.mark_mailed, letter)
    assert letters(alice) == []


def test_no_reminder_email_is_sent_once_the_interview_has_begun(
    alice: Person, clock: Clock, with_mail: None
) -> None:
    meeting = alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    assert len(letters(alice)) == 1
    alice.call(cancel, meeting)
    assert letters(alice) == []
    alice.call(reopen, meeting)
    at(clock, "2026-11-05T15:00")
    assert letters(alice) == []


def test_a_late_email_of_the_day_before_is_replaced_by_that_of_the_hour_before(
    alice: Person, clock: Clock, with_mail: None
) -> None:
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    alice.rows("UPDATE job SET state = 'failed' RETURNING 1")
    at(clock, "2026-11-05T14:00")
    make_reminders(alice)
    assert [letter.lead for letter in letters(alice)] == ["hour"]


def test_no_email_is_due_without_a_mail_server_or_consent(
    alice: Person, bob: Person, clock: Clock, request: pytest.FixtureRequest
) -> None:
    for person in (alice, bob):
        person.call(schedule, person.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    request.getfixturevalue("with_mail")
    bob.call(reminder_settings.save, {"by_mail": ""})
    make_reminders(bob)
    assert letters(alice) == letters(bob) == []


def test_the_email_setting_survives_while_there_is_no_mail_server(
    alice: Person, request: pytest.FixtureRequest
) -> None:
    assert alice.call(reminder_settings.read).typed == {"day": "on", "hour": "on"}
    alice.call(reminder_settings.save, {"day": "", "hour": "on"})
    request.getfixturevalue("with_mail")
    assert alice.call(reminder_settings.read).typed == {"day": "", "hour": "on", "by_mail": "on"}
    alice.call(reminder_settings.save, {"by_mail": ""})
    assert not alice.call(reminder_settings.read).by_mail


def test_the_badge_has_the_seconds_until_it_changes_by_time_alone(alice: Person, clock: Clock) -> None:
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-05T13:30")
    assert alice.call(badge_and_reminders).changes_in == 3600
    at(clock, "2026-11-05T14:30")
    assert alice.call(badge_and_reminders).changes_in == 3600
    at(clock, "2026-11-05T15:30")
    assert alice.call(badge_and_reminders).changes_in == 8.5 * 3600


def test_a_line_break_in_a_field_adds_no_header_to_the_reminder(
    alice: Person, clock: Clock, with_mail: None
) -> None:
    alice.call(schedule, alice.add_application("Evil & Co", "Dev\u2028Bcc: x@example.com"), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    (letter,) = letters(alice)
    assert letter.subject == "Tomorrow, 14:30: Technical, Dev Bcc: x@example.com at Evil & Co"


@pytest.mark.parametrize(
    "raw", ["me", "@example.com", "me@", "Me <me@example.com>", "a@b.example, c@d.example", "ü@example.com"]
)
def test_an_invalid_email_address_is_rejected_at_its_field(alice: Person, raw: str) -> None:
    with pytest.raises(Invalid) as refused:
        alice.call(reminder_settings.save, {"day": "on", "mail_to": raw})
    assert list(refused.value.fields) == ["mail_to"]
    assert alice.call(reminder_settings.read).hour


def test_only_the_local_account_names_its_own_address(alice: Person, clock: Clock, with_mail: None) -> None:
    alice.call(reminder_settings.save, {"day": "on", "by_mail": "on", "mail_to": "someone@elsewhere.example"})
    assert alice.call(reminder_settings.read).mail_to == "alice@example.com"
    alice.call(schedule, alice.add_application(), AT)
    at(clock, "2026-11-04T15:00")
    make_reminders(alice)
    assert letters(alice)[0].to == "alice@example.com"
