"""Workers, Valkey and PostgreSQL killed, emptied and restarted: each accepted job runs, once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psutil
import pytest
from rq import Worker
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.support.people import Person
from tests.support.worker_processes import Gate, Process, Servers, wait_until
from tracker import queue
from tracker.cache import valkey
from tracker.db import scoped
from tracker.services import jobs
from tracker.services.jobs import job_upkeep
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who

Start = Callable[[], Process]


@dataclass
class RequestedJob:
    """Job requested by a user."""

    user: Who
    job_id: UUID

    def row(self) -> dict[str, Any]:
        with scoped(self.user) as scope:
            return dict(scope.rows(text("SELECT * FROM job WHERE id = :id"), {"id": self.job_id})[0])

    def is_done(self) -> bool:
        return bool(self.row()["state"] == "done")

    def is_done_after_sweep(self) -> bool:
        """Sweep as the schedule would; return whether the job is done."""
        job_upkeep.sweep()
        return self.is_done()

    def effects(self) -> int:
        with scoped(self.user) as scope:
            return len(scope.rows(text("SELECT 1 FROM contact")))


@pytest.fixture
def requested(alice: Person, gate: Gate) -> RequestedJob:
    return request_job(alice.user, gate)


def request_job(user: Who, gate: Gate) -> RequestedJob:
    with scoped(user) as scope:
        return RequestedJob(user, jobs.request(scope, JobKind.SCORE_ALL, gate=gate.number))


def known() -> list[int | None]:
    """Return the process ids of the workers that Redis knows."""
    return [worker.pid for worker in Worker.all(connection=valkey())]


def test_a_worker_killed_in_the_middle_leaves_its_job_to_another(
    requested: RequestedJob, gate: Gate, start: Start
) -> None:
    first = start()
    wait_until(lambda: gate.waiting == 1, first.output)
    first.kill()
    assert requested.row()["state"] == "working"
    second = start()
    gate.open()
    wait_until(requested.is_done_after_sweep, second.output)
    assert (requested.effects(), requested.row()["tries"]) == (1, 2)


def test_a_job_stops_when_its_worker_is_killed(requested: RequestedJob, gate: Gate, start: Start) -> None:
    first = start()
    wait_until(lambda: gate.waiting == 1, first.output)
    [horse] = first.horses
    first.process.kill()
    wait_until(lambda: not horse.is_running() or horse.status() == psutil.STATUS_ZOMBIE, first.output)
    gate.open()
    assert requested.effects() == 0


def test_a_worker_told_to_stop_finishes_its_job_first(
    requested: RequestedJob, gate: Gate, start: Start
) -> None:
    worker = start()
    wait_until(lambda: gate.waiting == 1, worker.output)
    worker.terminate()
    wait_until(lambda: "warm shut down" in worker.output())
    gate.open()
    assert worker.end() == 0
    assert (requested.is_done(), requested.effects()) == (True, 1)


def test_a_job_is_leased_for_as_long_as_its_worker_is_alive(
    requested: RequestedJob, gate: Gate, start: Start
) -> None:
    workers = [start(), start()]
    wait_until(lambda: gate.waiting == 1, workers[0].output)
    first = requested.row()["next_try_at"]
    for _ in range(3):
        queue.enqueue(requested.user.user_id, requested.job_id, JobKind.SCORE_ALL)
    wait_until(lambda: valkey().llen("rq:queue:now") == 0)
    wait_until(lambda: requested.row()["next_try_at"] > first)
    assert gate.waiting == 1
    gate.open()
    wait_until(requested.is_done)
    assert (requested.effects(), requested.row()["tries"]) == (1, 1)


def test_a_worker_that_wakes_too_late_commits_nothing(
    requested: RequestedJob, gate: Gate, start: Start
) -> None:
    sleeper = start()
    wait_until(lambda: gate.waiting == 1, sleeper.output)
    [horse] = sleeper.horses
    horse.suspend()
    second = start()
    gate.open()
    wait_until(requested.is_done_after_sweep, second.output)
    horse.resume()
    wait_until(lambda: "Another worker has taken over job" in sleeper.output(), sleeper.output)
    assert (requested.effects(), requested.row()["tries"]) == (1, 2)


def test_a_job_that_redis_lost_is_enqueued_again(
    requested: RequestedJob, servers: Servers, gate: Gate, start: Start
) -> None:
    gate.open()
    with servers.without_valkey():
        pass
    assert valkey().llen("rq:queue:now") == 0
    worker = start()
    wait_until(requested.is_done_after_sweep, worker.output)
    assert requested.effects() == 1


def test_a_worker_outlives_a_redis_that_loses_everything_and_is_known_again(
    alice: Person, servers: Servers, gate: Gate, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    gate.open()
    worker = start()
    wait_until(lambda: worker.pid in known(), worker.output)
    with servers.without_valkey():
        unsent = request_job(alice.user, gate)
    wait_until(unsent.is_done_after_sweep, worker.output)
    wait_until(lambda: known() == [worker.pid], worker.output)
    worker.terminate()
    assert worker.end() == 0, worker.output()
    assert unsent.effects() == 1


def test_postgresql_restarted_in_the_middle_costs_no_job(
    requested: RequestedJob, servers: Servers, gate: Gate, start: Start
) -> None:
    worker = start()
    wait_until(lambda: gate.waiting == 1, worker.output)
    servers.restart_postgres()
    wait_until(requested.is_done_after_sweep, worker.output)
    assert (requested.effects(), requested.row()["tries"]) == (1, 2)
    assert worker.is_alive


def test_a_worker_begins_though_redis_and_postgresql_come_later(
    alice: Person, servers: Servers, gate: Gate, start: Start
) -> None:
    gate.open()
    with servers.without_valkey():
        worker = start()
        wait_until(lambda: "Redis is unavailable" in worker.output(), worker.output)
    servers.postgres.stop()
    with pytest.raises(OperationalError):
        request_job(alice.user, gate)
    servers.restart_postgres()
    requested = request_job(alice.user, gate)
    wait_until(requested.is_done_after_sweep, worker.output)
    assert requested.effects() == 1
