"""The dialogs that put an interview on the calendar and give it another time."""

from typing import Any

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.interviews import scheduling
from tracker.services.pages import dialogs as page
from tracker.shapes.interviews import InterviewItem, TimeForm, TimePreview
from tracker.state.base import Form, fields_of, key_of, perform, refresh
from tracker.state.signals import signal

TIMES = ("starts_at", "zone", "minutes", "fold")


class InterviewTimeForm(Form, mixin=True):
    """Form with a time: overlapping interviews, and the choice between two instants."""

    open_signal: str = ""
    opened: str = ""
    done: str = ""
    typed: dict[str, str] = {}
    clashes: list[InterviewItem] = []
    own_time: str = ""
    zones: list[tuple[str, str]] = []
    twice: str = ""
    twice_at: str = ""
    choices: list[tuple[str, str]] = []
    excepted: str = ""
    _times: dict[str, str] = {}

    @rx.event
    async def check_time(self, field: str, value: str) -> None:
        """Check the typed time: nonexistent, ambiguous or overlapping another interview."""
        if field in TIMES:
            again = {"fold": ""} if field in ("starts_at", "zone") else {}
            self._times = {**self._times, **again, field: value[:100]}
            await self._update_preview()

    async def _update_preview(self) -> None:
        starts, zone, minutes, fold = (self._times.get(name, "") for name in TIMES)
        self._show_preview(
            await perform(scheduling.preview, starts, zone, minutes, fold, self.excepted), f"{starts} {zone}"
        )

    def _show_preview(self, seen: TimePreview, time: str) -> None:
        self.clashes, self.twice, self.choices = seen.clashes, seen.question, seen.choices
        self.own_time = seen.own_time
        self.twice_at = time
        others = {name: problem for name, problem in self.errors.items() if name not in ("starts_at", "fold")}
        self.errors = others | ({"starts_at": seen.problem} if seen.problem else {})

    def _open(self, form: TimeForm) -> None:
        self.typed, self.errors, self.opened = form.typed, {}, signal()
        if self.zones != form.zones:
            self.zones = form.zones
        self._times = {name: form.typed.get(name, "") for name in TIMES}
        self._show_preview(form.preview, f"{self._times['starts_at']} {self._times['zone']}")


class ScheduleInterview(InterviewTimeForm, AppState):
    """The dialog that schedules an interview, for a given application or one chosen in it."""

    subject: str = ""
    chosen: str = ""
    offered: list[tuple[str, str]] = []
    has_more: bool = False
    about: str = ""

    @rx.event
    async def begin(self, application_id: str, subject: str) -> None:
        """Open the dialog; without an application it asks for one. A draft for the same application is kept."""
        if self.opened in ("", self.done) or self.about != application_id:
            self.about = self.chosen = application_id
            self.subject = subject
            form = await perform(page.begin_schedule, self.chosen, offers=not subject)
            self._open(form)
            self.offered, self.has_more = form.offered, self.has_more or form.has_more
        elif not self.subject:
            await self._offer("")
        self.open_signal = signal()

    @rx.event
    async def begin_at(self, starts_at: str) -> None:
        """Open the dialog for a day or a local time that was clicked in the calendar."""
        self.about = self.chosen = self.subject = ""
        form = await perform(page.begin_schedule, "", offers=True, starts_at=starts_at)
        self._open(form)
        self.offered, self.has_more = form.offered, self.has_more or form.has_more
        self.open_signal = signal()

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Offer the applications that match these words."""
        await self._offer(words)

    @rx.event
    async def choose(self, application_id: str) -> None:
        """Fill in the next kind and round for the chosen application."""
        self.chosen = application_id
        after = await perform(page.blank_interview, self.chosen)
        self.typed = {**self.typed, "kind": after["kind"], "round": after["round"]}

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Schedule the interview; each invalid field gets a message."""
        typed = fields_of(form)
        if not (chosen := typed.pop("application", "") or self.chosen):
            self.errors = {"application": "Which application is it for?"}
            await self._answer(key_of(form), is_kept=False)
            return None
        async with self._submitting(form):
            await self._announce(await perform(page.schedule_interview, chosen, typed, key_of(form)))
            self.done, self.clashes = self.opened, []
            return refresh(self)

    async def _offer(self, words: str) -> None:
        self.offered, has_more = await perform(page.offer_applications, words)
        self.has_more = self.has_more or has_more


class MoveInterview(InterviewTimeForm, AppState):
    """The dialog that gives an interview another time."""

    @rx.event
    async def begin(self, interview_id: str) -> None:
        """Open the dialog on the interview's present time."""
        self.excepted = interview_id
        self._open(await perform(page.begin_move, self.excepted))
        self.open_signal = signal()

    @rx.event
    async def drop(self, interview_id: str, starts_at: str) -> Any:
        """Move an interview to a day or a local time of the calendar where it was dropped."""
        await self._announce(await perform(page.drop_interview, interview_id, starts_at))
        return refresh(self)

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Move the interview to the typed time."""
        typed = {name: form.get(name, "") for name in TIMES}
        async with self._submitting(form):
            await self._announce(await perform(page.move_interview, self.excepted, typed))
            self.done = self.opened
            return refresh(self)
