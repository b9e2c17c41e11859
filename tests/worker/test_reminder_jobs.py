"""Reminders: requested each minute, made by the worker, and mailed through a real server once."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from sqlalchemy import text

from tests.support.mail_server import Post
from tests.support.owner import owner_engine
from tests.support.people import Person
from tests.support.worker_processes import Servers
from tracker import clock
from tracker.cache import valkey
from tracker.db import scoped
from tracker.errors import Sorry, Upstream
from tracker.services import jobs, mail, preferences
from tracker.services.applications import creation
from tracker.services.badge import badge_and_reminders
from tracker.services.interviews import scheduling
from tracker.services.jobs import job_upkeep
from tracker.services.reminders import due_reminders
from tracker.settings import SettingsError, settings
from tracker.shapes.people import Who
from worker import jobs as worker_jobs


@pytest.fixture
def post(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Yield a real SMTP server, named by the settings."""
    valkey().flushdb()
    smtp = Post()
    variables = {
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(smtp.port), "SMTP_SECURITY": "none",
        "MAIL_FROM": "Pursuit <pursuit@example.com>",
    }  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield smtp
    smtp.controller.stop()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(autouse=True)
def travel(servers: Servers) -> Iterator[time_machine.Traveller]:
    """Freeze time, and delete jobs and interviews of other tests."""
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("TRUNCATE job; TRUNCATE interview CASCADE")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def schedule_interview(user: Who, *, hours: float, role: str = "Engineer") -> str:
    """Schedule an interview this many hours ahead, entered long ago; return its id."""
    with scoped(user) as scope:
        row_id = creation.add(scope, {"company": "Linear", "role": role}, "interviewing")
        starts = (scope.now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        meeting = scheduling.schedule(
            scope, row_id, {"starts_at": starts, "zone": "UTC", "kind": "technical"}
        )
        scope.session.execute(
            text("UPDATE interview SET placed_at = :then"), {"then": scope.now - timedelta(days=9)}
        )
    return meeting


def carry_out(user: Who) -> list[tuple[str, str]]:
    """Run the user's due jobs until none remains; return the state and reason of each."""
    done = []
    while job_ids := _due_job_ids(user):
        worker_jobs.carry_out(str(user.user_id), str(job_ids[0]))
        with scoped(user) as scope:
            row = scope.rows(text("SELECT state, reason FROM job WHERE id = :id"), {"id": job_ids[0]})[0]
        done.append((row["state"], row["reason"]))
    return done


def _due_job_ids(user: Who) -> list[Any]:
    with scoped(user) as scope:
        query = text("SELECT id FROM job WHERE next_try_at <= :now ORDER BY id")
        return [row["id"] for row in scope.rows(query, {"now": scope.now})]


DONE = ("done", "")


def test_a_minute_requests_jobs_only_for_users_with_a_near_interview(
    alice: Person, bob: Person, charlie: Person, travel: time_machine.Traveller
) -> None:
    schedule_interview(alice.user, hours=23)
    schedule_interview(bob.user, hours=25)
    assert due_reminders.request_jobs() == 1
    assert due_reminders.request_jobs() == 1, "one that waits is asked for again, and stays one"
    assert carry_out(alice.user) == [DONE]
    assert due_reminders.request_jobs() == 0
    travel.shift(timedelta(hours=2))
    assert due_reminders.request_jobs() == 1
    assert carry_out(bob.user) == [DONE]


def test_a_reminder_is_mailed_once_and_says_the_same_as_the_page(alice: Person, post: Post) -> None:
    alice.call(preferences.save, {"timezone": "Europe/Berlin"})
    meeting = schedule_interview(alice.user, hours=20)
    due_reminders.request_jobs()
    assert carry_out(alice.user) == [DONE, DONE]
    ((to, message),) = post.taken
    with scoped(alice.user) as scope:
        (shown,) = badge_and_reminders(scope).reminders
    assert to == ["alice@example.com"]
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == f"{shown.when}: Technical, Engineer at Linear"
    assert message["From"] == "Pursuit <pursuit@example.com>"
    assert message["Message-ID"] == f"<{shown.key}@example.com>"
    assert f"/interviews/{meeting}" in message.get_content()
    due_reminders.request_jobs()
    assert carry_out(alice.user) == []
    assert len(post.taken) == 1


def test_a_busy_mail_server_is_retried_and_the_page_shows_the_reminder(
    alice: Person, post: Post, travel: time_machine.Traveller
) -> None:
    schedule_interview(alice.user, hours=20)
    post.answers = ["451 Later"] * 9
    due_reminders.request_jobs()
    assert carry_out(alice.user) == [DONE, ("failed", "The mail server asked to try again later.")]
    with scoped(alice.user) as scope:
        assert len(badge_and_reminders(scope).reminders) == 1
    for _ in range(8):
        travel.shift(timedelta(hours=1, seconds=1))
        assert job_upkeep.sweep() == 1
        assert carry_out(alice.user)[0][0] == "failed"
    travel.shift(timedelta(hours=1, seconds=1))
    assert carry_out(alice.user) == [DONE]
    assert len(post.taken) == 1


def test_a_message_refused_for_good_says_so_holds_up_no_other_and_leaves_when_tried_again(
    alice: Person, post: Post
) -> None:
    schedule_interview(alice.user, hours=20, role="Pilot")
    schedule_interview(alice.user, hours=21, role="Sailor")
    post.answers = ["550 No such person"]
    due_reminders.request_jobs()
    assert carry_out(alice.user) == [DONE, ("failed", "The mail server refused the message."), DONE]
    assert len(post.taken) == 1
    with scoped(alice.user) as scope:
        failed = scope.rows(text("SELECT id FROM job WHERE state = 'failed'"))[0]["id"]
        jobs.retry(scope, failed)
    assert carry_out(alice.user) == [DONE]
    assert sorted(message["Subject"].split(", ")[2].split()[0] for _, message in post.taken) == [
        "Pilot",
        "Sailor",
    ]


def test_a_server_that_took_the_message_and_then_falls_silent_is_sent_no_second_one(
    alice: Person, post: Post
) -> None:
    post.hangs_up = True
    schedule_interview(alice.user, hours=20)
    due_reminders.request_jobs()
    assert carry_out(alice.user) == [DONE, DONE]
    assert len(post.taken) == 1


def test_an_unavailable_mail_server_is_tried_again(post: Post) -> None:
    post.controller.stop()
    with pytest.raises(Upstream, match="didn't respond correctly"):
        mail.send("a@example.com", "Hello", "Hello", "key")
    with pytest.raises(Upstream, match="didn't answer a moment ago"):
        mail.send("b@example.com", "Hello", "Hello", "key")
    with pytest.raises(Sorry, match="rejects the connection"):
        mail.check_connection()
    post.start()
    assert mail.check_connection().endswith("accepts the login")
    valkey().flushdb()
    mail.send("a@example.com", "Hello", "Hello", "key")
    assert len(post.taken) == 1


def test_a_mail_server_that_answers_too_slowly_times_out(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TOTAL_TIMEOUT", 0.5)
    post.drips = True
    with pytest.raises(Upstream):
        mail.send("a@example.com", "Hello", "Hello", "key")
    assert post.taken == []


def test_an_address_that_the_server_cannot_write_is_not_tried_again(post: Post) -> None:
    with pytest.raises(Sorry) as refused:
        mail.send("jürgen@example.com", "Hello", "Hello", "key")
    assert not isinstance(refused.value, Upstream)


def test_a_wrong_password_is_reported_and_in_no_message(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_USER", "pursuit")
    monkeypatch.setenv("SMTP_PASSWORD", "wr0ng-secret")
    settings.cache_clear()
    with pytest.raises(Upstream, match="rejected Pursuit's user name") as refused:
        mail.send("a@example.com", "Hello", "Hello", "key")
    assert "wr0ng" not in refused.value.message
    assert "wr0ng" not in repr(settings())
    monkeypatch.setenv("SMTP_PASSWORD", "right")
    settings.cache_clear()
    mail.send("a@example.com", "Hello", "Hello", "key")
    assert len(post.taken) == 1


def test_an_address_or_a_subject_with_lines_in_it_is_never_sent(post: Post) -> None:
    for to, subject in (
        ("a@example.com\nBcc: b@example.com", "Hello"),
        ("a@example.com", "Hello\r\nBcc: b@example.com"),
    ):
        with pytest.raises(Sorry):
            mail.send(to, subject, "Hello", "key")
    assert post.taken == []


@pytest.mark.parametrize("length", [60, 68, 69, 77, 78, 100])
@pytest.mark.parametrize("word", ["berth ", "Zürich "])
def test_a_subject_arrives_as_it_was_sent(post: Post, word: str, length: int) -> None:
    subject = f"{word * 20}"[: length - 1] + "."
    mail.send("a@example.com", subject, "Hello", "key")
    ((_, message),) = post.taken
    assert message["Subject"] == subject


@pytest.mark.parametrize(
    "variables",
    [
        {"SMTP_HOST": "mail.example.com"},
        {"SMTP_HOST": "mail.example.com", "MAIL_FROM": "nobody"},
        {"SMTP_HOST": "mail.example.com", "MAIL_FROM": "a@example.com", "SMTP_USER": "a", "SMTP_SECURITY": "none"},
        {"SMTP_SECURITY": "perhaps"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_or_are_unsafe_refuse_to_start(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(SettingsError):
        settings()
    monkeypatch.undo()
    settings.cache_clear()
