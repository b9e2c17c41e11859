"""Chart geometry: pure functions from counts to shapes, in units that the page scales."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from tracker.shapes.figures import ActiveDay, Flow, Node, Point

WIDTH, HEIGHT = 960, 300
NODE_WIDTH, GAP, TOP, MARGIN = 10, 14, 28, 150
"""Sankey: node width, gap between ends, space above for labels, and space at the right for the ends' labels."""
ENDS = ("accepted", "declined", "open", "rejected", "withdrawn", "no_response", "expired")
"""Ends from top to bottom, the best first."""
PLOT = 100
"""Width and height of a plot whose lines the page stretches."""
CELL, STEP = 10, 12
TOUCH_SCALE = 2.5
"""Pixels per unit that make a day of the heat map 25 px square."""
LEVELS = 4


@dataclass(frozen=True)
class Box:
    """A node of the Sankey diagram with its label."""

    name: str
    label: str
    count: int
    x: str
    y: str
    height: str
    text_x: str
    text_y: str
    address: str


@dataclass(frozen=True)
class Ribbon:
    """A link of the Sankey diagram."""

    d: str
    end: str
    title: str
    address: str


@dataclass(frozen=True)
class Sankey:
    """The Sankey diagram of the stages applications reached and how they ended."""

    boxes: list[Box] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)


def sankey(flow: Flow) -> Sankey:
    """Return the Sankey diagram: stages from left to right by count, and ends stacked at the right."""
    total = max([node.count for node in flow.nodes], default=0)
    if not total:
        return Sankey()
    stages = [node for node in flow.nodes if node.name not in ENDS]
    ends = sorted((node for node in flow.nodes if node.name in ENDS), key=lambda node: ENDS.index(node.name))
    unit = (HEIGHT - TOP - GAP * max(len(ends) - 1, 0)) / total
    boxes = _boxes(stages, ends, unit)
    leaving = {box.name: float(box.y) for box in boxes}
    arriving = dict(leaving)
    order = [stage.name for stage in stages]
    ribbons = []
    ahead = sorted(flow.links, key=lambda link: link.end in ENDS)
    for link in sorted(ahead, key=lambda link: _link_order(link.start, link.end, order)):
        start, end, height = box_named(boxes, link.start), box_named(boxes, link.end), link.count * unit
        d = _ribbon(
            float(start.x) + NODE_WIDTH, leaving[link.start], float(end.x), arriving[link.end], height
        )
        leaving[link.start] += height
        arriving[link.end] += height
        ribbons.append(Ribbon(d, link.end, f"{link.label}: {link.count}", link.address))
    return Sankey(boxes, ribbons)


def _boxes(stages: Sequence[Node], ends: Sequence[Node], unit: float) -> list[Box]:
    right = WIDTH - MARGIN - NODE_WIDTH
    boxes, y = [], float(TOP)
    for n, node in enumerate(stages):
        x = round(right * n / 5, 1)
        boxes.append(_box(node, x, TOP, unit, x, TOP - 10))
    for node in ends:
        height = node.count * unit
        boxes.append(_box(node, right, y, unit, right + NODE_WIDTH + 8, y + height / 2 + 4))
        y += height + GAP
    return boxes


def _box(node: Node, x: float, y: float, unit: float, text_x: float, text_y: float) -> Box:
    left, top, height, name_x, name_y = (
        f"{n:.1f}" for n in (x, y, max(node.count * unit, 1), text_x, text_y)
    )
    return Box(node.name, node.label, node.count, left, top, height, name_x, name_y, node.address)


def box_named(boxes: Sequence[Box], name: str) -> Box:
    """Return the box with a name."""
    return next(box for box in boxes if box.name == name)


def _link_order(start: str, end: str, order: list[str]) -> tuple[int, int, int]:
    """Return a sort key for few crossings: applications that got furthest leave and arrive at the top."""
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
    """A tick of an axis, at a percentage of its length."""

    at: float
    label: str


@dataclass(frozen=True)
class Curve:
    """A step curve with its confidence band, on a plot that the page stretches."""

    line: str = ""
    band: str = ""
    ticks: list[Tick] = field(default_factory=list)


def curve(points: Sequence[Point]) -> Curve:
    """Return the curve of the share answered by each day, starting at zero on the day of applying."""
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
    """Return an SVG path of horizontal and vertical lines through points, without the first letter."""
    steps = (f"V{y:.2f}" if x == before else f"H{x:.2f}" for (before, _), (x, y) in pairwise(placed))
    return "{:.2f} {:.2f}".format(*placed[0]) + "".join(steps)


def _ticks(last: int) -> list[Tick]:
    step = next(step for step in (1, 2, 7, 14, 30, 90, 180, 365, 3650, 36500) if last / step <= 6)
    return [
        Tick(round(100 * day / last, 2), str(day)) for day in range(0, last + 1, step) if day <= 0.94 * last
    ]


@dataclass(frozen=True)
class Heat:
    """A heat map with one column per week; each cell is x, y, level 0 to 4, date and title."""

    width: int = 0
    cells: list[list[str]] = field(default_factory=list)
    months: list[Tick] = field(default_factory=list)


def heat(days: Sequence[tuple[ActiveDay, str]], skipped: int = 0) -> Heat:
    """Return the heat map of days with their labels.

    The first day is `skipped` cells below the top of its column.
    """
    highest = max([active_day.count for active_day, _ in days], default=0)
    cells, width = list[list[str]](), STEP * -(-(len(days) + skipped) // 7)
    for n, (active_day, label) in enumerate(days, skipped):
        level = -(-LEVELS * active_day.count // highest) if active_day.count else 0
        title = f"{label}: {active_day.count or 'nothing'} done"
        cells.append(
            [str(STEP * (n // 7)), str(STEP * (n % 7)), str(level), active_day.day.isoformat(), title]
        )
    return Heat(width, cells, _months([active_day.day for active_day, _ in days], skipped, width))


def _months(days: Sequence[date], skipped: int, width: int) -> list[Tick]:
    """Return ticks for months whose name fits, and at least the first day's month."""
    weeks = width // STEP
    firsts = [(n // 7, day) for n, day in enumerate(days, skipped) if day.day == 1 and n // 7 <= weeks - 3]
    return [
        Tick(round(100 * n / weeks, 2), f"{day:%b}") for n, day in firsts or [(0, day) for day in days[:1]]
    ]


def bars(weeks: Sequence[tuple[int, bool, str, str]], highest: int) -> list[list[str]]:
    """Return a bar for each week, given as count, goal met, title and address.

    Each bar is x, y, width, height, CSS class, title and address.
    """
    width = PLOT / max(len(weeks), 1)
    return [
        [
            f"{(n + 0.1) * width:.2f}", f"{PLOT * (1 - count / highest):.1f}", f"{0.8 * width:.2f}",
            f"{PLOT * count / highest:.1f}", "bar met" if is_met else "bar", title, address,
        ]
        for n, (count, is_met, title, address) in enumerate(weeks)
    ]  # fmt: skip
