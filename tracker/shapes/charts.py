"""The geometry of the charts: pure functions from counts to shapes on a canvas, in units that the page scales."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from tracker.shapes.figures import ActiveDay, Flow, Node, Point

WIDE, HIGH = 960, 300
NODE, GAP, TOP, MARGIN = 10, 14, 28, 150
"""The Sankey: width of a node, gap between the ends, room above for names, room at the right for the names of the ends."""
ENDS = ("accepted", "declined", "open", "rejected", "withdrawn", "no_response", "expired")
"""Ends from top to bottom, the good ones first."""
PLOT = 100
"""Width and height of a plot whose lines the page stretches."""
CELL, STEP = 10, 12
A_FINGER = 2.5
"""So many pixels for each unit make a day of the heat map 25 high and wide."""
LEVELS = 4


@dataclass(frozen=True)
class Box:
    """A node of the Sankey with its name."""

    name: str
    label: str
    count: int
    x: str
    y: str
    height: str
    text_x: str
    text_y: str
    is_end: bool
    address: str


@dataclass(frozen=True)
class Ribbon:
    """A link of the Sankey."""

    d: str
    end: str
    title: str
    address: str


@dataclass(frozen=True)
class Sankey:
    """Where applications got to and how they ended, drawn."""

    boxes: list[Box] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)


def sankey(flow: Flow) -> Sankey:
    """Stages from left to right, each as high as it has applications; ends stand one above another at the right."""
    total = max([node.count for node in flow.nodes], default=0)
    if not total:
        return Sankey()
    stages = [node for node in flow.nodes if node.name not in ENDS]
    ends = sorted((node for node in flow.nodes if node.name in ENDS), key=lambda node: ENDS.index(node.name))
    unit = (HIGH - TOP - GAP * max(len(ends) - 1, 0)) / total
    boxes = _boxes(stages, ends, unit)
    leaving = {box.name: float(box.y) for box in boxes}
    arriving = dict(leaving)
    order = [stage.name for stage in stages]
    ribbons = []
    ahead = sorted(flow.links, key=lambda link: link.end in ENDS)
    for link in sorted(ahead, key=lambda link: _place(link.start, link.end, order)):
        start, end, height = boxes_of(boxes, link.start), boxes_of(boxes, link.end), link.count * unit
        d = _ribbon(float(start.x) + NODE, leaving[link.start], float(end.x), arriving[link.end], height)
        leaving[link.start] += height
        arriving[link.end] += height
        ribbons.append(Ribbon(d, link.end, f"{link.label}: {link.count}", link.address))
    return Sankey(boxes, ribbons)


def _boxes(stages: Sequence[Node], ends: Sequence[Node], unit: float) -> list[Box]:
    far = WIDE - MARGIN - NODE
    boxes, below = [], float(TOP)
    for n, node in enumerate(stages):
        x = round(far * n / 5, 1)
        boxes.append(_box(node, x, TOP, unit, x, TOP - 10, is_end=False))
    for node in ends:
        height = node.count * unit
        boxes.append(_box(node, far, below, unit, far + NODE + 8, below + height / 2 + 4, is_end=True))
        below += height + GAP
    return boxes


def _box(node: Node, x: float, y: float, unit: float, text_x: float, text_y: float, *, is_end: bool) -> Box:
    left, top, height, name_x, name_y = (
        f"{n:.1f}" for n in (x, y, max(node.count * unit, 1), text_x, text_y)
    )
    return Box(node.name, node.label, node.count, left, top, height, name_x, name_y, is_end, node.address)


def boxes_of(boxes: Sequence[Box], name: str) -> Box:
    """The box of a name."""
    return next(box for box in boxes if box.name == name)


def _place(start: str, end: str, order: list[str]) -> tuple[int, int, int]:
    """Who got furthest leaves and arrives at the top, so that as few ribbons cross as can be."""
    is_end = end in ENDS
    return (is_end, -order.index(start) if is_end else order.index(start), ENDS.index(end) if is_end else 0)


def _ribbon(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    height, bend = max(height, 0.6), (x1 - x0) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + height:.1f}C{x1 - bend:.1f} {y1 + height:.1f} {x0 + bend:.1f} {y0 + height:.1f} {x0:.1f} {y0 + height:.1f}Z"
    )


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, at so many percent of its length."""

    at: float
    label: str


