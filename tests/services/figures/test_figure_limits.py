"""Figures at their boundaries, worked out by hand."""

import itertools
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.people import Person
from tracker.services.figures.breakdowns import bands
from tracker.services.figures.durations import in_days, stays
from tracker.services.figures.exports import export_table
from tracker.services.figures.rates import rate
from tracker.services.figures.survival import curve, waiting
from tracker.services.figures.tallies import OPEN_STAGES, Tally
from tracker.services.figures.weekly import bar
from tracker.shapes.analytics import Table
from tracker.shapes.figures import NamedRate, Selection

INFINITY = float("inf")


@pytest.mark.parametrize(
    ("pays", "edges"),
    [
        # The band's step is near 30 % of the median: 18,000, 27,000, 12,000 and so on.
        ({40_000: 1, 60_000: 1, 80_000: 1}, [40_000, 60_000, 80_000, 100_000]),
        ({40_000: 2, 90_000: 3}, [60_000, 80_000, 100_000, 120_000]),
        ({40_000: 2, 90_000: 2}, [30_000, 40_000, 50_000, 60_000]),
        ({20: 1}, [15, 20, 25, 30]),
        ({250: 1}, [200, 250, 300, 350]),
        ({4: 1}, [3, 4, 5, 6]),
        ({1: 1}, [1, 2, 3, 4]),
        ({0: 1}, [1, 2, 3, 4]),
        ({300: 1}, [200, 300, 400, 500]),
    ],
)
def test_pay_bands_have_round_edges_around_the_median(pays: dict[int, int], edges: list[int]) -> None:
    limits = [0, *edges, INFINITY]
    assert bands(pays) == list(itertools.pairwise(limits))


@pytest.mark.parametrize(
    ("part", "whole", "shown", "span"),
    [
        (4, 4, "not enough yet", ""),
        (0, 5, "0 %", "0–43 %"),
        (2, 5, "40 %", "12–77 %"),
        (5, 5, "100 %", "57–100 %"),
        (5, 10, "50 %", "24–76 %"),
    ],
)
def test_five_applications_are_enough_for_a_rate(part: int, whole: int, shown: str, span: str) -> None:
    shown_rate = rate(part, whole)
    assert (shown_rate.shown, shown_rate.span, shown_rate.of) == (shown, span, f"{part} of {whole}")
    assert shown_rate.has_enough == (whole >= 5)
    assert shown_rate.n == whole


@pytest.mark.parametrize(("part", "whole", "cells"), [(4, 4, ["", "", ""]), (2, 5, ["40.0", "11.8", "76.9"])])
def test_five_applications_are_enough_for_an_exported_rate(part: int, whole: int, cells: list[str]) -> None:
    named = NamedRate("response", "Response rate", rate(part, whole), "")
    of: Any = SimpleNamespace(rates=[named], breakdowns=[])
    _, rows = export_table("rates", of, Table("rates", "", "", "", [], []))
    assert rows == [["Response rate", str(part), str(whole), *cells]]


def sent(number: int) -> Tally:
    return Tally(n=number, sent=number)


@pytest.mark.parametrize(
    ("answered", "unanswered", "median"),
    [(3, 2, "10 days"), (3, 3, "10 days"), (3, 4, ""), (3, 1, ""), (5, 0, "10 days")],
)
def test_half_must_be_answered_of_five_or_more(answered: int, unanswered: int, median: str) -> None:
    waits = waiting({"waited": {(10, True): sent(answered), (20, False): sent(unanswered)}})
    assert waits.median == median
    assert waits.has_enough == (answered + unanswered >= 5)
    assert (waits.n, waits.answered, waits.waiting) == (answered + unanswered, answered, unanswered)


def test_waits_leave_out_what_was_never_sent_and_count_what_has_no_date() -> None:
    waits = waiting(
        {
            "waited": {
                (9, True): Tally(n=7),
                (10, True): sent(1),
                (None, True): sent(2),
                (None, False): sent(3),
            }
        }
    )
    assert (waits.n, waits.answered, waits.left_out) == (1, 1, 5)
    assert [point.day for point in waits.points] == [10]


def test_nobody_waits_on_once_all_were_answered() -> None:
    (half, whole) = curve({10: 5, 20: 5}, {})
    assert (half.share, whole.at_risk, whole.share, whole.low, whole.high) == (0.5, 5, 1, 1, 1)
    assert 0 < half.low < 0.5 < half.high < 1
    assert [(point.share, point.low, point.high) for point in curve({}, {5: 3, 9: 1})] == [(0, 0, 0)] * 2


@pytest.mark.parametrize(("number", "shown"), [(4, "not enough yet"), (5, "3 days")])
def test_five_stays_are_enough_for_a_median(number: int, shown: str) -> None:
    lengths = {stage: {3: sent(number), None: sent(9)} for stage in OPEN_STAGES}
    counted = {f"in_{stage}": days for stage, days in lengths.items()} | {
        "stands": {("saved", 0): sent(2), ("applied", 1): sent(1), ("rejected", 0): sent(4)}
    }
    shown_stays = stays(Selection(), counted)  # type: ignore[arg-type]
    assert [stay.median for stay in shown_stays] == [shown] * 5
    assert [(stay.n, stay.still) for stay in shown_stays[:3]] == [(number, 2), (number, 1), (number, 0)]


@pytest.mark.parametrize(("days", "words"), [(0, "0 days"), (1, "1 day"), (1.5, "1.5 days"), (2, "2 days")])
def test_only_one_day_is_singular(days: float, words: str) -> None:
    assert in_days(days) == words


@pytest.mark.parametrize(
    ("goal", "count", "is_reached"), [(5, 4, False), (5, 5, True), (5, 6, True), (0, 6, False)]
)
def test_a_goal_is_reached_by_its_number_and_never_without_a_goal(
    alice: Person, goal: int, count: int, is_reached: bool
) -> None:
    with alice.with_settings(weekly_goal=goal).scope() as scope:
        week = bar(scope, scope.today, count, 8)
    assert week.reached_goal == is_reached
    assert week.height == {4: 50, 5: 62, 6: 75}[count]


def test_a_week_is_this_week_from_its_first_to_its_seventh_day(alice: Person) -> None:
    with alice.scope() as scope:
        starts = [scope.today + timedelta(days=days) for days in (-7, -6, 0, 1)]
        assert [bar(scope, day, 1, 1).is_this_week for day in starts] == [False, True, True, False]
