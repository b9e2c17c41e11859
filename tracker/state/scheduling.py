"""The dialogs that put an interview on the calendar and give it another time."""

from typing import Any
from uuid import uuid4

import reflex as rx

from tracker.db import Scope
from tracker.framework.app_state import AppState
from tracker.services.applications import listing as application_list
from tracker.services.interviews import listing as interview_list
from tracker.services.interviews import scheduling
from tracker.shapes.filters import Filters
from tracker.shapes.interviews import InterviewLine
from tracker.shapes.words import InterviewKind
from tracker.state.base import Form, fields_of, key_of, perform, refresh

TIMES = ("starts_at", "zone", "minutes", "fold")
OFFERED = 50


class Timed(Form, mixin=True):
    """A form with a time: what it starts from, which interviews overlap it, and which of two is meant where clocks show it twice."""

    asked: str = ""
    opened: str = ""
    done: str = ""
    typed: dict[str, str] = {}
    clashes: list[InterviewLine] = []
    twice: str = ""
    twice_at: str = ""
    choices: list[tuple[str, str]] = []
    excepted: str = ""
    _times: dict[str, str] = {}

    @rx.event(supersedes=True)
    async def look(self, field: str, value: str) -> None:
        """See whether the clocks show the time being typed, once or twice, and whether it overlaps another interview."""
        if field in TIMES:
            again = {"fold": ""} if field in ("starts_at", "zone") else {}
            self._times = {**self._times, **again, field: value[:100]}
            await self._see()

    async def _see(self) -> None:
        starts, zone, minutes, fold = (self._times.get(name, "") for name in TIMES)
        seen = await perform(scheduling.preview, starts, zone, minutes, fold, self.excepted)
        self.clashes, self.twice, self.choices = seen.clashes, seen.question, seen.choices
        self.twice_at = f"{starts} {zone}"
        others = {name: said for name, said in self.errors.items() if name not in ("starts_at", "fold")}
        self.errors = others | ({"starts_at": seen.problem} if seen.problem else {})

    async def _open(self, typed: dict[str, str]) -> None:
        self.typed, self.errors, self.opened = typed, {}, str(uuid4())
        self._times = {name: typed.get(name, "") for name in TIMES}
        await self._see()


class Scheduling(Timed, AppState):
    """The dialog that schedules an interview, for one application or for one still to be chosen."""

    subject: str = ""
    chosen: str = ""
    offered: list[tuple[str, str]] = []
    has_more: bool = False
    about: str = ""

    @rx.event
    async def begin(self, application_id: str, subject: str) -> None:
        """Open the dialog; without an application it asks for one. A draft for the same one is kept."""
        if self.opened in ("", self.done) or self.about != application_id:
            self.about = self.chosen = application_id
            self.subject = subject
            await self._open(await perform(_blank, self.chosen))
        if not self.subject:
            await self._offer("")
        self.asked = str(uuid4())

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Offer the applications that hold these words."""
        await self._offer(words)

    @rx.event
    async def choose(self, application_id: str) -> None:
        """Take the kind and the round that come next for the application chosen."""
        self.chosen = application_id
        after = await perform(_blank, self.chosen)
        self.typed = {**self.typed, "kind": after["kind"], "round": after["round"]}

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Put the interview on the calendar; what is wrong is said beside its field."""
        typed = fields_of(form)
        if not (chosen := typed.pop("application", "") or self.chosen):
            self.errors = {"application": "Which application is it for?"}
            await self._answer(key_of(form), is_kept=False)
            return None
        kept = await self._submit_once(form, _schedule, chosen, typed)
        return await self._finish(*kept) if kept else None

    async def _finish(self, said: str, batch: str) -> Any:
        self.done, self.clashes = self.opened, []
        await self._say(said, batch)
        return refresh(self)

    async def _offer(self, words: str) -> None:
        asked = Filters(q=words) if words.strip() else Filters(stage="open")
        found = await perform(application_list.page, asked, "", OFFERED)
        self.offered = [(card.id, f"{card.role} at {card.company}") for card in found.cards]
        self.has_more = self.has_more or bool(found.after)


class Moving(Timed, AppState):
    """The dialog that gives an interview another time."""

    @rx.event
    async def begin(self, interview_id: str) -> None:
        """Open the dialog on the interview's present time."""
        self.excepted = interview_id
        found = await perform(interview_list.detail, self.excepted)
        await self._open(found.typed)
        self.asked = str(uuid4())

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Give it the time typed."""
        typed = {name: form.get(name, "") for name in TIMES}
        kept = await self._submit(form, _move, self.excepted, typed)
        if not kept:
            return None
        self.done = self.opened
        await self._say(*kept)
        return refresh(self)


def _blank(scope: Scope, application_id: str) -> dict[str, str]:
    """What the form starts from; before an application is chosen, with the person's zone and an hour."""
    if application_id:
        return scheduling.blank(scope, application_id)
    return {
        "kind": InterviewKind.RECRUITER_SCREEN.value,
        "round": "1",
        "starts_at": "",
        "zone": scope.who.timezone or "UTC",
        "fold": "",
        "minutes": "60",
    }


def _schedule(scope: Scope, application_id: str, typed: dict[str, str]) -> tuple[str, str]:
    scheduling.schedule(scope, application_id, typed)
    return f"{InterviewKind(typed.get('kind') or 'other').label} scheduled", str(scope.batch)


def _move(scope: Scope, interview_id: str, typed: dict[str, str]) -> tuple[str, str]:
    return scheduling.move(scope, interview_id, typed), str(scope.batch)
