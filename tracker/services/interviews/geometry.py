"""Where each interview lies on a day drawn as a column of hours: how far down, how long, and beside which."""

from dataclasses import dataclass

from tracker.shapes.interviews import Block, Hour, InterviewLine

FIRST_HOUR, LAST_HOUR = 7, 21
SHORTEST = 30
"""Minutes that even a shorter interview takes up, so that its name can be read."""
DAY = 24 * 60


@dataclass(frozen=True)
class Span:
    """An interview by the minutes of its day, as the person's clock shows them; it is cut at midnight."""

    line: InterviewLine
    begins: int
    minutes: int

    @property
    def ends(self) -> int:
        """The minute it ends at, as it is drawn."""
        return min(DAY, self.begins + max(self.minutes, SHORTEST))


@dataclass(frozen=True)
class Window:
    """The hours that are drawn: a working day, longer where an interview needs it."""

    first: int
    last: int

    def down(self, minute: float) -> float:
        """How far down a minute of the day lies, in percent."""
        return round((minute - self.first * 60) / (self.last - self.first) / 60 * 100, 3)

    @property
    def hours(self) -> int:
        """How many are drawn."""
        return self.last - self.first


def window(spans: list[Span]) -> Window:
    """The hours from 7 to 21, and as many more as these interviews need."""
    first = min([FIRST_HOUR, *(span.begins // 60 for span in spans)])
    last = max([LAST_HOUR, *(-(-span.ends // 60) for span in spans)])
    return Window(first, last)


def hours(shown: Window, labels: list[str]) -> list[Hour]:
    """The hours' names and places, from the second on: the first stands at the edge; `labels` has all 24."""
    return [Hour(labels[hour], shown.down(hour * 60)) for hour in range(shown.first + 1, shown.last)]


def blocks(spans: list[Span], shown: Window) -> list[Block]:
    """Each interview of one day in its place; those that overlap share the width."""
    placed: list[Block] = []
    for group in _groups(sorted(spans, key=lambda span: (span.begins, -span.ends, span.line.id))):
        columns = _columns(group)
        width = round(100 / (max(columns) + 1), 3)
        placed += [
            Block(
                line=span.line,
                top=shown.down(span.begins),
                height=round(shown.down(span.ends) - shown.down(span.begins), 3),
                left=round(column * width, 3),
                width=width,
                is_short=span.ends - span.begins < 50,
            )
            for span, column in zip(group, columns, strict=True)
        ]
    return placed


def _groups(spans: list[Span]) -> list[list[Span]]:
    """Interviews in their order, parted wherever all that came before are over."""
    groups: list[list[Span]] = []
    until = -1
    for span in spans:
        if span.begins >= until:
            groups.append([])
        groups[-1].append(span)
        until = max(until, span.ends)
    return groups


def _columns(group: list[Span]) -> list[int]:
    """The first column that is free when each begins."""
    free_at: list[int] = []
    columns = []
    for span in group:
        column = next((n for n, ends in enumerate(free_at) if ends <= span.begins), len(free_at))
        free_at[column : column + 1] = [span.ends]
        columns.append(column)
    return columns
