"""Mixin for dialogs that search for a row and link it with the page's own."""

from typing import Any

import reflex as rx

from tracker.shapes.notice import Done
from tracker.state.base import SignedIn, refresh
from tracker.state.signals import signal


class LinkDialog(SignedIn, mixin=True):
    """Search in a dialog, with a button that links each match."""

    open_signal: str = ""
    done: str = ""

    @rx.event
    async def begin(self) -> None:
        """Open the search."""
        await self._find("")
        self.open_signal = signal()

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Show the rows that match these words."""
        await self._find(words)

    @rx.event
    async def link(self, row_id: str) -> Any:
        """Link a match with the page's row, and close the dialog."""
        await self._announce(await self._link(row_id))
        self.done = signal()
        return refresh(self)

    async def _find(self, words: str) -> None:
        """Show the matches; without words, the first of the list."""
        raise NotImplementedError

    async def _link(self, row_id: str) -> Done[None]:
        """Link a match with the page's row."""
        raise NotImplementedError
