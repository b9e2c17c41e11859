"""Tabs of the application page, loaded when opened."""

from typing import Any

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.contacts import contact_list
from tracker.services.interviews import interview_lists as interview_list
from tracker.services.matching import match_page
from tracker.services.pages import application as page
from tracker.shapes.contacts import ContactItem
from tracker.shapes.interviews import InterviewItem
from tracker.shapes.matching import MatchPage
from tracker.shapes.notice import Done
from tracker.state.base import SignedIn, perform, refresh
from tracker.state.link_dialog import LinkDialog


class ApplicationInterviews(SignedIn, AppState):
    """The interviews of the application that the address names."""

    of: str = ""
    lines: list[InterviewItem] = []

    @rx.event
    async def load(self) -> None:
        """Show the application's interviews in the order of time."""
        of = getattr(self, "application_id", "")
        self.lines, self.of = await perform(interview_list.of_application, of), of


class ApplicationMatch(SignedIn, AppState):
    """Requirements of the application's posting, with their evidence."""

    of: str = ""
    sheet: MatchPage | None = None

    @rx.event
    async def load(self) -> None:
        """Hold the posting against the profile as both are now."""
        await self._show()

    async def _show(self) -> None:
        of = getattr(self, "application_id", "")
        self.sheet, self.of = await perform(match_page.of_application, of), of


class ApplicationContacts(SignedIn, AppState):
    """The contacts of the application that the address names."""

    of: str = ""
    lines: list[ContactItem] = []

    @rx.event
    async def load(self) -> None:
        """Show the application's contacts by name."""
        of = getattr(self, "application_id", "")
        self.lines, self.of = await perform(contact_list.of_application, of), of

    @rx.event
    async def unlink(self, contact_id: str, key: str) -> Any:
        """Take a contact off the application; the contact stays."""
        await self._announce(await perform(page.unlink_contact, self.of, contact_id, key), key)
        return refresh(self)


class LinkContact(LinkDialog, AppState):
    """The search for a contact to link with the application."""

    matches: list[ContactItem] = []

    async def _find(self, words: str) -> None:
        self.matches = (await perform(contact_list.page, words, "", 8)).contacts

    async def _link(self, row_id: str) -> Done[None]:
        return await perform(page.link_contact, getattr(self, "application_id", ""), row_id)
