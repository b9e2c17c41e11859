"""Requests with an idempotency key run once, however often and from wherever they come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
import time_machine
from sqlalchemy import text

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.db import Scope, scoped
from tracker.errors import Invalid, Sorry
from tracker.services.applications import creation
from tracker.services.idempotency import RETENTION, expire, run_once

TYPED = {"company": "Linear", "role": "Engineer"}


def add(scope: Scope, typed: dict[str, str]) -> tuple[str, str]:
    """Add an application, and say so."""
    return creation.add(scope, typed, "saved"), "added"


def roles(person: Person) -> list[str]:
    return [row["role"] for row in person.rows("SELECT role FROM application ORDER BY id")]


def test_the_second_request_under_a_key_gets_the_firsts_result(alice: Person) -> None:
    first = alice.call(run_once, "k", add, TYPED)
    assert alice.call(run_once, "k", add, TYPED) == first
    assert roles(alice) == ["Engineer"]


def test_the_first_request_wins_even_if_the_content_changed(alice: Person) -> None:
    first = alice.call(run_once, "k", add, TYPED)
    assert alice.call(run_once, "k", add, TYPED | {"role": "Designer"}) == first
    assert roles(alice) == ["Engineer"]


def test_another_key_another_verb_and_no_key_are_other_requests(alice: Person) -> None:
    alice.call(run_once, "k", add, TYPED)
    alice.call(run_once, "l", add, TYPED)
    alice.call(run_once, "k", creation.add, TYPED)
    alice.call(run_once, "", add, TYPED)
    alice.call(run_once, "", add, TYPED)
    assert len(roles(alice)) == 5


def test_the_same_key_of_someone_else_is_another_request(alice: Person, bob: Person) -> None:
    assert alice.call(run_once, "k", add, TYPED) != bob.call(run_once, "k", add, TYPED)
    assert roles(alice) == roles(bob) == ["Engineer"]


def test_a_refused_request_leaves_its_key_unused(alice: Person) -> None:
    with pytest.raises(Invalid):
        alice.call(run_once, "k", add, {"company": ""})
    alice.call(run_once, "k", add, TYPED)
    assert roles(alice) == ["Engineer"]


def test_a_key_that_is_too_long_is_refused(alice: Person) -> None:
    with pytest.raises(Sorry):
        alice.call(run_once, "k" * 201, add, TYPED)
    assert roles(alice) == []


def test_two_requests_at_once_are_carried_out_once(alice: Person) -> None:
    start = Barrier(2)

    def request() -> tuple[str, str]:
        start.wait()
        with scoped(alice.user) as scope:
            return run_once(scope, "k", add, TYPED)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(request), threads.submit(request)
        assert first.result() == second.result()
    assert roles(alice) == ["Engineer"]


def test_a_request_waits_for_the_first_and_is_carried_out_if_that_fails(alice: Person) -> None:
    has_begun, may_fail = Event(), Event()

    def fail(scope: Scope) -> str:
        has_begun.set()
        may_fail.wait()
        raise Sorry("no")

    def first() -> None:
        with pytest.raises(Sorry), scoped(alice.user) as scope:
            run_once(scope, "k", fail)

    def second() -> str:
        has_begun.wait()
        with scoped(alice.user) as scope:
            scope.session.execute(text("SELECT 1"))
            may_fail.set()
            return run_once(scope, "k", lambda _: "done")

    with ThreadPoolExecutor(2) as threads:
        failing, waiting = threads.submit(first), threads.submit(second)
        failing.result()
        assert waiting.result() == "done"


def test_keys_are_forgotten_after_a_week(alice: Person, clock: time_machine.Traveller) -> None:
    alice.call(run_once, "old", add, TYPED)
    alice.call(run_once, "new", add, TYPED)
    alice.rows(
        "UPDATE idempotency_key SET created_at = now() - :kept WHERE key = 'old' RETURNING key",
        kept=RETENTION + timedelta(minutes=1),
    )
    clock.move_to(NOW)
    with time_machine.travel(alice.rows("SELECT now() AS now")[0]["now"], tick=False):
        assert expire() == 1
    assert alice.rows("SELECT key FROM idempotency_key") == [{"key": "new"}]
