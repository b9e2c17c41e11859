"""Snapshots of past days by the worker: at night, and after the past was changed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.support.people import Person
from tests.support.worker_processes import Servers
from tracker import clock
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.services.applications.field_edits import edit
from tracker.services.figures import snapshots
from tracker.services.jobs import job_upkeep
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who
from worker import jobs as worker_jobs


@pytest.fixture
def travel(servers: Servers) -> Iterator[time_machine.Traveller]:
    """Freeze time; the test moves it."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def carry_out(user: Who, kind: JobKind) -> None:
    with scoped(user) as scope:
        waiting = scope.session.connection().exec_driver_sql(
            "SELECT id FROM job WHERE kind = %s AND state = 'waiting'", (kind.value,)
        )
        ids = [row[0] for row in waiting]
    assert len(ids) == 1
    worker_jobs.carry_out(str(user.user_id), str(ids[0]))


def days(user: Who) -> list[int]:
    """Return the number of sent applications on each day that has a row."""
    with scoped(user) as scope:
        return [row["sent"] for row in snapshots.stored(scope, scope.today - timedelta(days=30), scope.today)]


def test_the_nightly_job_writes_the_snapshots_of_the_ended_day_and_missed_days(
    alice: Person, travel: time_machine.Traveller
) -> None:
    with scoped(alice.user) as scope:
        creation.add(scope, {"company": "Linear", "role": "Engineer"}, "applied")
    travel.shift(timedelta(days=3))
    assert job_upkeep.request_day_jobs() >= 1
    carry_out(alice.user, JobKind.NIGHTLY_SNAPSHOT)
    assert days(alice.user) == [1, 0, 0]


def test_a_changed_past_is_rebuilt(alice: Person, travel: time_machine.Traveller) -> None:
    with scoped(alice.user) as scope:
        row_id = creation.add(scope, {"company": "Linear", "role": "Engineer"}, "applied")
        sent = scope.today
    travel.shift(timedelta(days=3))
    with scoped(alice.user) as scope:
        snapshots.fill(scope)
    with scoped(alice.user) as scope:
        edit(scope, row_id, "applied_on", (sent + timedelta(days=1)).isoformat(), sent.isoformat())
    assert days(alice.user) == []
    carry_out(alice.user, JobKind.REBUILD_SNAPSHOTS)
    assert days(alice.user) == [0, 1, 0]
