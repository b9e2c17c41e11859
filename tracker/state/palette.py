"""The palette: everything one can do, and every application, contact and interview, found by a few letters."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import palette
from tracker.shapes.palette import PaletteResults
from tracker.state.base import SignedIn, perform


class Palette(SignedIn, AppState):
    """What was found for the letters typed so far."""

    words: str = ""
    found: PaletteResults = PaletteResults()

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Find what holds these words; with none, what was used last."""
        self.words = words.strip().lower()
        self.found = await perform(palette.search, words)
