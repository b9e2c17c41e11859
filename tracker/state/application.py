"""One application's page."""

from typing import Any

import reflex as rx

from tracker.errors import Conflict, NotFound
from tracker.services.applications import editing, moving, reading, removing
from tracker.services.applications.labels import FIELD_LABELS
from tracker.shapes.applications import ApplicationDetail, Clash
from tracker.state.base import Form, perform
from tracker.state.guard import AppState

TABS = ("overview", "interviews", "contacts", "posting", "notes", "activity")


class ApplicationView(Form, AppState):
    """What the page shows, which field is being edited, and two texts where they clash."""

    detail: ApplicationDetail | None = None
    tab: str = "overview"
    editing: str = ""
    is_missing: bool = False
    clash: Clash | None = None

    @rx.var
    def title(self) -> str:
        """What the browser's tab says."""
        return (
            f"{self.detail.role} at {self.detail.company} · Pursuit"
            if self.detail
            else "Application · Pursuit"
        )

    @rx.event
    async def load(self) -> None:
        """Show the application and the tab that the address names."""
        await self._greet()
        asked = self.router.url.query_parameters.get("tab", "overview")
        self.tab = asked if asked in TABS else "overview"
        self.editing, self.clash, self.errors = "", None, {}
        await self._refresh()

    @rx.event
    async def edit(self, field: str) -> None:
        """Begin to edit a field in place."""
        self.editing, self.errors = str(field), {}

    @rx.event
    async def cancel(self) -> None:
        """Leave the field as it was."""
        self.editing, self.errors = "", {}

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep what was typed in one field; if it was changed elsewhere meanwhile, show both texts."""
        field, value, was = (str(form.get(name, "")) for name in ("field", "value", "was"))
        await self._keep(field, value, was)

    @rx.event
    async def resolve(self, form: dict[str, Any]) -> None:
        """Keep the text the person made of the two, on top of the newer one."""
        clash = self.clash
        if clash is not None:
            await self._keep(clash.field, str(form.get("value", "")), clash.theirs)

    @rx.event
    async def rate(self, excitement: str) -> None:
        """Say how exciting the job is, 1 to 5."""
        if self.detail is not None:
            await self._keep("excitement", str(excitement), str(self.detail.excitement or ""))

    @rx.event
    async def move(self, to: str) -> None:
        """Move the application to a stage, or close it."""
        stage, _, outcome = str(to).partition(":")
        await self._change(moving.move, [self._id], stage, outcome)

    @rx.event
    async def follow_up(self) -> None:
        """Log a follow-up."""
        await self._change(moving.follow_up, self._id)

    @rx.event
    async def delete(self) -> Any:
        """Delete the application and go back to the list, where it can be brought back."""
        await self._act(removing.remove, [self._id])
        return rx.redirect("/applications")

    @property
    def _id(self) -> str:
        return str(getattr(self, "application_id", ""))

    async def _keep(self, field: str, value: str, was: str) -> None:
        self.clash = None
        try:
            kept = await self._attempt(editing.edit, self._id, field, value, was)
        except Conflict as clash:
            self.clash = Clash(clash.field, FIELD_LABELS[clash.field], clash.mine, clash.theirs)
            self.editing = ""
            return
        if kept is not None:
            self.editing = ""
            await self._refresh()

    async def _change(self, verb: Any, *args: Any) -> None:
        await self._act(verb, *args)
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            self.detail, self.is_missing = await perform(reading.detail, self._id), False
        except NotFound:
            self.detail, self.is_missing = None, True
