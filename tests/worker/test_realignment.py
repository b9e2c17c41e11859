"""Realignment by the worker when time zone rules change: interviews keep their local time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support.people import Person
from tests.support.worker_processes import Process, Servers, wait_until
from tracker import clock
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.services.interviews import realignment, scheduling
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who
from worker import jobs as worker_jobs


@pytest.fixture
def interview_id(servers: Servers, alice: Person) -> str:
    """Return an interview in ten days that an older rule put an hour too late."""
    starts = f"{clock.now() + timedelta(days=10):%Y-%m-%d}T17:00"
    with scoped(alice.user) as scope:
        row_id = creation.add(scope, {"company": "Linear", "role": "Engineer"}, "applied")
        typed = {"kind": "technical", "starts_at": starts, "zone": "America/Vancouver"}
        interview = scheduling.schedule(scope, row_id, typed)
        scope.session.connection().exec_driver_sql(
            "UPDATE interview SET starts_at = starts_at + interval '1 hour'"
        )
    return interview


def rows(user: Who, query: str) -> list[tuple[object, ...]]:
    with scoped(user) as scope:
        return [tuple(row) for row in scope.session.connection().exec_driver_sql(query)]


def test_the_nightly_job_realigns_interviews_and_records_it(
    alice: Person, bob: Person, interview_id: str
) -> None:
    before = rows(alice.user, "SELECT starts_at FROM interview")
    worker_jobs.realign()
    waiting = "SELECT id FROM job WHERE kind = 'realign_interviews' AND state = 'waiting'"
    assert rows(bob.user, waiting) == []
    ((job_id,),) = rows(alice.user, waiting)
    worker_jobs.carry_out(str(alice.user.user_id), str(job_id))
    ((starts_at,),) = rows(alice.user, "SELECT starts_at FROM interview")
    assert starts_at == before[0][0] - timedelta(hours=1)  # type: ignore[operator]
    assert rows(alice.user, "SELECT kind, door FROM event ORDER BY id DESC LIMIT 1") == [
        ("interview.realigned", "worker")
    ]
    assert realignment.request_jobs() == 0
    assert rows(alice.user, waiting) == []


def test_a_starting_worker_realigns_interviews_at_once(
    alice: Person, interview_id: str, start: Callable[[], Process]
) -> None:
    query = "SELECT door FROM event WHERE kind = 'interview.realigned'"
    assert rows(alice.user, query) == []
    worker = start()
    wait_until(lambda: rows(alice.user, query) == [("worker",)], worker.output)


def test_the_night_has_a_time_and_a_queue() -> None:
    from tracker.queue import QUEUE_OF, REALIGN, SCHEDULE

    assert SCHEDULE[REALIGN][0] == QUEUE_OF[JobKind.REALIGN_INTERVIEWS] == "nightly"
