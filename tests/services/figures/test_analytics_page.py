"""The charts and tables of the analytics page, from figures written by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.written_figures import NO_FIGURES, TODAY, days_from
from tracker.services.figures import analytics_page
from tracker.services.figures.analytics_page import analytics, application_figures
from tracker.shapes.analytics import Analytics
from tracker.shapes.charts import Tick
from tracker.shapes.dashboard import Week
from tracker.shapes.figures import ActiveDay, Point, Selection


def scope(weekly_goal: int = 0, week_start: int = 1) -> Any:
    user = SimpleNamespace(locale="en-GB", week_start=week_start, weekly_goal=weekly_goal)
    return SimpleNamespace(today=TODAY, who=user)


def page(selection: Selection | None = None, weekly_goal: int = 0, **figures: Any) -> Analytics:
    with patch.object(analytics_page, "counted", return_value=replace(NO_FIGURES, **(weeks(0) | figures))):
        now: Any = None
        return application_figures(scope(weekly_goal), selection or Selection(), now)


def weeks(*counts: int) -> dict[str, Any]:
    shown = [
        Week(f"w{n}", f"Week {n}", count, 0, is_this_week=False, reached_goal=n == 0)
        for n, count in enumerate(counts)
    ]
    return {"weeks": shown, "weeks_addresses": [f"/{n}" for n in range(len(counts))]}


@pytest.mark.parametrize(
    ("number", "ticks"),
    [
        (1, {"w0": 0.0}),
        (2, {"w0": 0.0, "w1": 50.0}),
        (6, {"w0": 0.0, "w1": 16.67, "w2": 33.33, "w3": 50.0, "w4": 66.67, "w5": 83.33}),
        (7, {"w0": 0.0, "w2": 28.57, "w4": 57.14, "w6": 85.71}),
        (13, {"w0": 0.0, "w3": 23.08, "w6": 46.15, "w9": 69.23, "w12": 92.31}),
    ],
)
def test_at_most_six_weeks_are_labelled(number: int, ticks: dict[str, float]) -> None:
    assert {tick.label: tick.at for tick in page(**weeks(*[1] * number)).bar_ticks} == ticks


def test_the_table_of_weeks_starts_with_the_latest_and_has_forty() -> None:
    rows = page(**weeks(*range(45))).weeks.rows
    assert [row.label for row in rows] == [f"Week {n}" for n in range(44, 4, -1)]


def test_bars_are_as_high_as_their_share_of_the_busiest_week_or_of_the_goal() -> None:
    assert [bar[3:] for bar in page(**weeks(1, 2)).bars] == [
        ["50.0", "bar met", "Week 0: 1", "/0"], ["100.0", "bar", "Week 1: 2", "/1"]
    ]  # fmt: skip
    assert [bar[3] for bar in page(weekly_goal=4, **weeks(1, 2)).bars] == ["25.0", "50.0"]
    assert [bar[3] for bar in page(**weeks(1)).bars] == ["100.0"]
    assert [bar[3] for bar in page(**weeks(0)).bars] == ["0.0"]


def test_the_line_of_the_goal_lies_at_its_height_from_the_top() -> None:
    assert page(weekly_goal=5, **weeks(12)).goal == [Tick(58.33, "Goal: 5")]
    assert page(weekly_goal=5, **weeks(1)).goal == [Tick(0.0, "Goal: 5")]
    assert page(**weeks(12)).goal == []


def points(number: int) -> list[Point]:
    return [Point(day, 100, 1, 0, day / 100, 0, 1) for day in range(number)]


@pytest.mark.parametrize(
    ("number", "days"),
    [
        (0, []),
        (39, list(range(39))),
        (40, list(range(40))),
        (41, list(range(0, 41, 2))),
        (42, [*range(0, 41, 2), 41]),
        (79, list(range(0, 79, 2))),
        (80, [*range(0, 79, 3), 79]),
    ],
)
def test_a_long_response_table_has_evenly_chosen_days_with_the_last_one_once(
    number: int, days: list[int]
) -> None:
    shown = page(waiting=replace(NO_FIGURES.waiting, points=points(number)))
    assert [int(row.label) for row in shown.waiting.rows] == days


def test_the_curve_is_drawn_from_all_days() -> None:
    shown = page(waiting=replace(NO_FIGURES.waiting, points=points(100), has_enough=True))
    assert shown.has_waiting
    assert shown.curve.line.count("V") == 99


@pytest.mark.parametrize(
    ("n", "selection", "is_empty", "is_none_selected"),
    [
        (0, Selection(), True, False),
        (0, Selection(source="Referral"), False, True),
        (1, Selection(), False, False),
        (1, Selection(source="Referral"), False, False),
    ],
)
def test_no_application_at_all_differs_from_none_selected(
    n: int, selection: Selection, is_empty: bool, is_none_selected: bool
) -> None:
    shown = page(selection, n=n)
    assert (shown.is_empty, shown.is_none_selected) == (is_empty, is_none_selected)


def test_the_page_counts_applications_in_thousands() -> None:
    shown = page(Selection(period="30", tag="remote"), n=1_234, sent=1_000)
    assert shown.counted == "1,234 applications, 1,000 of them sent"
    assert shown.behind_a_day == "/applications?tag=remote&behind=did%3A"


def page_of_days(days: list[ActiveDay], week_start: int = 1, selection: Selection | None = None) -> Analytics:
    """Return the page whose figures of applications are empty."""
    with patch.multiple(
        analytics_page,
        activity=lambda *_: days,
        standing=lambda *_: NO_FIGURES.standing,
        fingerprint=lambda _: SimpleNamespace(stands={}),
        cached_figures=lambda *_: page(),
    ):
        return analytics(scope(week_start=week_start), selection or Selection())


@pytest.mark.parametrize(
    ("first", "week_start", "y"),
    [("2026-11-01", 1, "72"), ("2026-11-01", 7, "0"), ("2026-11-02", 1, "0"), ("2026-11-02", 7, "12")],
)
def test_a_column_of_the_heat_map_starts_with_the_users_first_weekday(
    first: str, week_start: int, y: str
) -> None:
    heat = page_of_days(days_from(date.fromisoformat(first), 1, 0), week_start).heat
    assert heat.cells[0][:4] == ["0", y, "4", first]
    assert heat.cells[0][4].endswith(" Nov 2026: 1 done")


def test_no_days_make_no_heat_map() -> None:
    shown = page_of_days([])
    assert (shown.heat.width, shown.activity.rows) == (0, [])


def test_things_done_are_listed_by_week_the_latest_first() -> None:
    days = days_from(date(2026, 10, 24), 1, 2, *[0] * 7, 3, 4)
    listed = page_of_days(days, selection=Selection(period="30", source="Referral")).activity
    assert listed.heads == ["Week", "Changes"]
    assert [(row.label, row.cells, row.address) for row in listed.rows] == [
        ("Mon 2 Nov 2026", ["7"], "/applications?source=Referral&behind=did%3A2026-11-02%3Aweek"),
        ("Mon 19 Oct 2026", ["3"], "/applications?source=Referral&behind=did%3A2026-10-19%3Aweek"),
    ]
    sunday = page_of_days(days_from(date(2026, 11, 1), 5), week_start=7).activity
    assert [row.label for row in sunday.rows] == ["Sun 1 Nov 2026"]
