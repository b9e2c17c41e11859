"""Days: each way to compute one agrees in every zone, with the pinned time zone data only."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import DateTime, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from tests.support.people import Person
from tracker import zones
from tracker.db import Scope
from tracker.services.actions import action_list
from tracker.services.applications.field_edits import edit
from tracker.services.figures import history
from tracker.services.interviews.scheduling import schedule
from tracker.services.local_days import local_day, midnight
from tracker.shapes.figures import Selection

WEEKLY = [datetime(2025, 1, 1, tzinfo=UTC) + n * timedelta(days=7, minutes=97) for n in range(156)]
"""Three years of weeks, at every time of day."""


def days_in_sql(scope: Scope, instants: list[datetime]) -> list[date]:
    """Return the days of instants as PostgreSQL computes them for the figures."""
    instants_column = func.unnest(bindparam("instants", instants, type_=ARRAY(DateTime(timezone=True))))
    each = instants_column.table_valued("at", with_ordinality="n").render_derived("given")
    return list(scope.session.scalars(select(local_day(scope, each.c.at)).order_by(each.c.n)))


def test_every_way_to_compute_a_day_agrees_in_every_zone_each_week_for_three_years(alice: Person) -> None:
    alike: dict[zones.Offsets, list[str]] = defaultdict(list)
    for name in sorted(zones.names()):
        alike[zones.offsets(zones.named(name), 2028)].append(name)
    with alice.scope() as scope:
        for names in alike.values():
            scope.who = replace(scope.who, timezone=names[0])
            counted = days_in_sql(scope, WEEKLY)
            for at, day in zip(WEEKLY, counted, strict=True):
                assert midnight(scope, day) <= at < midnight(scope, day + timedelta(days=1)), names
            for name in names:
                assert counted == [at.astimezone(zones.named(name)).date() for at in WEEKLY], name


@pytest.mark.parametrize("zone", ["", "UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"])  # fmt: skip
def test_the_last_second_of_a_day_and_the_first_of_the_next_differ_in_day(alice: Person, zone: str) -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    with alice.with_settings(timezone=zone).scope() as scope:
        begins = [midnight(scope, day) for day in days]
        assert days_in_sql(scope, begins) == days
        before = [at - timedelta(seconds=1) for at in begins]
        assert days_in_sql(scope, before) == [day - timedelta(days=1) for day in days]


def test_an_action_counts_on_the_day_that_the_pinned_rules_say(alice: Person) -> None:
    there = alice.with_settings(timezone="America/Vancouver")
    with time_machine.travel(
        datetime(2026, 12, 2, 7, 30, tzinfo=UTC), tick=False
    ):  # half past midnight at UTC-7
        row_id = there.add_application()
        there.call(edit, row_id, "notes", "Met the team", "")
        assert there.call(history.actions) == {date(2026, 12, 2): 2}
        assert there.call(history.actions, date(2026, 12, 2), date(2026, 12, 2)) == {date(2026, 12, 2): 2}
        (course,) = there.call(lambda scope: list(history.courses(scope, Selection(since="2026-12-02"))))
        assert course.changes[0].day == date(2026, 12, 2)


def test_an_interview_is_to_be_prepared_on_the_day_that_the_pinned_rules_say(alice: Person) -> None:
    there = alice.with_settings(timezone="America/Vancouver")
    with time_machine.travel(datetime(2026, 11, 28, 20, tzinfo=UTC), tick=False):
        there.call(
            schedule, there.add_application("Soon"), {"kind": "technical", "starts_at": "2026-11-30T23:30"}
        )
        there.call(
            schedule, there.add_application("Later"), {"kind": "technical", "starts_at": "2026-12-01T00:30"}
        )
        actions = [action for group in there.call(action_list.groups, 0) for action in group.first]
    assert [action.company for action in actions if action.kind == "prepare"] == ["Soon"]


def test_a_transaction_reads_instants_in_utc_whatever_zone_the_server_has(alice: Person) -> None:
    with alice.scope() as scope:
        scope.session.execute(text("SET TIME ZONE 'Asia/Tokyo'"))
    assert alice.rows("SHOW timezone") == [{"TimeZone": "UTC"}]
    at = alice.rows("SELECT now() AS at")[0]["at"]
    assert at.utcoffset() == timedelta()
