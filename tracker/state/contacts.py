"""The list of contacts, and the dialog that adds one."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.contacts import contact_list
from tracker.services.pages import dialogs as page
from tracker.shapes.contacts import ContactItem
from tracker.state.base import Form, fields_of, key_of, perform, refresh
from tracker.state.live_page import LivePage
from tracker.state.signals import signal


class Contacts(LivePage, AppState):
    """The page of contacts that is shown."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "contacts")
    _shows: ClassVar[frozenset[str]] = frozenset({"contact", "application_contact", "application"})
    loaded: str = ""
    words: str = ""
    address: str = ""
    contacts: list[ContactItem] = []
    page: int = 1
    has_more: bool = False
    _pages: list[str] = [""]

    @rx.event
    async def load(self) -> None:
        """Show the contacts that the address asks for."""
        await self._greet()
        words = self.router.url.query_parameters.get("q", "")
        # The same mark is set again, since a new page needs it, but what is typed stays in its field.
        self.loaded = self.loaded if self.loaded and words == self.words else signal()
        await self._show(words)

    @rx.event(supersedes=True)
    async def search(self, words: str, mark: str) -> None:
        """Show the contacts that match these words, as they are typed into the field with this mark."""
        if mark == self.loaded:
            await self._show(words)

    @rx.event
    async def turn_page(self, forward: bool) -> None:
        """Show the next or previous page."""
        number = self.page + (1 if forward else -1)
        if 1 <= number <= len(self._pages):
            self.page = number
            await self._refresh()

    async def _show(self, words: str) -> None:
        self.words = words[:200]
        self.address = "/contacts" + (f"?{urlencode({'q': self.words})}" if self.words.strip() else "")
        self._pages, self.page = [""], 1
        await self._refresh()

    async def _catch_up(self) -> None:
        await self._refresh()

    async def _refresh(self) -> None:
        page = await perform(contact_list.page, self.words, self._pages[self.page - 1])
        self.contacts, self.has_more = page.contacts, bool(page.after)
        self._pages = [*self._pages[: self.page], *([page.after] if page.after else [])]


class AddContact(Form, AppState):
    """The dialog that adds a contact: contacts with the same email address, and invalid fields."""

    same: list[ContactItem] = []
    done: str = ""

    @rx.event
    async def check_email(self, email: str) -> None:
        """See whether someone with this address is there already."""
        self.same = await perform(contact_list.same_email, email[:400])

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Add the contact, linked with an application if the form names one."""
        typed = fields_of(form)
        application_id = typed.pop("application", "")
        async with self._submitting(form):
            await self._announce(await perform(page.add_contact, typed, application_id, key_of(form)))
            self.same, self.done = [], signal()
            return refresh(self)
