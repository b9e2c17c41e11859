"""Random searches, run through the service functions that users call."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import strategies as st

from tests.support.people import Person
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.priority.wishes_form import save

ORDER = ["saved", "applied", "screening", "interviewing", "offer"]
OUTCOMES = ["accepted", "declined", "rejected", "withdrawn", "no_response", "expired"]
ZONES = [
    "Pacific/Pago_Pago", "America/New_York", "UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Kiritimati",
]  # fmt: skip
BEGINNINGS = [
    datetime(2026, 3, 5, 20, tzinfo=UTC), datetime(2026, 3, 27, 21, tzinfo=UTC), datetime(2026, 10, 1, 9, tzinfo=UTC),
    datetime(2026, 10, 23, 22, tzinfo=UTC), datetime(2026, 10, 30, 3, tzinfo=UTC), datetime(2026, 4, 3, 12, tzinfo=UTC),
]  # fmt: skip
"""Days before clock changes: in America, in Europe, on Lord Howe, forward and back."""
FACTS = {
    "source": ["LinkedIn", "Referral", ""],
    "workplace": ["remote", "hybrid", "onsite", ""],
    "tags": ["", "python", "python, go"],
    "role": ["Engineer", "Data Engineer", "Ingénieur"],
    "salary": [
        "",
        "60000 EUR year",
        "5000 EUR month",
        "75500 EUR year",
        "100000 USD year",
        "55 EUR hour",
        "650000 SEK year",
        "42 GBP hour",
        "900000 EGP year",
    ],
}


def any_of(*choices: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    """Return a strategy for one of the selections, or as often none."""
    return st.sampled_from([*[dict[str, str]()] * len(choices), *choices])


SELECTIONS = st.tuples(
    any_of(
        {"since": "2026-04-02", "until": "2026-10-25"},
        {"since": "2026-10-20"},
        {"period": "30"},
        {"until": "2026-10-24"},
    ),
    any_of({"source": "LinkedIn"}),
    any_of({"tag": "python"}),
    any_of({"role": "ENGINEER"}, {"role": "ingenieur"}, {"role": "data"}),
).map(lambda choices: {name: value for choice in choices for name, value in choice.items()})
"""Combinations of a period, source, tag and role."""


@dataclass
class Step:
    """One step of a search, and whether it was undone."""

    at: datetime
    kind: str
    arg: str = ""
    batch: str = ""
    undone: bool = False


@dataclass
class Past:
    """Steps that one application went through, as the test remembers them."""

    facts: dict[str, str]
    steps: list[Step] = field(default_factory=list)
    id: str = ""

    def remaining(self, *kinds: str) -> list[Step]:
        return [step for step in self.steps if step.kind in kinds and not step.undone]

    @property
    def is_deleted(self) -> bool:
        return bool(self.remaining("delete"))

    def places(self) -> list[tuple[datetime, str]]:
        """Return the stages and outcomes it was put in, each with its time, but for slips."""
        steps = [step for stay in self._stays(self.remaining("add", "move"))[0] for step in stay]
        return [(step.at, step.arg) for step in steps]

    @staticmethod
    def _stays(steps: list[Step]) -> tuple[list[list[Step]], list[list[Step]]]:
        """Return the stays in a stage, each with its corrections, and the slips that each step reversed."""
        stays: list[list[Step]] = []
        slips: list[list[Step]] = []
        for step in steps:
            slips.append([])
            while (
                len(stays) > 1
                and rank(step) < rank(stays[-1][0])
                and rank(stays[-2][0]) < rank(stays[-1][0])
                and step.at - stays[-1][0].at <= timedelta(minutes=10)
            ):
                slips[-1].extend(stays.pop())
            if stays and rank(stays[-1][0]) == 5 == rank(step):
                stays[-1].append(step)
            elif not stays or stays[-1][0].arg != step.arg:
                stays.append([step])
        return stays, slips

    def sent_on(self, zone: ZoneInfo) -> date | None:
        """Return the date of sending, as edits and moves left it."""
        day: date | None = None
        moves = self.remaining("add", "move")
        set_by: dict[int, date] = {}
        for step in self.remaining("add", "move", "date"):
            if step.kind == "date":
                day = date.fromisoformat(step.arg) if step.arg else None
                continue
            number = next(n for n, move in enumerate(moves) if move is step)
            for slip in self._stays(moves)[1][number]:
                if id(slip) in set_by and day == set_by[id(slip)]:
                    day = None
            if step.arg in ORDER[1:] and day is None:
                day = set_by[id(step)] = step.at.astimezone(zone).date()
        return day


def rank(step: Step) -> int:
    """Return how far along the stage of a step is; every outcome comes last."""
    return ORDER.index(step.arg) if step.arg in ORDER else 5


def acts_of(seed: int) -> list[tuple[str, int, int, int]]:
    """Return forty steps: what to do, to which application, how, and how many hours later.

    The next step reverses every fourth move, zero to nine minutes later.
    """
    dice = Random(seed)
    kinds = [*["add"] * 3, *["move"] * 9, "close", "close", "undo", "date", "delete", "follow"]
    hours = [0, 0, 1, 5, 11, 23, 30, 70, 200]
    acts: list[tuple[str, int, int, int]] = []
    for n in range(40):
        kind, which = ("add" if n < 2 else dice.choice(kinds)), dice.randint(0, 5)
        acts.append((kind, which, dice.randint(0, 9), dice.choice(hours)))
        if kind in ("move", "close") and dice.random() < 0.25:
            acts.append(("back", which, dice.randint(0, 9), 0))
    return acts


STORIES = st.integers(0, 2**32).map(acts_of)
ALL_FACTS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FACTS.items()})


@dataclass
class Story:
    """Search that a user runs step by step."""

    person: Person
    zone: ZoneInfo
    began: datetime
    pasts: list[Past] = field(default_factory=list)
    now: datetime = field(init=False)
    actions: list[tuple[datetime, Past, Step]] = field(default_factory=list)
    compares_in: str = "EUR"
    own_rates: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = self.began

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def choose_currency(self, currency: str, rates: dict[str, float]) -> None:
        """Choose the currency and the rates for comparing salaries."""
        self.person.call(
            save, {"currency": currency, "rates": "\n".join(f"{name} {n}" for name, n in rates.items())}
        )
        self.compares_in, self.own_rates = currency or self.compares_in, rates

    def run(self, acts: list[tuple[str, int, int, int]], facts: list[dict[str, str]]) -> None:
        with time_machine.travel(self.now, tick=False) as clock:
            for kind, which, how, hours in acts:
                self.now += timedelta(hours=hours, minutes=how)
                clock.move_to(self.now)
                self._run_step(kind, which, how, facts[which])

    def _run_step(self, kind: str, which: int, how: int, facts: dict[str, str]) -> None:
        living = [past for past in self.pasts if not past.is_deleted]
        if kind == "add":
            self._add(facts, ["saved", "saved", "applied", "screening", "offer"][how % 5])
        elif kind == "undo":
            self._undo()
        elif living:
            past = living[which % len(living)]
            {"move": self._move, "back": self._back, "close": self._close, "date": self._date, "delete": self._delete,
             "follow": self._follow}[kind](past, how)  # fmt: skip

    def _record(self, past: Past, kind: str, arg: str = "") -> None:
        past.steps.append(step := Step(self.now, kind, arg, self.person.batch))
        self.actions.append((self.now, past, step))

    def _add(self, facts: dict[str, str], stage: str) -> None:
        typed = {name: facts[name] for name in ("source", "workplace", "tags")}
        if facts["salary"]:
            typed["salary_from"], typed["currency"], typed["salary_period"] = facts["salary"].split()
        past = Past(facts)
        past.id = self.person.add_application("Linear", facts["role"], stage, **typed)
        self.pasts.append(past)
        self._record(past, "add", stage)

    def _move(self, past: Past, how: int) -> None:
        here = past.places()[-1][1]
        onward = min(ORDER.index(here) + 1, 4) if here in ORDER and how > 3 else how
        to = ORDER[onward % 5]
        if past.places()[-1][1] != to:
            self.person.call(move, [past.id], to)
            self._record(past, "move", to)

    def _back(self, past: Past, how: int) -> None:
        """Move it back to where it was, or where it was before that."""
        before = [
            place for _, place in past.places()[-3:-1] if place in ORDER and place != past.places()[-1][1]
        ]
        if before:
            to = before[how % len(before)]
            self.person.call(move, [past.id], to)
            self._record(past, "move", to)

    def _close(self, past: Past, how: int) -> None:
        outcome = OUTCOMES[how % 6]
        if past.places()[-1][1] != outcome:
            self.person.call(move, [past.id], "closed", outcome)
            self._record(past, "move", outcome)

    def _date(self, past: Past, how: int) -> None:
        before = past.sent_on(self.zone)
        after = "" if how == 0 else (self.today - timedelta(days=how * 2 - 2)).isoformat()
        if after != (before.isoformat() if before else ""):
            self.person.call(edit, past.id, "applied_on", after, before.isoformat() if before else "")
            self._record(past, "date", after)

    def _delete(self, past: Past, how: int) -> None:
        self.person.call(remove, [past.id])
        self._record(past, "delete")

    def _follow(self, past: Past, how: int) -> None:
        self.person.call(follow_up, past.id)
        self._record(past, "follow")

    def _undo(self) -> None:
        """Undo the last step unless it added an application, which deleting undoes."""
        if self.actions and not (last := self.actions[-1][2]).undone and last.kind != "add":
            self.person.undo(last.batch)
            last.undone = True
