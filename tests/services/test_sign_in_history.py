"""The sign-in history: what is recorded, what its person sees of it, and what bounds it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.acting import NOW, Person
from tracker.cache import valkey
from tracker.db import anonymous
from tracker.services import audit
from tracker.services.model import own
from tracker.services.sessions import close, find, of_mine, open_session, revoke, revoke_others
from tracker.shapes.audit import AuditKind, AuditLine, Client
from tracker.shapes.sign_in import Problem

LAPTOP = Client("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "203.0.113.7")
SERVICE = {"base_url": "https://api.example.com/v1", "model": "m-1", "key": "sk-very-secret"}


@pytest.fixture
def here(alice: Person) -> Person:
    """Alice, signed in at her laptop."""
    who = find(open_session(alice.who.user_id, LAPTOP.browser, LAPTOP.address))
    assert who
    return Person(who)


@pytest.fixture(autouse=True)
def no_refusals(redis_url: str) -> Iterator[None]:
    yield
    for key in valkey().scan_iter("refusals:*"):
        valkey().delete(key)


def history(person: Person) -> list[AuditLine]:
    lines: list[AuditLine] = person.does(audit.of_mine)
    return lines


def test_a_sign_in_is_listed_with_its_time_browser_and_address(here: Person) -> None:
    (line,) = history(here)
    assert (line.what, line.browser, line.agent, line.address) == (
        "Signed in", "Firefox on Linux", LAPTOP.browser, "203.0.113.7",
    )  # fmt: skip
    assert line.at.startswith("Today, ")


def test_the_time_is_that_of_the_persons_zone(alice: Person) -> None:
    from dataclasses import replace

    open_session(alice.who.user_id, "Firefox")
    tokyo = Person(replace(alice.who, timezone="Asia/Tokyo"))
    berlin = Person(replace(alice.who, timezone="Europe/Berlin"))
    assert history(tokyo)[0].exact != history(berlin)[0].exact


def test_signing_out_ending_a_session_and_a_key_are_listed(here: Person, alice: Person) -> None:
    other, third = (open_session(alice.who.user_id, LAPTOP.browser) for _ in range(2))
    close(other, LAPTOP)
    gone = next(line.id for line in here.does(of_mine) if not line.is_this_one)
    here.does(revoke, gone)
    assert find(third) is None
    open_session(alice.who.user_id, "")
    here.does(revoke_others)
    here.does(own.save, SERVICE)
    here.does(own.forget)
    assert [line.what for line in history(here)] == [
        "AI service removed", "AI service saved: api.example.com", "1 other session ended", "Signed in",
        "Session ended: Firefox on Linux", "Signed out", "Signed in", "Signed in", "Signed in",
    ]  # fmt: skip


def test_nothing_of_a_key_is_kept(here: Person) -> None:
    here.does(own.save, SERVICE)
    assert not any("very-secret" in repr(row) for row in here.rows("SELECT * FROM audit_entry"))


def test_a_flood_of_refusals_leaves_a_handful_of_entries_that_count(here: Person) -> None:
    for _ in range(120):
        audit.refuse(here.who.user_id, Problem.NOT_ALLOWED, LAPTOP)
    refused = [line.what for line in history(here) if line.is_refusal]
    reason = "Sign-in refused: not on the list of people who may sign in"
    assert refused == [f"{reason}, {number} times that day" for number in (100, 10, 3, 2)] + [reason]


def test_the_next_day_counts_anew(here: Person) -> None:
    for _ in range(5):
        audit.refuse(here.who.user_id, Problem.USED, LAPTOP)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        audit.refuse(here.who.user_id, Problem.USED, LAPTOP)
    assert history(here)[0].what == "Sign-in refused: one-time address already used or replaced"


def test_nobody_sees_or_writes_the_history_of_another(here: Person, bob: Person) -> None:
    assert history(bob) == []
    with pytest.raises(DBAPIError, match="row-level security"), bob.scope() as scope:
        audit.record(scope.session, here.who.user_id, AuditKind.SIGNED_IN, LAPTOP)


@pytest.mark.parametrize(
    "statement",
    ["SELECT 1 FROM audit_entry", "UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry"],
)
def test_signing_in_may_only_add(here: Person, statement: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), anonymous() as session:
        session.execute(text(statement))


def test_entries_of_long_ago_and_those_beyond_the_cap_are_deleted(
    here: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "AT_MOST", 3)
    open_session(bob.who.user_id, "")
    with time_machine.travel(NOW + audit.KEPT - timedelta(days=1), tick=False):
        for _ in range(5):
            here.does(audit.note, AuditKind.SIGNED_OUT)
        audit.expire()
        assert [line.what for line in history(here)] == ["Signed out"] * 3
        assert len(history(bob)) == 1
    with time_machine.travel(NOW + audit.KEPT + timedelta(days=1), tick=False):
        audit.expire()
        assert history(bob) == []
        assert len(history(here)) == 3


def test_odd_words_of_a_browser_are_bounded(here: Person) -> None:
    open_session(here.who.user_id, "x" * 5000, "y" * 5000)
    assert len(history(here)[0].agent) == 300
