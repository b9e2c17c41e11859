"""Rows of past days: where they are read, and when they are written."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.support.clock import NOW
from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.applications.stage_moves import move
from tracker.services.figures import snapshots
from tracker.services.figures.activity import activity, shown_days, standing
from tracker.shapes.figures import Selection

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since requests for new rows enqueue a job."""


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def added(person: Person, *days: int, **facts: str) -> list[str]:
    """Add an application on each of these days before today."""
    ids = []
    for ago in days:
        with time_machine.travel(NOW - timedelta(days=ago), tick=False):
            ids.append(person.add_application(stage="applied", **facts))
    return ids


def counts(person: Person, selection: Selection | None = None) -> dict[int, int]:
    """Return the number of actions by days before today."""
    done = person.call(activity, selection or Selection())
    return {(TODAY - day.day).days: day.count for day in done if day.count}


def stood(person: Person, day: date, selection: Selection | None = None) -> dict[str, int]:
    pipeline = person.call(standing, selection or Selection(), day)
    return {status.name: status.count for status in pipeline.stood if status.count}


def test_a_stored_day_is_read_from_its_row_and_today_from_the_log(alice: Person) -> None:
    added(alice, 9, 6, 2, 0)
    alice.call(snapshots.fill)
    alice.rows(
        "UPDATE snapshot SET actions = 70, rejected = 40 WHERE day = :day RETURNING 1", day=days_ago(6)
    )
    assert counts(alice) == {9: 1, 6: 70, 2: 1, 0: 1}
    assert stood(alice, days_ago(6)) == {"applied": 2, "rejected": 40}
    assert stood(alice, days_ago(5)) == {"applied": 2}
    assert stood(alice, TODAY) == {"applied": 4}


def test_days_from_the_first_missing_row_on_are_computed_from_the_log(alice: Person) -> None:
    added(alice, 9, 6, 5, 2)
    alice.call(snapshots.fill)
    alice.rows("UPDATE snapshot SET actions = 70 WHERE actions > 0 RETURNING 1")
    alice.rows("DELETE FROM snapshot WHERE day = :day RETURNING 1", day=days_ago(6))
    assert counts(alice) == {9: 70, 6: 1, 5: 1, 2: 1}
    assert stood(alice, days_ago(6)) == {"applied": 2}


def test_a_narrower_selection_is_always_computed_from_the_log(alice: Person) -> None:
    added(alice, 4)
    added(alice, 4, source="Referral")
    alice.call(snapshots.fill)
    alice.rows("UPDATE snapshot SET actions = 70, rejected = 40 RETURNING 1")
    referral = Selection(source="Referral")
    assert counts(alice, referral) == {4: 1}
    assert stood(alice, days_ago(3), referral) == {"applied": 1}
    assert stood(alice, TODAY, referral) == {"applied": 1}


def test_the_first_and_last_day_of_a_period_count(alice: Person) -> None:
    added(alice, 9, 8, 7, 4, 3, 2)
    alice.call(snapshots.fill)
    period = Selection(since=days_ago(8).isoformat(), until=days_ago(3).isoformat())
    assert counts(alice, period) == {8: 1, 7: 1, 4: 1, 3: 1}
    assert len(alice.call(activity, period)) == 6


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        # 53 weeks begin on Monday 3 November 2025 and end with the week of Tuesday 3 November 2026.
        ("", "", "2025-11-03", "2026-11-03"),
        ("2025-11-02", "", "2025-11-03", "2026-11-03"),
        ("2025-11-04", "", "2025-11-04", "2026-11-03"),
        ("", "2026-11-01", "2025-10-27", "2026-11-01"),
        ("2026-10-01", "2027-01-01", "2026-10-01", "2026-11-03"),
        ("2027-01-01", "", "2027-01-01", "2026-11-03"),
    ],
)
def test_the_last_53_weeks_of_a_period_are_shown_up_to_today(
    alice: Person, since: str, until: str, first: str, last: str
) -> None:
    days = alice.call(shown_days, Selection(since=since, until=until))
    assert [day.isoformat() for day in days] == [first, last]


def test_the_pipeline_of_today_is_the_known_count_only_of_all_applications(alice: Person) -> None:
    added(alice, 1)
    known = {"offer": 9}

    def now(selection: Selection) -> dict[str, int]:
        pipeline = alice.call(standing, selection, TODAY + timedelta(days=1), known)
        return {status.name: status.count for status in pipeline.stood if status.count}

    assert now(Selection()) == {"offer": 9}
    assert now(Selection(role="engineer")) == {"applied": 1}
    assert now(Selection(role="nurse")) == {}
    pipeline = alice.call(standing, Selection(source="Referral", period="30"), TODAY)
    assert (pipeline.day, pipeline.label) == ("2026-11-03", "today")
    assert pipeline.stood[0].address == "/applications?source=Referral&behind=stood%3A2026-11-03%3Asaved"
    assert [status.label for status in pipeline.stood[:2]] == ["Saved", "Applied"]


