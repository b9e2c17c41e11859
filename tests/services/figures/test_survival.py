"""Time to first response: the Kaplan-Meier estimate compared with another implementation."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.figures.all_figures import figures
from tracker.services.figures.breakdowns import bands
from tracker.services.figures.durations import median
from tracker.services.figures.rates import rate
from tracker.services.figures.survival import curve
from tracker.shapes.charts import curve as as_drawn
from tracker.shapes.figures import Selection, Waiting

WAITS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=120)


@settings(max_examples=40, derandomize=True)
@given(WAITS)
def test_the_curve_is_the_one_lifelines_draws(waits: list[tuple[int, bool]]) -> None:
    answered = Counter(days for days, was in waits if was)
    censored = Counter(days for days, was in waits if not was)
    fitted = KaplanMeierFitter().fit([days for days, _ in waits], [was for _, was in waits])
    survival, span = fitted.survival_function_, fitted.confidence_interval_
    for point in curve(dict(answered), dict(censored)):
        assert 1 - point.share == pytest.approx(survival.loc[point.day].iloc[0], abs=1e-9)
        if 0 < point.share < 1:
            low, high = span.loc[point.day]
            assert (1 - point.high, 1 - point.low) == pytest.approx((low, high), abs=1e-6)


def test_the_curve_steps_up_on_days_with_answers_inside_its_band() -> None:
    drawn = as_drawn(curve({10: 5, 20: 5}, {}))
    assert drawn.line == "M0.00 100.00H50.00V50.00H100.00V0.00"
    assert drawn.band.startswith("M0.00 100.00H50.00V")
    assert drawn.band.endswith("H50.00V100.00H0.00Z")


def waited(person: Person) -> Waiting:
    return person.call(figures, Selection()).waiting  # type: ignore[no-any-return]


def test_an_open_application_counts_as_waiting_to_this_day(alice: Person) -> None:
    alice.add_application(stage="applied", applied_on="2026-10-24")
    seen = waited(alice)
    assert (seen.n, seen.answered, seen.waiting, seen.points[0].day) == (1, 0, 1, 10)
    assert not seen.has_enough


def test_a_follow_up_is_no_response_and_neither_is_closing_without_one(alice: Person) -> None:
    for outcome in ("no_response", "withdrawn", "expired"):
        row_id = alice.add_application(stage="applied", applied_on="2026-10-24")
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            alice.call(follow_up, row_id)
            alice.call(move, [row_id], "closed", outcome)
    seen = waited(alice)
    assert (seen.answered, seen.waiting, seen.points[0].day) == (0, 3, 11)
    assert alice.call(figures, Selection()).rates[0].rate.of == "0 of 3"


def test_an_undated_response_is_counted_but_not_timed(alice: Person) -> None:
    alice.add_application(stage="interviewing", applied_on="2026-09-01")
    alice.add_application(stage="offer", applied_on="")
    seen = alice.call(figures, Selection())
    assert (seen.waiting.n, seen.waiting.left_out) == (0, 2)
    assert seen.rates[0].rate.of == "2 of 2"


def test_an_undone_response_is_not_counted(alice: Person) -> None:
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        row_id = alice.add_application(stage="applied", applied_on="2026-10-24")
    alice.call(move, [row_id], "screening")
    moving = alice.batch
    assert waited(alice).answered == 1
    alice.undo(moving)
    assert waited(alice).answered == 0


@pytest.mark.parametrize(
    ("lengths", "middle"), [({}, None), ({3: 1}, 3), ({1: 2, 4: 2}, 2.5), ({0: 1, 5: 1, 9: 3}, 9)]
)
def test_the_median_is_the_middle_one(lengths: dict[int, int], middle: float | None) -> None:
    assert median(lengths) == middle


@given(st.dictionaries(st.integers(1, 10_000_000), st.integers(1, 9), max_size=20))
@settings(max_examples=50, derandomize=True)
def test_bands_of_pay_leave_no_gap_and_overlap_nowhere(pays: dict[int, int]) -> None:
    pay_bands = bands(pays)
    assert [low for low, _ in pay_bands[1:]] == [high for _, high in pay_bands[:-1]]
    assert len(pay_bands) in (0, 5)
    assert all(low < high for low, high in pay_bands)


@pytest.mark.parametrize("n", [0, 4])
def test_a_rate_of_fewer_than_five_is_silent(n: int) -> None:
    assert rate(0, n).shown == "not enough yet"
