"""Figures written by hand, for tests of what is made of them."""

from datetime import date, timedelta

from tracker.shapes.dashboard import Rate
from tracker.shapes.figures import ActiveDay, Figures, Flow, PipelineDay, Point, Stay, Waiting

TODAY = date(2026, 11, 3)
NO_FIGURES = Figures(
    n=0, sent=0, flow=Flow(), funnel=[], weeks=[], weeks_addresses=[], rates=[], breakdowns=[], stays=[],
    waiting=Waiting(0, 0, 0, 0, "", has_enough=False), standing=PipelineDay("2026-11-03", "today"),
)  # fmt: skip
HALF = Rate("50 %", 10, "5 of 10", "24–76 %", has_enough=True)
FIFTH = Rate("20 %", 10, "2 of 10", "6–51 %", has_enough=True)
FEW = Rate("hidden", 4, "1 of 4", "hidden", has_enough=False)
POINTS = [Point(2, 10, 4, 1, 0.4, 0.1, 0.75), Point(9, 5, 0, 5, 0.4, 0.1, 0.75)]


def days_from(first: date, *counts: int) -> list[ActiveDay]:
    """Return days in a row, each with its number of actions."""
    return [ActiveDay(first + timedelta(days=n), count) for n, count in enumerate(counts)]


def stay(stage: str, days: float | None, shown: str) -> Stay:
    """Return the time in a stage that six applications left, and that two are in."""
    return Stay(stage, stage.capitalize(), shown, days, 6, 2, f"/{stage}")
