"""One interview's page."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from tracker.errors import AmbiguousTime
from tracker.framework.app_state import AppState
from tracker.services.interviews.interview_fields import FIELD_LABELS
from tracker.services.pages import interview as page
from tracker.shapes.interviews import InterviewDetail, InterviewItem, InterviewPage
from tracker.shapes.notice import Done
from tracker.state.base import perform
from tracker.state.edit_conflicts import NO_FORM
from tracker.state.in_place_editing import InPlaceEditing


class InterviewView(InPlaceEditing, AppState):
    """The interview, those that it overlaps, and the rating of the debrief being written."""

    _anew: ClassVar[tuple[str, ...]] = ("detail",)
    _shows: ClassVar[frozenset[str]] = frozenset({"interview", "application"})
    detail: InterviewDetail | None = None
    clashes: list[InterviewItem] = []
    _rating: str = ""
    _fold: str = ""

    @rx.var
    def title(self) -> str:
        """Return the browser tab's title."""
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
        """Mark the interview as done, missed or cancelled, or put it back on the calendar."""
        done = await perform(page.settle, self._id, state)
        self._follow(await self._announce(done))

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save a field, with the choice between two instants of an ambiguous time."""
        self._fold = form.get("fold", "")
        field, value, was = (form.get(name, "") for name in ("field", "value", "was"))
        await self._keep(field, value, was, form)

    @rx.event
    async def begin_debrief(self) -> None:
        """Note that the debrief's form, which may be open from the start, is being written in."""
        self._begun = "debrief"

    @rx.event
    async def debrief(self, form: dict[str, str]) -> None:
        """Save the debrief; if it was changed elsewhere meanwhile, show both texts."""
        self._rating = form.get("rating", "")
        await self._keep("debrief", form.get("value", ""), form.get("was", ""), form)

    @rx.event
    async def delete(self, key: str) -> Any:
        """Delete the interview and go back to the calendar, where it can be brought back."""
        await self._announce(await perform(page.delete, self._id, key), key)
        return rx.redirect("/interviews")

    @property
    def _id(self) -> str:
        return getattr(self, "interview_id", "")

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        self.twice = ""
        async with self._editing_field(form):
            if field == "debrief":
                done = await perform(page.debrief, self._id, value, self._rating, was)
            else:
                done = await self._edit_field(field, value, was)
            await self._end_editing(done)
        if "fold" in self.errors:
            self.errors = {field: self.errors["fold"]}

    async def _edit_field(self, field: str, value: str, was: str) -> Done[InterviewPage | None]:
        """Save a field; ask for the instant of an ambiguous time."""
        try:
            return await perform(page.edit_field, self._id, field, value, was, self._fold)
        except AmbiguousTime as error:
            self.twice, self.choices = error.question, error.choices
            raise

    def _called(self, field: str) -> str:
        return FIELD_LABELS.get(field, "Debrief")

    def _keeping(self, begun: Any, now: Any, fields: set[str]) -> Any:
        merged = super()._keeping(begun, now, fields)
        if "debrief" not in fields:
            return merged
        return replace(
            merged,
            line=replace(merged.line, needs_debrief=begun.line.needs_debrief, rating=begun.line.rating),
        )

    async def _catch_up(self) -> Any:
        """Reload the page, but keep an open debrief form: the event that reports typing may be on its way."""
        begun = self._begun
        if self.detail is not None and self.detail.line.needs_debrief:
            self._begun = "debrief"
        await super()._catch_up()
        self._begun = begun

    async def _read(self) -> InterviewPage | None:
        return await perform(page.page, self._id)

    def _take(self, shown: InterviewPage | None) -> None:
        super()._take(shown and shown.detail)
        self.clashes = shown.overlapping if shown else self.clashes
