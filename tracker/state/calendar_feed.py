"""The calendar feed in Settings: its parts, and its address just after it was created."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.calendar_files import feeds
from tracker.services.pages import settings as page
from tracker.shapes.calendar_files import FeedAddress, FeedForm, FeedPage
from tracker.shapes.notice import Done
from tracker.state.base import Form, fields_of, perform
from tracker.state.live_page import LivePage


class CalendarFeeds(LivePage, Form, AppState):
    """The calendar feed; its address is shown until the page is loaded again."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    _shows: ClassVar[frozenset[str]] = frozenset({"calendar_feed"})
    sheet: FeedForm | None = None
    address: FeedAddress | None = None

    def _begin(self, sheet: FeedForm) -> None:
        self.sheet, self.address = sheet, None

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Create the feed with the ticked parts, or change its parts."""
        async with self._submitting(form):
            await self._take(await perform(page.save_feed, fields_of(form)))

    @rx.event
    async def replace(self) -> None:
        """Give the feed another address; the previous one stops working."""
        await self._take(await perform(page.replace_feed))

    @rx.event
    async def end(self) -> None:
        """Delete the feed; its address stops working."""
        await self._take(await perform(page.end_feed))

    async def _take(self, done: Done[FeedPage]) -> None:
        shown = await self._announce(done)
        self.sheet = shown.form
        self.address = shown.address or (self.address if shown.form.is_active else None)

    async def _catch_up(self) -> None:
        self.sheet = await perform(feeds.read)
