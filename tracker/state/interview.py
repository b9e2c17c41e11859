"""One interview's page."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from tracker.db import Scope
from tracker.framework.app_state import AppState
from tracker.services.interviews import listing, scheduling, settling
from tracker.services.interviews.fields import FIELD_LABELS
from tracker.shapes.interviews import InterviewDetail, InterviewLine
from tracker.state.base import perform
from tracker.state.clashing import NO_FORM
from tracker.state.in_place import InPlace

SETTLES = {
    "done": settling.mark_done,
    "cancelled": settling.cancel,
    "no_show": settling.no_show,
    "scheduled": settling.reopen,
}


class InterviewView(InPlace, AppState):
    """The interview, what it overlaps, and the stars of the debrief being written."""

    _anew: ClassVar[tuple[str, ...]] = ("detail",)
    _shows: ClassVar[frozenset[str]] = frozenset({"interview", "application"})
    detail: InterviewDetail | None = None
    clashes: list[InterviewLine] = []
    _rating: str = ""
    _fold: str = ""

    @rx.var
    def title(self) -> str:
        """What the browser's tab says."""
        return (
            f"{self.detail.line.kind_label}, {self.detail.line.subject} · Pursuit"
            if self.detail
            else "Interview · Pursuit"
        )

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Show the interview that the address names."""
        if self.detail is not None and self.detail.line.id != self._id:
            self.detail = None
            yield
        await self._begin()

    @rx.event
    async def settle(self, state: str) -> None:
        """Say what became of the interview, or put it back on the calendar."""
        if state in SETTLES:
            await self._change(SETTLES[state], self._id)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep what was typed in one field, and which of two equal times it means."""
        self._fold = form.get("fold", "")
        field, value, was = (form.get(name, "") for name in ("field", "value", "was"))
        await self._keep(field, value, was, form)

    @rx.event
    async def begin_debrief(self) -> None:
        """Someone writes in the debrief's form, which may stand open without being asked for."""
        self._begun = "debrief"

    @rx.event
    async def debrief(self, form: dict[str, str]) -> None:
        """Keep how it went; if that was written elsewhere meanwhile, show both texts."""
        self._rating = form.get("rating", "")
        await self._keep("debrief", form.get("value", ""), form.get("was", ""), form)

    @rx.event
    async def delete(self) -> Any:
        """Delete the interview and go back to the calendar, where it can be brought back."""
        await self._act(settling.delete, self._id)
        return rx.redirect("/interviews")

    @property
    def _id(self) -> str:
        return getattr(self, "interview_id", "")

    def _edits(self) -> Callable[[Scope, str, str, str], Any]:
        row_id, rating, fold = self._id, self._rating, self._fold

        def keep(scope: Scope, field: str, value: str, was: str) -> str:
            if field == "debrief":
                return settling.debrief(scope, row_id, value, rating, was)
            return scheduling.edit(scope, row_id, {field: value, "fold": fold}, {field: was})

        return keep

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        self.twice = ""
        await super()._keep(field, value, was, form)
        if self.detail is not None and "fold" in self.errors:
            typed = {**self.detail.typed, field: value}
            seen = await perform(scheduling.preview, typed["starts_at"], typed["zone"], typed["minutes"])
            self.twice, self.choices, self.errors = seen.question, seen.choices, {field: self.errors["fold"]}

    def _called(self, field: str) -> str:
        return FIELD_LABELS.get(field, "Debrief")

    def _keeping(self, begun: Any, now: Any, fields: set[str]) -> Any:
        kept = super()._keeping(begun, now, fields)
        if "debrief" not in fields:
            return kept
        return replace(
            kept, line=replace(kept.line, needs_debrief=begun.line.needs_debrief, rating=begun.line.rating)
        )

    async def _catch_up(self) -> Any:
        """A debrief's form that stands open is left open: word that somebody has begun to write in it may still be on its way."""
        begun = self._begun
        if self.detail is not None and self.detail.line.needs_debrief:
            self._begun = "debrief"
        await super()._catch_up()
        self._begun = begun

    def _reader(self) -> Callable[[Scope], tuple[InterviewDetail, list[InterviewLine]]]:
        return partial(_with_clashes, interview_id=self._id)

    def _take(self, found: tuple[InterviewDetail, list[InterviewLine]] | None) -> None:
        super()._take(found[0] if found else None)
        self.clashes = found[1] if found else self.clashes


def _with_clashes(scope: Scope, interview_id: str) -> tuple[InterviewDetail, list[InterviewLine]]:
    found = listing.detail(scope, interview_id)
    if not found.line.is_scheduled or found.line.is_past:
        return found, []
    typed = found.typed
    return found, scheduling.clashes(
        scope, typed["starts_at"], typed["zone"], typed["minutes"], found.line.id, typed["fold"]
    )
