"""Workers, Valkey and PostgreSQL are killed, emptied and restarted: what was accepted is done, and done once."""

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
from tracker.shapes.people import Who
from tracker.shapes.words import JobKind

Start = Callable[[], Process]


@dataclass
class Asked:
    """A job that somebody asked for."""

    user: Who
    job_id: UUID

    def row(self) -> dict[str, Any]:
        with scoped(self.user) as scope:
            return dict(scope.rows(text("SELECT * FROM job WHERE id = :id"), {"id": self.job_id})[0])

    def is_done(self) -> bool:
        return bool(self.row()["state"] == "done")

    def comes_back(self) -> bool:
        """Whether it is done, after a sweep, which the schedule would do each minute."""
        job_upkeep.sweep()
        return self.is_done()

    def effects(self) -> int:
        with scoped(self.user) as scope:
            return len(scope.rows(text("SELECT 1 FROM contact")))


@pytest.fixture
def asked(alice: Person, gate: Gate) -> Asked:
    return ask(alice.user, gate)


def ask(who: Who, gate: Gate) -> Asked:
    with scoped(who) as scope:
        return Asked(who, jobs.request(scope, JobKind.SCORE_ALL, gate=gate.number))


def known() -> list[int | None]:
    """The workers that Redis knows."""
    return [worker.pid for worker in Worker.all(connection=valkey())]


def test_a_worker_killed_in_the_middle_leaves_its_job_to_another(
    asked: Asked, gate: Gate, start: Start
) -> None:
    first = start()
    wait_until(lambda: gate.waiting == 1, first.output)
    first.kill()
    assert asked.row()["state"] == "working"
    second = start()
    gate.open()
    wait_until(asked.comes_back, second.output)
    assert (asked.effects(), asked.row()["tries"]) == (1, 2)


def test_a_job_stops_when_its_worker_is_killed(asked: Asked, gate: Gate, start: Start) -> None:
    first = start()
    wait_until(lambda: gate.waiting == 1, first.output)
    [horse] = first.horses
    first.process.kill()
    wait_until(lambda: not horse.is_running() or horse.status() == psutil.STATUS_ZOMBIE, first.output)
    gate.open()
    assert asked.effects() == 0


def test_a_worker_told_to_stop_finishes_its_job_first(asked: Asked, gate: Gate, start: Start) -> None:
    one = start()
    wait_until(lambda: gate.waiting == 1, one.output)
    one.terminate()
    wait_until(lambda: "warm shut down" in one.output())
    gate.open()
    assert one.end() == 0
    assert (asked.is_done(), asked.effects()) == (True, 1)


def test_a_job_is_kept_for_as_long_as_it_shows_life(asked: Asked, gate: Gate, start: Start) -> None:
    workers = [start(), start()]
    wait_until(lambda: gate.waiting == 1, workers[0].output)
    first = asked.row()["next_try_at"]
    for _ in range(3):
        queue.carry(asked.user.user_id, asked.job_id, JobKind.SCORE_ALL)
    wait_until(lambda: valkey().llen("rq:queue:now") == 0)
    wait_until(lambda: asked.row()["next_try_at"] > first)
    assert gate.waiting == 1
    gate.open()
    wait_until(asked.is_done)
    assert (asked.effects(), asked.row()["tries"]) == (1, 1)


def test_a_worker_that_wakes_too_late_keeps_nothing_of_its_try(
    asked: Asked, gate: Gate, start: Start
) -> None:
    sleeper = start()
    wait_until(lambda: gate.waiting == 1, sleeper.output)
    [horse] = sleeper.horses
    horse.suspend()
    second = start()
    gate.open()
    wait_until(asked.comes_back, second.output)
    horse.resume()
    wait_until(lambda: "Another worker has taken job" in sleeper.output(), sleeper.output)
    assert (asked.effects(), asked.row()["tries"]) == (1, 2)


def test_word_of_a_job_that_redis_lost_is_sent_again(
    asked: Asked, servers: Servers, gate: Gate, start: Start
) -> None:
    gate.open()
    with servers.without_valkey():
        pass
    assert valkey().llen("rq:queue:now") == 0
    one = start()
    wait_until(asked.comes_back, one.output)
    assert asked.effects() == 1


def test_a_worker_outlives_a_redis_that_loses_everything_and_is_known_again(
    alice: Person, servers: Servers, gate: Gate, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    gate.open()
    one = start()
    wait_until(lambda: one.pid in known(), one.output)
    with servers.without_valkey():
        unsent = ask(alice.user, gate)
    wait_until(unsent.comes_back, one.output)
    wait_until(lambda: known() == [one.pid], one.output)
    one.terminate()
    assert one.end() == 0, one.output()
    assert unsent.effects() == 1


def test_postgresql_restarted_in_the_middle_costs_no_job(
    asked: Asked, servers: Servers, gate: Gate, start: Start
) -> None:
    one = start()
    wait_until(lambda: gate.waiting == 1, one.output)
    servers.restart_postgres()
    wait_until(asked.comes_back, one.output)
    assert (asked.effects(), asked.row()["tries"]) == (1, 2)
    assert one.is_alive


def test_a_worker_begins_though_redis_and_postgresql_come_later(
    alice: Person, servers: Servers, gate: Gate, start: Start
) -> None:
    gate.open()
    with servers.without_valkey():
        one = start()
        wait_until(lambda: "waits for Redis" in one.output(), one.output)
    servers.postgres.stop()
    with pytest.raises(OperationalError):
        ask(alice.user, gate)
    servers.restart_postgres()
    asked = ask(alice.user, gate)
    wait_until(asked.comes_back, one.output)
    assert asked.effects() == 1
