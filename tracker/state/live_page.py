"""Pages that follow changes made elsewhere."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx

from tracker.errors import NotSignedIn
from tracker.framework.live import LiveState, on_every_page, shown_at
from tracker.services import outages
from tracker.state.base import SignedIn

log = logging.getLogger(__name__)


class LivePage(LiveState, SignedIn, mixin=True):
    """State of a page that reloads after changes made elsewhere."""

    @rx.event
    async def catch_up(self) -> Any:
        """Reload what changed elsewhere, and keep the user's input; unexpected errors are only logged."""
        if type(self) not in (*shown_at(self.router.url.path), *on_every_page()):
            return None
        try:
            # Only its own load greets a page: an address may be known before that has run, and who comes is asked only once.
            await self._show_who()
            return await self._catch_up()
        except Exception as error:
            if isinstance(error, NotSignedIn) or outages.temporary_outage_of(error):
                raise
            log.exception("A page couldn't catch up; it will at its next load")
            return None

    async def _catch_up(self) -> Any:
        """Reload what is shown, without losing a selection, filter, page or text being typed."""
        raise NotImplementedError

    @asynccontextmanager
    async def _catching_up_on_failure(self) -> AsyncIterator[None]:
        """Show the page as it is by now where the block fails, and fail all the same."""
        try:
            yield
        except Exception:
            await self._catch_up()
            raise
