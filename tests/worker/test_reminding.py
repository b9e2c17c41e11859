"""Reminders asked for each minute, made by the worker, and mailed through a real server, once each."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import text

from tests.worker.stand import Servers
from tracker import clock, embedded
from tracker.db import scoped, upkeep
from tracker.errors import Sorry, Upstream
from tracker.services import mail
from tracker.services.applications import adding
from tracker.services.interviews import scheduling
from tracker.services.jobs import keeping
from tracker.services.reminders import making
from tracker.services.waiting import waiting
from tracker.settings import SettingsError, settings
from tracker.shapes.people import Who
from worker import jobs as worker_jobs


class Post:
    """A mail server: what it took, and what it answers to the next message."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answers: list[str] = []
        self.port = embedded.free_port()
        self.start()

    def start(self) -> None:
        """Listen, on the same port whenever it was stopped."""
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, auth_require_tls=False, authenticator=self.knows
        )
        self.controller.start()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message, or answer as told."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return answer

    def knows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Let in whoever knows the password."""
        fine = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=fine, handled=fine)


@pytest.fixture
def post(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A real SMTP server, which the settings name."""
    given = Post()
    named = {
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(given.port), "SMTP_SECURITY": "none",
        "MAIL_FROM": "Pursuit <pursuit@example.com>",
    }  # fmt: skip
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield given
    given.controller.stop()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(autouse=True)
def travel(servers: Servers) -> Iterator[time_machine.Traveller]:
    """The clock stands still, and no job or interview is left of other tests."""
    with upkeep() as session:
        session.connection().exec_driver_sql("RESET ROLE; TRUNCATE job; TRUNCATE interview CASCADE")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def meets(who: Who, *, hours: float, role: str = "Engineer") -> str:
    """An interview so many hours ahead, written down long ago."""
    with scoped(who) as scope:
        row_id = adding.add(scope, {"company": "Linear", "role": role}, "interviewing")
        starts = (scope.now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        meeting = scheduling.schedule(
            scope, row_id, {"starts_at": starts, "zone": "UTC", "kind": "technical"}
        )
        scope.session.execute(
            text("UPDATE interview SET placed_at = :then"), {"then": scope.now - timedelta(days=9)}
        )
    return meeting


def carry_out(who: Who) -> tuple[str, str]:
    """Do the person's waiting job; how it stands then, and why."""
    with scoped(who) as scope:
        job_id = scope.rows(text("SELECT id FROM job WHERE next_try_at <= :now"), {"now": scope.now})[0]["id"]
    worker_jobs.carry_out(str(who.user_id), str(job_id))
    with scoped(who) as scope:
        row = scope.rows(text("SELECT state, reason FROM job WHERE id = :id"), {"id": job_id})[0]
    return row["state"], row["reason"]


def test_a_minute_asks_for_those_whose_interview_comes_near_and_for_nobody_else(
    alice: Who, bob: Who, charlie: Who, travel: time_machine.Traveller
) -> None:
    meets(alice, hours=23)
    meets(bob, hours=25)
    assert making.ask() == 1
    assert making.ask() == 1, "one that waits is asked for again, and stays one"
    assert carry_out(alice) == ("done", "")
    assert making.ask() == 0
    travel.shift(timedelta(hours=2))
    assert making.ask() == 1
    assert carry_out(bob) == ("done", "")


def test_a_reminder_is_mailed_once_and_says_the_same_as_the_page(alice: Who, post: Post) -> None:
    meeting = meets(alice, hours=20)
    making.ask()
    assert carry_out(alice) == ("done", "")
    ((to, message),) = post.taken
    with scoped(alice) as scope:
        (shown,) = waiting(scope).reminders
    assert to == ["alice@example.com"]
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == f"{shown.when}: Technical, Engineer at Linear"
    assert message["From"] == "Pursuit <pursuit@example.com>"
    assert message["Message-ID"] == f"<{shown.key}@example.com>"
    assert f"/interviews/{meeting}" in message.get_content()
    making.ask()
    assert len(post.taken) == 1


def test_a_server_that_is_busy_is_tried_again_and_the_reminder_stands_on_the_page_meanwhile(
    alice: Who, post: Post, travel: time_machine.Traveller
) -> None:
    meets(alice, hours=20)
    post.answers = ["451 Later"]
    making.ask()
    assert carry_out(alice) == ("failed", "The mail server asked to be tried again later.")
    with scoped(alice) as scope:
        assert len(waiting(scope).reminders) == 1
    travel.shift(timedelta(seconds=1))
    assert keeping.sweep() == 1
    assert carry_out(alice) == ("done", "")
    assert len(post.taken) == 1


def test_a_message_refused_for_good_keeps_no_other_from_leaving(alice: Who, post: Post) -> None:
    meets(alice, hours=20, role="Pilot")
    meets(alice, hours=21, role="Sailor")
    post.answers = ["550 No such person"]
    making.ask()
    assert carry_out(alice) == ("failed", "The mail server refused the message.")
    assert ["Sailor" in message["Subject"] for _, message in post.taken] == [True]
    with scoped(alice) as scope:
        assert making.to_mail(scope) == []


def test_a_server_that_is_away_may_come_back(post: Post) -> None:
    post.controller.stop()
    with pytest.raises(Upstream):
        mail.send("a@example.com", "Hello", "Hello", "key")
    with pytest.raises(Sorry, match="doesn't let us in"):
        mail.greet()
    post.start()
    assert mail.greet().endswith("lets us in")


def test_a_wrong_password_is_said_and_is_in_no_message(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_USER", "pursuit")
    monkeypatch.setenv("SMTP_PASSWORD", "wr0ng-secret")
    settings.cache_clear()
    with pytest.raises(Sorry, match="refused the name and password") as refused:
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


@pytest.mark.parametrize(
    "given",
    [
        {"SMTP_HOST": "mail.example.com"},
        {"SMTP_HOST": "mail.example.com", "MAIL_FROM": "nobody"},
        {"SMTP_HOST": "mail.example.com", "MAIL_FROM": "a@example.com", "SMTP_USER": "a", "SMTP_SECURITY": "none"},
        {"SMTP_SECURITY": "perhaps"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_or_are_unsafe_refuse_to_start(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(SettingsError):
        settings()
    monkeypatch.undo()
    settings.cache_clear()
