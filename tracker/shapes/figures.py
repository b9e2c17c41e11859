"""What the analytics page counts, over which applications, and what it shows of them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from tracker.shapes.dashboard import Rate, Week
from tracker.storable_text import query_values

PERIODS = {"30": "30 days", "90": "90 days", "365": "A year", "": "All time", "own": "Own dates"}
"""The periods offered: the last so many days, today included."""


@dataclass(frozen=True)
class Selection:
    """Which applications are counted; every field has a default that takes all.

    The period is of the days on which applications were sent; one that never was sent counts by the day it was added.
    """

    period: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    tag: str = ""
    role: str = ""

    @classmethod
    def of_query(cls, query: dict[str, str]) -> "Selection":
        """The selection an address asks for; whatever it doesn't know falls back to the default."""
        values = query_values(query, cls.__dataclass_fields__)
        since, until = (day_or_none(values[name]) for name in ("since", "until"))
        values |= {"since": since, "until": until}
        values["period"] = (
            "own" if since or until else values["period"] if values["period"] in PERIODS else ""
        )
        return cls(**values)

    @property
    def narrows(self) -> bool:
        """Whether anything but the period narrows what is counted."""
        return bool(self.source or self.tag or self.role)

    @property
    def without_period(self) -> "Selection":
        """The same source, tag and role at all times."""
        return Selection(source=self.source, tag=self.tag, role=self.role)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last day, either of which may be open."""
        if self.period.isdigit():
            return today - timedelta(days=int(self.period) - 1), today
        return (
            date.fromisoformat(self.since) if self.since else None,
            date.fromisoformat(self.until) if self.until else None,
        )

    def with_dates(self, today: date) -> "Selection":
        """The same applications with the period in dates, so that an address means the same tomorrow."""
        since, until = self.days(today)
        said = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
        return replace(self, period="own" if since or until else "", **said)

    def said(self) -> dict[str, str]:
        """What an address says of it; defaults are left out."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__ if getattr(self, name)}
        return {name: value for name, value in told.items() if (name, value) != ("period", "own")}

    def address(self, figure: str = "", **more: str) -> str:
        """The path and query of the page over this selection, or of one of its figures as CSV."""
        said = {**self.said(), **more}
        query = f"?{urlencode(said)}" if said else ""
        return f"/analytics/{figure}.csv{query}" if figure else f"/analytics{query}"

    def behind(self, what: str, **more: str) -> str:
        """The address of the list of the applications behind a figure; `what` is what `members` reads."""
        return f"{_behind(self, **more)}{_quoted(what)}"


_quoted = lru_cache(4096)(quote_plus)


@lru_cache(64)
def _behind(of: Selection, **more: str) -> str:
    """What the addresses of all the figures of a selection begin with: a page has a thousand of them."""
    said = {name: value for name, value in of.said().items() if name != "period"} | more
    return f"/applications?{urlencode({**said, 'behind': ''})}"


def day_or_none(raw: str) -> str:
    """A day such as `2026-11-03` as it was typed; empty for anything else."""
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return ""
    return day.isoformat() if 1990 <= day.year <= 2100 else ""


@dataclass(frozen=True)
class Link:
    """So many applications went from one place of the Sankey to another."""

    start: str
    end: str
    count: int
    label: str
    address: str


@dataclass(frozen=True)
class Node:
    """One place of the Sankey: a stage ever reached, an outcome, or `open`."""

    name: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Flow:
    """Where applications got to and how they ended; each walks one path."""

    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One stage of the funnel: how many ever reached it, of those before it and of all sent."""

    stage: str
    label: str
    count: int
    of_previous: Rate
    of_sent: Rate
    address: str


@dataclass(frozen=True)
class NamedRate:
    """One rate with its name, and where those it counts are listed."""

    name: str
    label: str
    rate: Rate
    address: str


@dataclass(frozen=True)
class Group:
    """Applications sent that have something in common, and how they fared."""

    name: str
    label: str
    n: int
    response: Rate
    interview: Rate
    offer: Rate
    address: str


@dataclass(frozen=True)
class Breakdown:
    """The rates, group by group; `note` says what must be known of how the groups were made."""

    name: str
    label: str
    groups: list[Group] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Stay:
    """How long applications stay in a stage: the median of the stays that ended, and how many are there still."""

    stage: str
    label: str
    median: str
    days: float | None
    n: int
    still: int
    address: str


class Point(NamedTuple):
    """One day of the waiting for an answer: the share answered by then, with its 95 % interval."""

    day: int
    at_risk: int
    answered: int
    censored: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Waiting:
    """Time to the first response as Kaplan and Meier estimate it; those still waiting count as long as they waited."""

    n: int
    answered: int
    waiting: int
    left_out: int
    median: str
    has_enough: bool
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class ActiveDay:
    """What the person did on one day."""

    day: date
    count: int


@dataclass(frozen=True)
class Stood:
    """How many stood in one stage, or had ended one way, when a day ended."""

    name: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Standing:
    """The pipeline as it stood when a day ended."""

    day: str
    label: str
    stood: list[Stood] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """Everything the analytics page counts."""

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
    standing: Standing = Standing("", "")
