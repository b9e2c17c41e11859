"""How long applications stay in each stage."""

from tracker.services.figures.rates import ENOUGH
from tracker.services.figures.tallies import OPEN_STAGES, Tallies
from tracker.shapes.figures import Selection, Stay


def stays(selection: Selection, counted: Tallies) -> list[Stay]:
    """The median of the stays that ended, in days, stage by stage; below five it is silent.

    A stay that hasn't ended is longer than it looks, so the median leaves it out and `still` says how many there are: with
    many of them the true median is longer.
    """
    found = []
    for stage in OPEN_STAGES:
        lengths = {days: tally.n for days, tally in counted[f"in_{stage}"].items() if days is not None}
        n, days = sum(lengths.values()), median(lengths)
        still = sum(tally.n for (stands, _), tally in counted["stands"].items() if stands == stage)
        shown = in_days(days) if days is not None and n >= ENOUGH else "not enough yet"
        address = selection.behind(f"stayed:{stage}")
        found.append(Stay(stage.value, stage.label, shown, days, n, still, address))
    return found


def median(lengths: dict[int, int]) -> float | None:
    """The middle of lengths that are counted by length, or half-way between the middle two."""
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
    """A number of days as people say it."""
    return f"{days:g} day" if days == 1 else f"{days:g} days"
