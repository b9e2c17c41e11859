"""Daily snapshots: taken at night, filled in if missed, and rebuilt from the log to the same figures."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.clock import NOW
from tests.support.hand_counted_figures import ANSWERS, chosen_of, standing
from tests.support.people import Person, newcomer
from tests.support.simulated_searches import ALL_FACTS, BEGINNINGS, STORIES, ZONES, Story
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.figures import snapshots
from tracker.services.preferences import save

by_chance = settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
YESTERDAY = NOW.date() - timedelta(days=1)


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since requests for new rows enqueue a job."""


def rows(person: Person) -> dict[date, dict[str, Any]]:
    return {
        row.pop("day"): {name: n for name, n in row.items() if n and name not in ("user_id", "taken_at")}
        for row in person.rows("SELECT * FROM snapshot ORDER BY day")
    }


def run_story(zone: str, began: int, acts: Any, facts: Any) -> Story:
    """Run a search in which snapshots are taken now and then."""
    story = Story(newcomer("Alice", timezone=zone), ZoneInfo(zone), BEGINNINGS[began])
    for n in range(0, len(acts), 6):
        story.run(acts[n : n + 6], facts)
        with time_machine.travel(story.now, tick=False):
            if n + 6 < len(acts):
                story.person.call(snapshots.fill)
    return story


def by_hand(story: Story) -> dict[date, dict[str, int]]:
    """Return every day's row, counted by hand."""
    chosen, zone = chosen_of(story), story.zone
    sent = Counter(day for counted in chosen if (day := counted.sent_on))
    answered = Counter(
        min(days)
        for counted in chosen
        if (days := [counted.local(at) for at, place in counted.places if place in BEYOND])
    )
    acts = Counter(
        step.at.astimezone(zone).date()
        for counted in chosen
        for step in counted.past.steps
        if not step.undone
    )
    first = min([*sent, *acts, story.today])
    days = [first + timedelta(days=n) for n in range((story.today - first).days)]
    return {
        day: {
            name: n
            for name, n in {
                **standing(chosen, day), "sent": sent[day], "answered": answered[day], "actions": acts[day]
            }.items()
            if n
        }
        for day in days
    }  # fmt: skip


BEYOND = {"screening", "interviewing", "offer", *ANSWERS}
SEARCHES = (
    st.sampled_from(ZONES),
    st.integers(0, 5),
    STORIES,
    st.lists(ALL_FACTS, min_size=6, max_size=6),
)


@by_chance
@given(*SEARCHES)
def test_nightly_rows_equal_rebuilt_rows_and_a_count_by_hand(zone, began, acts, facts) -> None:  # type: ignore[no-untyped-def]
    story = run_story(zone, began, acts, facts)
    with time_machine.travel(story.now, tick=False):
        nightly = rows(story.person)
        story.person.call(snapshots.fill)
        filled = rows(story.person)
        story.person.call(snapshots.rebuild)
        rebuilt = rows(story.person)
        assert nightly == {day: row for day, row in rebuilt.items() if day in nightly}
        assert filled == rebuilt == by_hand(story)


def test_the_row_of_a_day_taken_alone_is_the_rebuilt_one(alice: Person) -> None:
    searched(alice)
    alice.call(snapshots.rebuild)
    rebuilt = rows(alice)
    assert len(rebuilt) > 10
    for day in rebuilt:
        alice.rows("DELETE FROM snapshot RETURNING 1")
        assert alice.call(snapshots.take, day)
        assert rows(alice) == {day: rebuilt[day]}


def test_taking_a_day_twice_changes_nothing(alice: Person) -> None:
    searched(alice)
    alice.call(snapshots.take, YESTERDAY)
    first = rows(alice)
    alice.call(snapshots.take, YESTERDAY)
    assert rows(alice) == first
    assert list(first) == [YESTERDAY]


def test_a_day_that_is_not_over_has_no_row_yet(alice: Person) -> None:
    searched(alice)
    assert not alice.call(snapshots.take, NOW.date())
    alice.call(snapshots.fill)
    assert max(rows(alice)) == YESTERDAY
    ahead = alice.with_settings(timezone="Pacific/Kiritimati")
    assert ahead.call(snapshots.take, NOW.date())


def test_missed_nights_are_filled_in_and_a_second_time_there_is_nothing_to_do(alice: Person) -> None:
    searched(alice)
    number = alice.call(snapshots.rebuild)
    rebuilt = rows(alice)
    alice.rows("DELETE FROM snapshot WHERE day IN ('2026-10-22', '2026-11-02') RETURNING 1")
    assert alice.call(snapshots.fill) == 2
    assert rows(alice) == rebuilt
    assert len(rebuilt) == number
    assert alice.call(snapshots.fill) == 0


def test_a_user_without_data_has_no_snapshots(charlie: Person) -> None:
    assert charlie.call(snapshots.fill) == charlie.call(snapshots.rebuild) == 0
    assert not charlie.call(snapshots.take, YESTERDAY)


@pytest.mark.parametrize("change", ["date", "add", "move", "delete", "undo", "zone"])
def test_a_change_in_the_past_discards_the_rows_it_affects_and_requests_them(
    alice: Person, change: str
) -> None:
    row_id = searched(alice)
    saved = alice.add_application("Saved", applied_on="2026-10-25")
    alice.call(snapshots.fill)
    before = set(rows(alice))
    since = date(2026, 10, 25)
    if change == "date":
        alice.call(edit, row_id, "applied_on", "2026-10-25", "2026-10-20")
        since = date(2026, 10, 20)
    elif change == "add":
        alice.add_application(stage="applied", applied_on="2026-10-25")
    elif change == "move":
        alice.call(move, [saved], "screening")
    elif change == "delete":
        alice.call(remove, [saved])
    elif change == "undo":
        undone_since(alice, row_id)
        since = YESTERDAY
    else:
        alice.call(save, {"timezone": "Asia/Tokyo"})
        since = date.min
    assert set(rows(alice)) == {day for day in before if day < since}
    assert [row["kind"] for row in alice.rows("SELECT kind FROM job")] == ["rebuild_snapshots"]


def test_a_change_of_today_discards_no_snapshot(alice: Person) -> None:
    row_id = searched(alice)
    alice.call(snapshots.fill)
    before = rows(alice)
    alice.call(move, [row_id], "offer")
    alice.call(edit, row_id, "notes", "Well", "")
    alice.call(follow_up, row_id)
    alice.add_application(stage="applied")
    assert rows(alice) == before
    assert alice.rows("SELECT 1 FROM job") == []


def undone_since(alice: Person, row_id: str) -> None:
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        alice.call(move, [row_id], "offer")
        yesterday = alice.batch
    alice.undo(yesterday)


def searched(person: Person) -> str:
    """Add a fortnight of searching; return an application that was answered."""
    with time_machine.travel(datetime(2026, 10, 18, 9, tzinfo=UTC), tick=False) as clock:
        row_id = person.add_application()
        person.add_application("Brightwater", stage="applied")
        clock.move_to(datetime(2026, 10, 20, 9, tzinfo=UTC))
        person.call(move, [row_id], "applied")
        clock.move_to(datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
        person.call(move, [row_id], "interviewing")
        clock.move_to(datetime(2026, 10, 28, 9, tzinfo=UTC))
        person.call(move, [row_id], "closed", "rejected")
    return row_id
