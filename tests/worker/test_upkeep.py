"""Upkeep for all users: the sweep, the schedule, nightly deletions, and midnight in each time zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from rq.utils import import_attribute
from sqlalchemy import text

from tests.support.owner import owner_engine
from tests.support.people import Person
from tests.support.worker_processes import Servers
from tracker import clock, queue
from tracker.cache import valkey
from tracker.commands.doctor import _jobs, _worker
from tracker.db import scoped
from tracker.errors import Sorry
from tracker.services import jobs, preferences
from tracker.services.jobs import attempts, job_upkeep
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who
from worker import jobs as worker_jobs
from worker.schedule import Schedule


@pytest.fixture(autouse=True)
def travel(servers: Servers) -> Iterator[time_machine.Traveller]:
    """Freeze time, delete rows of other tests, and empty Redis."""
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("TRUNCATE job")
    valkey().flushdb()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def request_job(user: Who, kind: JobKind = JobKind.REMIND) -> UUID:
    with scoped(user) as scope:
        return jobs.request(scope, kind)


def jobs_of(user: Who) -> list[dict[str, Any]]:
    with scoped(user) as scope:
        return [dict(row) for row in scope.rows(text("SELECT kind, day, state FROM job ORDER BY day, id"))]


def sent() -> int:
    return sum(int(valkey().llen(f"rq:queue:{name}")) for name in queue.QUEUES)


def test_every_job_named_by_a_string_is_there() -> None:
    for name in (queue.CARRY_OUT, queue.REQUEST_END_OF_DAY, *queue.SCHEDULE):
        assert callable(import_attribute(name)), name
    assert {name for name, _ in queue.SCHEDULE.values()} <= set(queue.QUEUES)


def test_a_due_retry_is_enqueued_once_by_several_schedulers(
    alice: Person, travel: time_machine.Traveller
) -> None:
    job_id, schedules = request_job(alice.user), [Schedule() for _ in range(3)]
    with scoped(alice.user) as scope:
        attempt = attempts.claim(scope, job_id)
        assert attempt
        attempts.postpone(scope, attempt, "The service asks for a rest.", 7)
    valkey().delete(*[f"rq:queue:{name}" for name in queue.QUEUES])
    for seconds, due in ((6, 0), (1.1, 1), (1, 1)):
        travel.shift(seconds)
        for schedule in schedules:
            schedule.wake()
        assert sent() == due
    assert job_upkeep.sweep() == 1


def test_every_kind_has_a_queue_and_a_verb() -> None:
    assert set(queue.QUEUE_OF) == set(JobKind)
    assert set(queue.QUEUE_OF.values()) <= set(queue.QUEUES)
    assert set(worker_jobs.JOBS) == set(JobKind)


def test_jobs_are_enqueued_again_after_doubling_delays(alice: Person, travel: time_machine.Traveller) -> None:
    began = clock.now()
    request_job(alice.user)
    valkey().flushdb()
    silences = []
    while len(silences) < 11:
        travel.shift(timedelta(seconds=1))
        if job_upkeep.sweep():
            silences.append((clock.now() - began).total_seconds())
    assert silences[:5] == [2, 4, 8, 16, 32]
    assert silences[-1] - silences[-2] == job_upkeep.MAX_RESEND_INTERVAL.total_seconds()
    assert sent() == len(silences)


def test_finished_and_leased_jobs_are_not_enqueued_again(
    alice: Person, travel: time_machine.Traveller
) -> None:
    job_id = request_job(alice.user)
    with scoped(alice.user) as scope:
        attempt = attempts.claim(scope, job_id)
    assert attempt
    assert job_upkeep.sweep() == 0
    with scoped(alice.user) as scope:
        attempts.finish(scope, attempt)
    travel.shift(timedelta(days=1))
    assert job_upkeep.sweep() == 0


def test_jobs_completed_long_ago_are_deleted(alice: Person, travel: time_machine.Traveller) -> None:
    failed, done = request_job(alice.user), request_job(alice.user, JobKind.SCORE_ALL)
    for job_id, end in ((failed, attempts.fail), (done, attempts.finish)):
        with scoped(alice.user) as scope:
            attempt = attempts.claim(scope, job_id)
            assert attempt
            end(scope, attempt, *(("It broke.",) if end is attempts.fail else ()))
    travel.shift(job_upkeep.RETENTION - timedelta(minutes=1))
    assert job_upkeep.delete_done() == 0
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("UPDATE job SET finished_at = finished_at - interval '40 days'")
    assert job_upkeep.delete_done() == 1
    assert [row["state"] for row in jobs_of(alice.user)] == ["failed"]


def test_many_schedules_put_a_job_on_its_queue_once(travel: time_machine.Traveller) -> None:
    quarter = clock.now().replace(minute=15, second=0, microsecond=0) + timedelta(hours=1)
    travel.move_to(quarter - timedelta(minutes=2))
    schedules = [Schedule() for _ in range(3)]
    counts = []
    for _ in range(3):
        travel.shift(timedelta(minutes=1))
        for schedule in schedules:
            schedule.tick()
        counts.append(sent())
    assert counts == [2, 5, 7], (
        "the sweep and the reminders each minute, nightfall at the quarter between, by one schedule of three"
    )


def living(user: Who, zone: str) -> Who:
    with scoped(user) as scope:
        preferences.save(scope, {"timezone": zone})
    return user


def test_the_day_ends_at_the_users_local_midnight(
    alice: Person, bob: Person, charlie: Person, travel: time_machine.Traveller
) -> None:
    living(alice.user, "Pacific/Kiritimati")
    living(bob.user, "Asia/Kathmandu")
    day = datetime(2027, 3, 1, tzinfo=UTC)
    travel.move_to(day)
    job_upkeep.request_day_jobs()
    requests: list[tuple[str, str]] = []
    for quarter in range(96):
        travel.move_to(day + timedelta(minutes=15 * quarter))
        before = {
            name: len(jobs_of(user))
            for name, user in (("alice", alice.user), ("bob", bob.user), ("charlie", charlie.user))
        }
        job_upkeep.request_day_jobs()
        for name, user in (("alice", alice.user), ("bob", bob.user), ("charlie", charlie.user)):
            if len(jobs_of(user)) > before[name]:
                requests.append((name, f"{clock.now():%H:%M}"))
    assert requests == [("alice", "10:00"), ("bob", "18:15")]
    assert [row["day"] for row in jobs_of(alice.user)] == [date(2027, 2, 28), date(2027, 3, 1)]
    assert [row["day"] for row in jobs_of(charlie.user)] == [date(2027, 2, 28)]


def test_a_nightly_job_is_requested_once_whatever_its_result(
    alice: Person, travel: time_machine.Traveller
) -> None:
    travel.move_to(datetime(2027, 3, 1, 12, tzinfo=UTC))
    job_upkeep.request_day_jobs()
    with scoped(alice.user) as scope:
        again = jobs.request_for_day(scope, JobKind.NIGHTLY_SNAPSHOT, date(2027, 2, 28))
        attempt = attempts.claim(scope, again)
        assert attempt
        assert attempt.arguments == {"day": date(2027, 2, 28)}
        attempts.finish(scope, attempt)
    job_upkeep.request_day_jobs()
    living(alice.user, "Pacific/Pago_Pago")
    job_upkeep.request_day_jobs()
    assert [(row["day"], row["state"]) for row in jobs_of(alice.user)] == [(date(2027, 2, 28), "done")]


def test_no_nightly_job_is_requested_for_days_before_the_user_signed_up(
    alice: Person, travel: time_machine.Traveller
) -> None:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    travel.move_to(midnight - timedelta(seconds=1))
    job_upkeep.request_day_jobs()
    assert jobs_of(alice.user) == []
    travel.move_to(midnight)
    job_upkeep.request_day_jobs()
    assert [row["day"] for row in jobs_of(alice.user)] == [(midnight - timedelta(days=1)).date()]


def test_the_doctor_reports_late_jobs_and_missing_workers(
    alice: Person, travel: time_machine.Traveller
) -> None:
    request_job(alice.user)
    assert _jobs() == "1 waiting, 0 running, 0 failed"
    travel.shift(timedelta(minutes=12))
    with pytest.raises(Sorry, match="the oldest has waited 12 min"):
        _jobs()
    with pytest.raises(Sorry, match="not running"):
        _worker()
    valkey().sadd("rq:workers", f"rq:worker:{uuid4()}")
    with pytest.raises(Sorry, match="not running"):
        _worker()
