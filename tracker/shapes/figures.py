"""The figures of the analytics page, and the selection they are computed over."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from tracker.shapes.dashboard import Rate, Week
from tracker.storable_text import query_values

PERIODS = {"30": "30 days", "90": "90 days", "365": "A year", "": "All time", "own": "Own dates"}
"""Periods to choose from, as days up to and including today."""


@dataclass(frozen=True)
class Selection:
    """The applications that figures are computed over; the defaults select all.

    The period limits the day an application was sent, or added if it wasn't sent.
    """

    period: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    tag: str = ""
    role: str = ""

    @classmethod
    def of_query(cls, query: dict[str, str]) -> "Selection":
        """Return the selection of a page's query parameters; unknown values fall back to the defaults."""
        values = query_values(query, cls.__dataclass_fields__)
        since, until = (day_or_none(values[name]) for name in ("since", "until"))
        values |= {"since": since, "until": until}
        values["period"] = (
            "own" if since or until else values["period"] if values["period"] in PERIODS else ""
        )
        return cls(**values)

    @property
    def narrows(self) -> bool:
        """True if anything but the period limits the selection."""
        return bool(self.source or self.tag or self.role)

    @property
    def without_period(self) -> "Selection":
        """The same source, tag and role, without a period."""
        return Selection(source=self.source, tag=self.tag, role=self.role)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and last day; either may be None."""
        if self.period.isdigit():
            return today - timedelta(days=int(self.period) - 1), today
        return (
            date.fromisoformat(self.since) if self.since else None,
            date.fromisoformat(self.until) if self.until else None,
        )

    def with_dates(self, today: date) -> "Selection":
        """Return the selection with its period as dates, so that its address has the same meaning tomorrow."""
        since, until = self.days(today)
        dates = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
        return replace(self, period="own" if since or until else "", **dates)

    def as_query(self) -> dict[str, str]:
        """Return the query parameters that differ from the defaults."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if getattr(self, name)}
        return {name: value for name, value in values.items() if (name, value) != ("period", "own")}

    def address(self, figure: str = "", **more: str) -> str:
        """Return the address of the page over this selection, or of a figure as CSV."""
        parameters = {**self.as_query(), **more}
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"/analytics/{figure}.csv{query}" if figure else f"/analytics{query}"

    def behind(self, members: str, **more: str) -> str:
        """Return the address of the list of applications behind a figure; `members` selects them."""
        return f"{_behind(self, **more)}{_quoted(members)}"


_quoted = lru_cache(4096)(quote_plus)


@lru_cache(64)
def _behind(selection: Selection, **more: str) -> str:
    """Return the start of a selection's list addresses, cached since a page has a thousand of them."""
    parameters = {name: value for name, value in selection.as_query().items() if name != "period"} | more
    return f"/applications?{urlencode({**parameters, 'behind': ''})}"


def day_or_none(raw: str) -> str:
    """Return an ISO date unchanged, or an empty string for any other text."""
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return ""
    return day.isoformat() if 1990 <= day.year <= 2100 else ""


@dataclass(frozen=True)
class Link:
    """The number of applications between two nodes of the Sankey diagram."""

    start: str
    end: str
    count: int
    label: str
    address: str


@dataclass(frozen=True)
class Node:
    """A node of the Sankey diagram: a stage reached, an outcome, or `open`."""

    name: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Flow:
    """The stages that applications reached and how they ended; each follows one path."""

    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A stage of the funnel: how many reached it, as shares of the previous stage and of all sent."""

    stage: str
    label: str
    count: int
    of_previous: Rate
    of_sent: Rate
    address: str


@dataclass(frozen=True)
class NamedRate:
    """A rate with its name, and the address of the applications it counts."""

    name: str
    label: str
    rate: Rate
    address: str


@dataclass(frozen=True)
class Group:
    """Applications sent that share a property, with their rates."""

    name: str
    label: str
    n: int
    response: Rate
    interview: Rate
    offer: Rate
    address: str


@dataclass(frozen=True)
class Breakdown:
    """The rates of each group; `note` explains how the groups were formed."""

    name: str
    label: str
    groups: list[Group] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Stay:
    """Time in a stage: the median of completed stays, and how many applications are still there."""

    stage: str
    label: str
    median: str
    days: float | None
    n: int
    still: int
    address: str


class Point(NamedTuple):
    """A day of the response curve: the share answered by then, with its 95 % interval."""

    day: int
    at_risk: int
    answered: int
    censored: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Waiting:
    """Time to first response, as a Kaplan–Meier estimate; unanswered applications are censored."""

    n: int
    answered: int
    waiting: int
    left_out: int
    median: str
    has_enough: bool
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class ActiveDay:
    """The number of user actions on a day."""

    day: date
    count: int


@dataclass(frozen=True)
class StatusCount:
    """The number of applications in a stage, or with an outcome, at the end of a day."""

    name: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class PipelineDay:
    """The pipeline at the end of a day."""

    day: str
    label: str
    stood: list[StatusCount] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """All figures of the analytics page."""

    n: int
    sent: int
    flow: Flow
    funnel: list[Step]
    weeks: list[Week]
    weeks_addresses: list[str]
    rates: list[NamedRate]
    breakdowns: list[Breakdown]
    stays: list[Stay]
    waiting: Waiting
    weeks_left_out: str = ""
    activity: list[ActiveDay] = field(default_factory=list)
    standing: PipelineDay = PipelineDay("", "")
