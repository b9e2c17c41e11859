"""One contact's page."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.applications import application_list
from tracker.services.contacts.contact_fields import FIELD_LABELS
from tracker.services.pages import contact as page
from tracker.shapes.applications import Card
from tracker.shapes.contacts import ContactDetail
from tracker.shapes.filters import Filters
from tracker.shapes.notice import Done
from tracker.state.base import perform
from tracker.state.edit_conflicts import NO_FORM
from tracker.state.in_place_editing import InPlaceEditing
from tracker.state.link_dialog import LinkDialog


class ContactView(InPlaceEditing, AppState):
    """The contact and the applications they have to do with."""

    _anew: ClassVar[tuple[str, ...]] = ("detail",)
    _shows: ClassVar[frozenset[str]] = frozenset({"application"})
    _shows_own: ClassVar[frozenset[str]] = frozenset({"contact", "application_contact"})
    detail: ContactDetail | None = None

    @rx.var
    def title(self) -> str:
        """Return the browser tab's title."""
        return f"{self.detail.line.name} · Pursuit" if self.detail else "Contact · Pursuit"

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Show the contact that the address names."""
        if self.detail is not None and self.detail.line.id != self._id:
            self.detail = None
            yield
        await self._begin()

    @rx.event
    async def unlink(self, application_id: str, key: str) -> None:
        """Take an application off the contact; both stay."""
        done = await perform(page.unlink, self._id, application_id, key)
        self._follow(await self._announce(done, key))

    @rx.event
    async def delete(self, key: str) -> Any:
        """Delete the contact and go back to the list, where they can be brought back."""
        await self._announce(await perform(page.delete, self._id, key), key)
        return rx.redirect("/contacts")

    @property
    def _id(self) -> str:
        return getattr(self, "contact_id", "")

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        async with self._editing_field(form):
            await self._end_editing(await perform(page.edit_field, self._id, field, value, was))

    def _called(self, field: str) -> str:
        return FIELD_LABELS[field]

    async def _read(self) -> ContactDetail | None:
        return await perform(page.page, self._id)


class LinkApplication(LinkDialog, AppState):
    """The search for an application to link with the contact."""

    matches: list[Card] = []

    async def _find(self, words: str) -> None:
        self.matches = (await perform(application_list.page, Filters(q=words), "", 8)).cards

    async def _link(self, row_id: str) -> Done[None]:
        return await perform(page.link, getattr(self, "contact_id", ""), row_id)
