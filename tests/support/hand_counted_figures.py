"""Figures counted by hand from a simulated search, to compare with the service's.

It knows only the steps and their times; it reads no table and shares no code with the services.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from tests.support.simulated_searches import ORDER, OUTCOMES, Past, Story

FOR_A_EURO = {"EUR": 1.0, "USD": 1.18, "GBP": 0.86, "SEK": 11.15}
ANSWERS = {"accepted", "declined", "rejected"}


def chosen_of(story: Story) -> list["Counted"]:
    """Return all applications that aren't deleted."""
    return [Counted(story, past) for past in story.pasts if not past.is_deleted]


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
    def closed_at(self) -> datetime:
        """Return when it was first closed since it was last open."""
        closings = takewhile(lambda place: place[1] in OUTCOMES, reversed(self.places))
        return [at for at, _ in closings][-1]

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
        """Return the furthest stage; an accepted or declined offer counts as one, a sent date as sent."""
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
        """Return when it first reached exactly this stage, never having been further."""
        best = -1
        for at, place in self.places:
            if place in ORDER and ORDER.index(place) > best:
                best = ORDER.index(place)
                if best == rank:
                    return at
        return None

    def left(self, rank: int) -> datetime | None:
        """Return when it first got beyond a stage, or was closed for good."""
        later = [at for further in range(rank + 1, 5) if (at := self.first(further))]
        closed = [self.closed_at] if self.stands in OUTCOMES else []
        return min(later) if later else (closed[0] if closed else None)

    @property
    def began(self) -> int:
        """Return the rank at which it was added."""
        added = self.places[0][0]
        if self.stands in OUTCOMES and self.closed_at == added:
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
            until = self.local(self.closed_at) if self.began < 5 else None
        return max(0, (until - self.sent_on).days) if until and self.sent_on else None

    def stood(self, day: date) -> str:
        """Return where it stood at the end of a day."""
        put = [(self.local(at), place) for at, place in self.places]
        leaving = next((on for on, place in put if place != "saved"), None)
        here = [place for on, place in put if on <= day]
        if leaving and self.sent_on and self.sent_on <= day < leaving:
            return "applied"
        return here[-1] if here else ""

    def pay(self) -> float | str | None:
        """Return yearly pay in the story's currency; "other" without a rate, None if not given."""
        if not self.past.facts["salary"]:
            return None
        amount, currency, period = self.past.facts["salary"].split()
        yearly = float(amount) * {"year": 1, "month": 12, "hour": 2080}[period]
        target, for_a_euro = self.story.compares_in, {**FOR_A_EURO, **self.story.own_rates}
        if currency == target:
            return yearly
        if currency not in for_a_euro or target not in for_a_euro:
            return "other"
        return yearly / for_a_euro[currency] * for_a_euro[target]


def tally(of: list[Counted]) -> tuple[int, int, int, int, int]:
    """Return how many there are, and how many were sent, answered, interviewed and offered."""
    return (
        len(of),
        sum(counted.is_sent for counted in of),
        sum(counted.is_answered for counted in of),
        sum(counted.reached >= 3 for counted in of),
        sum(counted.reached >= 4 for counted in of),
    )


def standing(of: list[Counted], day: date) -> Counter[str]:
    """Return how many stood at each place at the end of a day."""
    return Counter(place for counted in of if (place := counted.stood(day)))
