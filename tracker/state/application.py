"""One application's page."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import application as page
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.field_labels import FIELD_LABELS
from tracker.state.application_tabs import ApplicationContacts, ApplicationInterviews, ApplicationMatch
from tracker.state.base import fields_of, key_of, perform
from tracker.state.edit_conflicts import NO_FORM
from tracker.state.in_place_editing import InPlaceEditing
from tracker.state.letter_generation import LetterGeneration
from tracker.state.letters import Letters
from tracker.state.live_page import LivePage
from tracker.state.signals import signal

TABS = ("overview", "interviews", "contacts", "posting", "letter", "notes", "activity")


class ApplicationView(InPlaceEditing, AppState):
    """Application page: its details, the edited field and any edit conflict."""

    _anew: ClassVar[tuple[str, ...]] = ("detail",)
    _beside: ClassVar[tuple[type[LivePage], ...]] = (LetterGeneration,)
    _shows: ClassVar[frozenset[str]] = frozenset({"contact", "profile", "position", "bullet"})
    _shows_own: ClassVar[frozenset[str]] = frozenset(
        {"application", "event", "interview", "application_contact", "priority", "letter"}
    )
    detail: ApplicationDetail | None = None
    tab: str = "overview"
    followed_up: str = ""
    """A new value closes the dialog that logs a follow-up."""

    @rx.var
    def title(self) -> str:
        """Return the browser tab's title."""
        return (
            f"{self.detail.role} at {self.detail.company} · Pursuit"
            if self.detail
            else "Application · Pursuit"
        )

    @rx.event
    async def load(self) -> AsyncIterator[Any]:
        """Show the application and the tab that the address names, and begin to edit the field that it names."""
        if self.detail is not None and self.detail.id != self._id:
            self.detail = None
            yield
        tab = self.router.url.query_parameters.get("tab", "overview")
        self.tab = tab if tab in TABS else "overview"
        field = self.router.url.query_parameters.get("edit", "")
        await self._begin(field if field in FIELD_LABELS else "")
        yield list(filter(None, (self._part(), LetterGeneration.load if self.tab == "letter" else None)))

    @rx.event
    async def rate(self, excitement: str) -> None:
        """Say how exciting the job is, 1 to 5."""
        if self.detail is not None:
            await self._keep("excitement", excitement, str(self.detail.excitement or ""))

    @rx.event
    async def move(self, to: str) -> None:
        """Move the application to a stage, or close it."""
        stage, _, outcome = to.partition(":")
        done = await perform(page.move, self._id, stage, outcome)
        self._follow(await self._announce(done))

    @rx.event
    async def follow_up(self, form: dict[str, str]) -> None:
        """Log a follow-up and close its dialog."""
        async with self._submitting(form):
            done = await perform(page.follow_up, self._id, fields_of(form), key_of(form))
            self._follow(await self._announce(done))
            self.followed_up = signal()

    @rx.event
    async def delete(self, key: str) -> Any:
        """Delete the application and go back to the list, where it can be brought back."""
        await self._announce(await perform(page.delete, self._id, key), key)
        return rx.redirect("/applications")

    @property
    def _id(self) -> str:
        return getattr(self, "application_id", "")

    def _part(self) -> Any:
        """Return the event that loads the open tab, if it needs more than the application."""
        parts = {
            "interviews": ApplicationInterviews.load,
            "contacts": ApplicationContacts.load,
            "posting": ApplicationMatch.load,
            "letter": Letters.load,
        }
        return None if self.is_missing else parts.get(self.tab)

    async def _catch_up(self) -> Any:
        await super()._catch_up()
        return self._part()

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> Any:
        async with self._editing_field(form):
            await self._end_editing(await perform(page.edit_field, self._id, field, value, was))
        return self._part() if self.tab == "posting" and field in ("posting_text", "role") else None

    def _called(self, field: str) -> str:
        return FIELD_LABELS[field]

    async def _read(self) -> ApplicationDetail | None:
        return await perform(page.page, self._id)
