"""The palette: everything one can do, and every application, found by a few letters."""

import reflex as rx

from tracker.services.applications import listing
from tracker.shapes.applications import Card
from tracker.shapes.filters import Filters
from tracker.state.base import SignedIn, perform
from tracker.state.guard import AppState


class Palette(SignedIn, AppState):
    """What was found for the letters typed so far."""

    words: str = ""
    cards: list[Card] = []

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Find what holds these words; with none, what was used last."""
        self.words = str(words).strip().lower()
        self.cards = (await perform(listing.page, Filters(q=str(words)), "", 8)).cards
