"""Searches made up by chance, lived through the verbs a person uses, and counted by hand: what the figures must equal.

The count by hand knows only what was done and when; it reads no table and shares no code with what it checks.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import strategies as st

from tests.acting import Person
from tracker.services.applications.editing import edit
from tracker.services.applications.moving import follow_up, move
from tracker.services.applications.removing import remove

ORDER = ["saved", "applied", "screening", "interviewing", "offer"]
OUTCOMES = ["accepted", "declined", "rejected", "withdrawn", "no_response", "expired"]
ANSWERS = {"accepted", "declined", "rejected"}
ZONES = [
    "Pacific/Pago_Pago", "America/New_York", "UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Kiritimati",
]  # fmt: skip
BEGINNINGS = [
    datetime(2026, 3, 5, 20, tzinfo=UTC), datetime(2026, 3, 27, 21, tzinfo=UTC), datetime(2026, 10, 1, 9, tzinfo=UTC),
    datetime(2026, 10, 23, 22, tzinfo=UTC), datetime(2026, 10, 30, 3, tzinfo=UTC), datetime(2026, 4, 3, 12, tzinfo=UTC),
]  # fmt: skip
"""Some days before the clocks change: in America, in Europe, on Lord Howe, one way and the other."""
FACTS = {
    "source": ["LinkedIn", "Referral", ""],
    "workplace": ["remote", "hybrid", "onsite", ""],
    "tags": ["", "python", "python, go"],
    "role": ["Engineer", "Data Engineer", "Ingénieur"],
    "salary": ["", "60000 EUR year", "5000 EUR month", "75500 EUR year", "100000 USD year", "55 EUR hour"],
}


@dataclass
class Deed:
    """One thing done, and whether it was taken back."""

    at: datetime
    what: str
    arg: str = ""
    batch: str = ""
    undone: bool = False


@dataclass
class Past:
    """One application as the person who lived it remembers it."""

    facts: dict[str, str]
    deeds: list[Deed] = field(default_factory=list)
    id: str = ""

    def kept(self, *what: str) -> list[Deed]:
        return [deed for deed in self.deeds if deed.what in what and not deed.undone]

    @property
    def is_deleted(self) -> bool:
        return bool(self.kept("delete"))

    def places(self) -> list[tuple[datetime, str]]:
        """Where it was put, and when."""
        return [(deed.at, deed.arg) for deed in self.kept("add", "move")]

    def sent_on(self, zone: ZoneInfo) -> date | None:
        """The date in the field, as typing and moving left it."""
        day: date | None = None
        for deed in self.kept("add", "move", "date"):
            if deed.what == "date":
                day = date.fromisoformat(deed.arg) if deed.arg else None
            elif deed.arg in ORDER[1:] and day is None:
                day = deed.at.astimezone(zone).date()
        return day


ACTS = st.tuples(
    st.sampled_from(["add", "add", *["move"] * 7, "close", "close", "undo", "date", "delete", "follow"]),
    st.integers(0, 5),
    st.integers(0, 9),
    st.sampled_from([0, 0, 1, 5, 11, 23, 30, 70, 200]),
)
STORIES = st.lists(ACTS, min_size=32, max_size=36)
ALL_FACTS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FACTS.items()})


@dataclass
class Story:
    """A search that is being lived."""

    person: Person
    zone: ZoneInfo
    began: datetime
    pasts: list[Past] = field(default_factory=list)
    now: datetime = field(init=False)
    actions: list[tuple[datetime, Past, Deed]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.began

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def live(self, acts: list[tuple[str, int, int, int]], facts: list[dict[str, str]]) -> None:
        with time_machine.travel(self.now, tick=False) as clock:
            for what, which, how, hours in acts:
                self.now += timedelta(hours=hours, minutes=how)
                clock.move_to(self.now)
                self._act(what, which, how, facts[which])

    def _act(self, what: str, which: int, how: int, facts: dict[str, str]) -> None:
        living = [past for past in self.pasts if not past.is_deleted]
        if what == "add":
            self._add(facts, ["saved", "saved", "applied", "screening", "offer"][how % 5])
        elif what == "undo":
            self._undo()
        elif living:
            past = living[which % len(living)]
            {"move": self._move, "close": self._close, "date": self._date, "delete": self._delete,
             "follow": self._follow}[what](past, how)  # fmt: skip

    def _done(self, past: Past, what: str, arg: str = "") -> None:
        past.deeds.append(deed := Deed(self.now, what, arg, self.person.batch))
        self.actions.append((self.now, past, deed))

    def _add(self, facts: dict[str, str], stage: str) -> None:
        typed = {name: facts[name] for name in ("source", "workplace", "tags")}
        if facts["salary"]:
            typed["salary_from"], typed["currency"], typed["salary_period"] = facts["salary"].split()
        past = Past(facts)
        past.id = self.person.adds("Linear", facts["role"], stage, **typed)
        self.pasts.append(past)
        self._done(past, "add", stage)

    def _move(self, past: Past, how: int) -> None:
        to = ORDER[how % 5]
        if past.places()[-1][1] != to:
            self.person.does(move, [past.id], to)
            self._done(past, "move", to)

    def _close(self, past: Past, how: int) -> None:
        outcome = OUTCOMES[how % 6]
        if past.places()[-1][1] != outcome:
            self.person.does(move, [past.id], "closed", outcome)
            self._done(past, "move", outcome)

    def _date(self, past: Past, how: int) -> None:
        before = past.sent_on(self.zone)
        after = "" if how == 0 else (self.today - timedelta(days=how * 2 - 2)).isoformat()
        if after != (before.isoformat() if before else ""):
            self.person.does(edit, past.id, "applied_on", after, before.isoformat() if before else "")
            self._done(past, "date", after)

    def _delete(self, past: Past, how: int) -> None:
        self.person.does(remove, [past.id])
        self._done(past, "delete")

    def _follow(self, past: Past, how: int) -> None:
        self.person.does(follow_up, past.id)
        self._done(past, "follow")

    def _undo(self) -> None:
        """Take back the last thing done, unless that was adding, which deleting takes back."""
        if self.actions and not (last := self.actions[-1][2]).undone and last.what != "add":
            self.person.undoes(last.batch)
            last.undone = True

    def chosen(self, keep: Any = lambda past: True) -> list["Counted"]:
        """Every application there still is, looked at by hand."""
        return [Counted(self, past) for past in self.pasts if not past.is_deleted and keep(past)]


@dataclass
class Counted:
    """One application, counted by hand."""

    story: Story
    past: Past

    def local(self, at: datetime) -> date:
        return at.astimezone(self.story.zone).date()

    @property
    def places(self) -> list[tuple[datetime, str]]:
        return self.past.places()

    @property
    def stands(self) -> str:
        return self.places[-1][1]

    @property
    def sent_on(self) -> date | None:
        return self.past.sent_on(self.story.zone)

    @property
    def furthest(self) -> int:
        return max(ORDER.index(place) for _, place in self.places if place in ORDER)

    @property
    def reached(self) -> int:
        """An accepted or declined offer was an offer; a date of sending says that it was sent."""
        offered = 4 if self.stands in ("accepted", "declined") else 0
        return max(self.furthest, offered, 1 if self.sent_on else 0)

    @property
    def is_sent(self) -> bool:
        return self.reached >= 1

    @property
    def is_answered(self) -> bool:
        return self.is_sent and (self.furthest >= 2 or self.stands in ANSWERS)

    @property
    def day(self) -> date:
        return self.sent_on or self.local(self.places[0][0])

    def first(self, rank: int) -> datetime | None:
        """When it first got as far as exactly this stage, never having been further."""
        best = -1
        for at, place in self.places:
            if place in ORDER and ORDER.index(place) > best:
                best = ORDER.index(place)
                if best == rank:
                    return at
        return None

    def left(self, rank: int) -> datetime | None:
        """When it first got further than a stage, or else was closed for good."""
        later = [at for further in range(rank + 1, 5) if (at := self.first(further))]
        closed = [self.places[-1][0]] if self.stands in OUTCOMES else []
        return min(later) if later else (closed[0] if closed else None)

    @property
    def began(self) -> int:
        """What it was added as, by the very instant."""
        added = self.places[0][0]
        if self.stands in OUTCOMES and self.places[-1][0] == added:
            return 5
        return max([0, *(rank for rank in range(1, 5) if self.first(rank) == added)])

    def stay(self, rank: int) -> int | None:
        left, entered, sent = self.left(rank), self.first(rank), self.sent_on
        if left is None or self.began > rank or (rank > 1 and (entered is None or self.began == rank)):
            return None
        end = self.local(left)
        if rank == 0:
            end, start = min(end, sent or end), self.local(self.places[0][0])
            return (end - start).days if end >= start and self.began == 0 else None
        if rank == 1:
            if entered is None and not (sent and sent < end):
                return None
            start = sent or (self.local(entered) if entered and self.began == 0 else None)  # type: ignore[assignment]
            return max(0, (end - start).days) if start else None
        return max(0, (end - self.local(entered)).days)  # type: ignore[arg-type]

    def waited(self) -> int | None:
        until: date | None = self.story.today
        if self.furthest >= 2:
            first = min(at for rank in (2, 3, 4) if (at := self.first(rank)))
            until = self.local(first) if self.began <= 1 else None
        elif self.stands in OUTCOMES:
            until = self.local(self.places[-1][0]) if self.began < 5 else None
        return max(0, (until - self.sent_on).days) if until and self.sent_on else None

    def stood(self, day: date) -> str:
        """Where it stood when a day ended."""
        put = [(self.local(at), place) for at, place in self.places]
        leaving = next((on for on, place in put if place != "saved"), None)
        here = [place for on, place in put if on <= day]
        if leaving and self.sent_on and self.sent_on <= day < leaving:
            return "applied"
        return here[-1] if here else ""

    def pay(self) -> tuple[float | None, str]:
        """Yearly pay and its currency."""
        if not self.past.facts["salary"]:
            return None, ""
        amount, currency, period = self.past.facts["salary"].split()
        return float(amount) * {"year": 1, "month": 12, "hour": 2080}[period], currency


def tally(of: list[Counted]) -> tuple[int, int, int, int, int]:
    """How many, sent, answered, interviewed, offered."""
    return (
        len(of),
        sum(one.is_sent for one in of),
        sum(one.is_answered for one in of),
        sum(one.reached >= 3 for one in of),
        sum(one.reached >= 4 for one in of),
    )


def standing(of: list[Counted], day: date) -> Counter[str]:
    """How many stood where when a day ended."""
    return Counter(place for one in of if (place := one.stood(day)))
