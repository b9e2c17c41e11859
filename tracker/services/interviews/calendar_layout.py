"""Layout of a day as a column of hours: each interview's position, height and share of the width."""

from dataclasses import dataclass

from tracker.shapes.interviews import Block, Hour, InterviewItem

FIRST_HOUR, LAST_HOUR = 7, 21
MIN_MINUTES = 30
"""Height of the shortest block in minutes, so that its title stays readable."""
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Span:
    """An interview's minutes within one local day, cut at midnight."""

    line: InterviewItem
    start: int
    minutes: int

    @property
    def end(self) -> int:
        """The minute at which the drawn block ends."""
        return min(DAY_MINUTES, self.start + max(self.minutes, MIN_MINUTES))


@dataclass(frozen=True)
class Window:
    """The hours that are drawn: a working day, or longer if an interview needs it."""

    first: int
    last: int

    def down(self, minute: float) -> float:
        """Return the position of a minute of the day, in percent from the top."""
        return round((minute - self.first * 60) / (self.last - self.first) / 60 * 100, 3)

    @property
    def hours(self) -> int:
        """The number of hours drawn."""
        return self.last - self.first


def window(spans: list[Span]) -> Window:
    """Return the hours from 7 to 21, extended to fit the interviews."""
    first = min([FIRST_HOUR, *(span.start // 60 for span in spans)])
    last = max([LAST_HOUR, *(-(-span.end // 60) for span in spans)])
    return Window(first, last)


def hours(window: Window, labels: list[str]) -> list[Hour]:
    """Return the labels of the hours after the first, with their positions; `labels` has all 24."""
    return [Hour(labels[hour], window.down(hour * 60)) for hour in range(window.first + 1, window.last)]


def blocks(spans: list[Span], window: Window) -> list[Block]:
    """Return the block of each interview of one day; overlapping ones share the width."""
    result: list[Block] = []
    for group in _groups(sorted(spans, key=lambda span: (span.start, -span.end, span.line.id))):
        columns = _columns(group)
        width = round(100 / (max(columns) + 1), 3)
        result += [
            Block(
                line=span.line,
                top=window.down(span.start),
                height=round(window.down(span.end) - window.down(span.start), 3),
                left=round(column * width, 3),
                width=width,
                is_short=span.end - span.start < 50,
            )
            for span, column in zip(group, columns, strict=True)
        ]
    return result


def _groups(spans: list[Span]) -> list[list[Span]]:
    """Split sorted interviews wherever no earlier one is still going on."""
    groups: list[list[Span]] = []
    until = -1
    for span in spans:
        if span.start >= until:
            groups.append([])
        groups[-1].append(span)
        until = max(until, span.end)
    return groups


def _columns(group: list[Span]) -> list[int]:
    """Return for each interview the first column that is free when it begins."""
    free_at: list[int] = []
    columns = []
    for span in group:
        column = next((n for n, ends in enumerate(free_at) if ends <= span.start), len(free_at))
        free_at[column : column + 1] = [span.end]
        columns.append(column)
    return columns
