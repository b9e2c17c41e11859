"""Two versions of the letter that is shown, side by side."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.letters.comparison import compare
from tracker.services.pages.letter import NO_PAIR, Pair
from tracker.shapes.letter_versions import Comparison
from tracker.state.base import SignedIn, perform


class LetterVersions(SignedIn, AppState):
    """The two versions, while they are compared."""

    _anew: ClassVar[tuple[str, ...]] = ("comparison",)
    comparison: Comparison | None = None

    @rx.event
    async def compare(self, letter_id: str) -> None:
        """Compare the shown version with the previous one."""
        self.comparison = await perform(compare, letter_id)

    @rx.event
    async def against(self, other: str) -> None:
        """Show the version beside another."""
        if self.comparison is not None and other != self.comparison.shown:
            self.comparison = await perform(compare, self.comparison.shown, other)

    @rx.event
    async def close(self) -> None:
        """Compare no longer."""
        self.comparison = None

    @property
    def _pair(self) -> Pair:
        return (self.comparison.shown, self.comparison.other) if self.comparison else NO_PAIR