@dataclass(frozen=True)
class Curve:
    """A step line with its interval, on a plot that the page stretches."""

    line: str = ""
    band: str = ""
    ticks: list[Tick] = field(default_factory=list)


def curve(points: Sequence[Point]) -> Curve:
    """The share answered by each day, from none on the day of sending."""
    if not points:
        return Curve()
    last = max(points[-1].day, 1)
    points = list({2 * PLOT * point.day // last: point for point in points}.values())

    def steps(shares: Sequence[float]) -> list[tuple[float, float]]:
        placed, before = [(0.0, float(PLOT))], float(PLOT)
        for point, share in zip(points, shares, strict=True):
            x, y = PLOT * point.day / last, PLOT * (1 - share)
            if y != before:
                placed += [(x, before), (x, y)]
            before = y
        return placed if placed[-1][0] == PLOT else [*placed, (float(PLOT), before)]

    low, high = (steps([getattr(point, side) for point in points]) for side in ("low", "high"))
    return Curve(
        line="M" + _path(steps([point.share for point in points])),
        band="M" + _path(high) + "L" + _path(low[::-1]) + "Z",
        ticks=_ticks(last),
    )


def _path(placed: Sequence[tuple[float, float]]) -> str:
    """A line that goes across or up and down from each place to the next, as a path without its first letter."""
    steps = (f"V{y:.2f}" if x == before else f"H{x:.2f}" for (before, _), (x, y) in pairwise(placed))
    return "{:.2f} {:.2f}".format(*placed[0]) + "".join(steps)


def _ticks(last: int) -> list[Tick]:
    step = next(step for step in (1, 2, 7, 14, 30, 90, 180, 365, 3650, 36500) if last / step <= 6)
    return [
        Tick(round(100 * day / last, 2), str(day)) for day in range(0, last + 1, step) if day <= 0.94 * last
    ]


@dataclass(frozen=True)
class Heat:
    """Days, a column a week; each is its x, its y, its level of 0 to 4, its date, and what to say of it."""

    width: int = 0
    cells: list[list[str]] = field(default_factory=list)
    months: list[Tick] = field(default_factory=list)


def heat(days: Sequence[tuple[ActiveDay, str]], skipped: int = 0) -> Heat:
    """Days in columns of weeks, the first so many days below the top of its column; each with its date in words."""
    most = max([one.count for one, _ in days], default=0)
    cells, width = list[list[str]](), STEP * -(-(len(days) + skipped) // 7)
    for n, (one, words) in enumerate(days, skipped):
        level = -(-LEVELS * one.count // most) if one.count else 0
        title = f"{words}: {one.count or 'nothing'} done"
        cells.append([str(STEP * (n // 7)), str(STEP * (n % 7)), str(level), one.day.isoformat(), title])
    return Heat(width, cells, _months([one.day for one, _ in days], skipped, width))


def _months(days: Sequence[date], skipped: int, width: int) -> list[Tick]:
    """The months that begin where there is room for their names; at least the one of the first day."""
    weeks = width // STEP
    firsts = [(n // 7, day) for n, day in enumerate(days, skipped) if day.day == 1 and n // 7 <= weeks - 3]
    return [
        Tick(round(100 * n / weeks, 2), f"{day:%b}") for n, day in firsts or [(0, day) for day in days[:1]]
    ]


def bars(weeks: Sequence[tuple[int, bool, str, str]], most: int) -> list[list[str]]:
    """Weeks as bars, of so many, whether the goal was met, what to say of it and where it leads; each is its x, its y,
    its width and height, its class, what to say of it, and where it leads."""
    width = PLOT / max(len(weeks), 1)
    return [
        [
            f"{(n + 0.1) * width:.2f}", f"{PLOT * (1 - count / most):.1f}", f"{0.8 * width:.2f}",
            f"{PLOT * count / most:.1f}", "bar met" if met else "bar", words, address,
        ]
        for n, (count, met, words, address) in enumerate(weeks)
    ]  # fmt: skip
