"""Counts that are kept: nothing is read again without a change, and after one only its part."""

from datetime import date
from unittest.mock import patch

import pytest

from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.applications.stage_moves import move
from tracker.services.figures import incremental_counts
from tracker.services.figures.all_figures import figures, requested_day
from tracker.services.figures.analytics_page import page_with_filters
from tracker.services.figures.incremental_counts import fingerprint, tallied
from tracker.services.figures.tallies import Tallies, Tally, facts_by_part
from tracker.shapes.figures import Selection


def test_an_unchanged_selection_is_counted_once(alice: Person) -> None:
    alice.add_application(stage="applied")
    with alice.scope() as scope:
        now = fingerprint(scope)
        counts = tallied(scope, Selection(), now)
        with statements() as sent:
            assert tallied(scope, Selection(), now) is counts
        assert sent == []
        assert tallied(scope, Selection(source="Referral"), now)["stands"] == {}


def parts_read(person: Person) -> tuple[Tallies, list[int]]:
    """Return all counts, and in how many parts applications were read for each reading."""
    with (
        person.scope() as scope,
        patch.object(incremental_counts, "facts_by_part", wraps=facts_by_part) as reading,
    ):
        counts = tallied(scope, Selection(), fingerprint(scope))
    return counts, [len(call.args[3]) for call in reading.call_args_list]


def test_a_change_is_counted_from_the_part_of_its_application_alone(alice: Person, bob: Person) -> None:
    ids = [alice.add_application(stage="applied") for _ in range(3)]
    counts, parts = parts_read(alice)
    assert (counts["stands"], parts) == ({("applied", 1): Tally(3, 3)}, [64])
    alice.call(move, ids[:1], "screening")
    bob.add_application(stage="applied")
    counts, parts = parts_read(alice)
    assert counts["stands"] == {("applied", 1): Tally(2, 2), ("screening", 2): Tally(1, 1, 1)}
    assert parts == [1]
    assert parts_read(alice) == (counts, [])


def test_statuses_are_counted_with_the_fingerprint(alice: Person, bob: Person) -> None:
    with alice.scope() as scope:
        assert dict(fingerprint(scope).stands) == {}
    closed = alice.add_application(stage="applied")
    alice.add_application()
    bob.add_application(stage="offer")
    alice.call(move, [closed], "closed", "rejected")
    with alice.scope() as scope:
        assert dict(fingerprint(scope).stands) == {"saved": 1, "rejected": 1}


def test_the_page_comes_with_the_sources_and_tags_to_filter_by(alice: Person, bob: Person) -> None:
    alice.add_application(source="Fair", tags="go")
    bob.add_application(source="Board")
    page, filters = alice.call(page_with_filters, Selection(source="Fair"))
    assert (page.counted, filters) == ("1 application, 0 of them sent", (["Fair"], ["go"]))


@pytest.mark.parametrize(("goal", "height"), [(0, 100), (1, 100), (4, 25)])
def test_a_week_is_as_high_as_its_share_of_the_busiest_week_or_of_the_goal(
    alice: Person, goal: int, height: int
) -> None:
    alice.add_application(stage="applied")
    weeks = alice.with_settings(weekly_goal=goal).call(figures, Selection()).weeks
    assert (weeks[-1].count, weeks[-1].height, weeks[-2].height) == (1, height, 0)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2026-11-03", "2026-11-03"),
        ("2026-11-04", "2026-11-03"),
        ("", "2026-11-03"),
    ],
)
def test_the_requested_day_is_today_at_the_latest(alice: Person, raw: str, day: str) -> None:
    with alice.scope() as scope:
        assert requested_day(scope, raw) == date.fromisoformat(day)
