"""Command palette: commands, and applications, contacts and interviews found by a few letters."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import palette
from tracker.shapes.palette import PaletteResults
from tracker.state.base import SignedIn, perform


class Palette(SignedIn, AppState):
    """Matches of the typed letters."""

    words: str = ""
    matches: PaletteResults = PaletteResults()

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Search for these words; without words, show the most recent items."""
        self.words = words.strip().lower()
        self.matches = await perform(palette.search, words)