def test_a_row_from_another_zones_tomorrow_is_no_day_that_is_over(alice: Person) -> None:
    added(alice, 1)
    alice.with_settings(timezone="Pacific/Kiritimati").call(snapshots.fill)
    assert max(row["day"] for row in alice.rows("SELECT day FROM snapshot")) == TODAY
    added(alice, 0)
    alice.rows("UPDATE snapshot SET actions = 70 WHERE day = :day RETURNING 1", day=TODAY)
    stored = alice.call(snapshots.stored_actions, 30)
    assert [row["day"] for row in stored] == [days_ago(1)]


def test_stored_rows_are_those_from_one_day_to_another_in_order(alice: Person) -> None:
    added(alice, 5)
    alice.call(snapshots.fill)
    seen = alice.call(snapshots.stored, days_ago(4), days_ago(2))
    assert [row["day"] for row in seen] == [days_ago(4), days_ago(3), days_ago(2)]


def test_complete_rows_are_left_without_reading_the_log(alice: Person) -> None:
    added(alice, 3)
    assert alice.call(snapshots.fill) == 3
    with statements() as sent:
        assert alice.call(snapshots.fill) == 0
    assert not [query for query in sent if "event" in query]


@pytest.mark.parametrize("missing", [1, 2])
def test_a_missing_row_between_others_or_at_the_end_is_written(alice: Person, missing: int) -> None:
    added(alice, 3)
    alice.call(snapshots.fill)
    alice.rows("DELETE FROM snapshot WHERE day = :day RETURNING 1", day=days_ago(missing))
    assert alice.call(snapshots.fill) == 1
    assert len(alice.rows("SELECT 1 FROM snapshot")) == 3


def test_a_search_that_begins_today_has_no_day_that_is_over(alice: Person) -> None:
    added(alice, 0)
    assert alice.call(snapshots.fill) == alice.call(snapshots.rebuild) == 0
    assert not alice.call(snapshots.take, days_ago(1))
    assert alice.rows("SELECT 1 FROM snapshot") == []


def test_a_rebuild_removes_the_rows_before_the_search_began(alice: Person) -> None:
    added(alice, 2)
    alice.call(snapshots.fill)
    alice.rows(
        "UPDATE snapshot SET day = :day WHERE day = :last RETURNING 1", day=days_ago(9), last=days_ago(1)
    )
    assert alice.call(snapshots.rebuild) == 2
    stored = alice.rows("SELECT day FROM snapshot ORDER BY day")
    assert [row["day"] for row in stored] == [days_ago(2), days_ago(1)]


def test_today_has_no_row_to_discard() -> None:
    without_database: Any = SimpleNamespace(today=TODAY)
    snapshots.invalidate(without_database, TODAY)
    snapshots.invalidate(without_database, None, TODAY + timedelta(days=1))
    snapshots.invalidate(without_database, None)


def test_a_day_taken_again_replaces_its_row(alice: Person) -> None:
    added(alice, 1)
    alice.call(snapshots.take, days_ago(1))
    before = alice.rows("SELECT applied, sent, actions FROM snapshot")
    alice.rows("UPDATE snapshot SET applied = 7, sent = 7, actions = 7 RETURNING 1")
    assert alice.call(snapshots.take, days_ago(1))
    assert alice.rows("SELECT applied, sent, actions FROM snapshot") == before
    assert before[0]["applied"] == 1


def test_a_change_of_today_takes_no_lock_on_the_rows(alice: Person) -> None:
    (row_id,) = added(alice, 3)
    alice.call(snapshots.fill)
    with statements() as sent:
        alice.call(move, [row_id], "screening")
    assert not [query for query in sent if "advisory" in query]


def fill_without_waiting(person: Person) -> int:
    with person.scope() as scope:
        scope.session.execute(text("SET LOCAL lock_timeout = '50ms'"))
        return snapshots.fill(scope)


def test_a_second_writer_waits_for_the_first_one_of_the_same_user(alice: Person, bob: Person) -> None:
    with alice.scope() as first:
        snapshots.fill(first)
        assert fill_without_waiting(bob) == 0
        with pytest.raises(OperationalError, match="lock timeout"):
            fill_without_waiting(alice)
    assert fill_without_waiting(alice) == 0
