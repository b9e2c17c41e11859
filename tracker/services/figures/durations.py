"""The time that applications spend in each stage."""

from tracker.services.figures.rates import ENOUGH
from tracker.services.figures.tallies import OPEN_STAGES, Tallies
from tracker.shapes.figures import Selection, Stay


def stays(selection: Selection, counted: Tallies) -> list[Stay]:
    """Return the median of the completed stays per stage, in days; none below five.

    The median leaves out stays that haven't ended, whose number is in `still`: with many of them the true median is longer.
    """
    durations = []
    for stage in OPEN_STAGES:
        lengths = {days: tally.n for days, tally in counted[f"in_{stage}"].items() if days is not None}
        n, days = sum(lengths.values()), median(lengths)
        current = sum(tally.n for (status, _), tally in counted["stands"].items() if status == stage)
        shown = in_days(days) if days is not None and n >= ENOUGH else "not enough yet"
        address = selection.behind(f"stayed:{stage}")
        durations.append(Stay(stage.value, stage.label, shown, days, n, current, address))
    return durations


def median(lengths: dict[int, int]) -> float | None:
    """Return the median of lengths that are counted by length."""
    n = sum(lengths.values())
    if not n:
        return None
    low, high = (_nth(lengths, place) for place in ((n - 1) // 2, n // 2))
    return (low + high) / 2


def _nth(lengths: dict[int, int], place: int) -> int:
    for days in sorted(lengths):
        place -= lengths[days]
        if place < 0:
            return days
    raise IndexError(place)


def in_days(days: float) -> str:
    """Return a number of days in words."""
    return f"{days:g} day" if days == 1 else f"{days:g} days"
