"""Explanation of a score, and comparison of two applications."""

from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import comparison as page
from tracker.services.priority import comparison
from tracker.shapes.applications import Card
from tracker.shapes.priority import Comparison, ExplainedScore
from tracker.state.base import SignedIn, perform, refresh


class ScoreExplanation(SignedIn, AppState):
    """The reasons of the score whose popover is open."""

    of: str = ""
    explained: ExplainedScore | None = None

    @rx.event
    async def show(self, application_id: str) -> Any:
        """Recompute an application's reasons; reload the page if the score changed with the day."""
        if self.of != application_id:
            self.explained = None
        self.of = application_id
        self.explained = await perform(comparison.explain, self.of)
        return refresh(self) if self.explained.was != self.explained.score else None


class Compare(SignedIn, AppState):
    """The two applications of the address, factor by factor, or one with applications to compare."""

    _anew: ClassVar[tuple[str, ...]] = ("others",)
    loaded: bool = False
    left: str = ""
    right: str = ""
    is_missing: bool = False
    compared: Comparison | None = None
    others: list[Card] = []

    @rx.event
    async def load(self) -> None:
        """Show the applications of the address."""
        await self._greet()
        query = self.router.url.query_parameters
        self.left, self.right = query.get("a", ""), query.get("b", "")
        shown = await perform(page.page, self.left, self.right)
        self.others = shown.others
        self._show(shown.comparison)
        self.loaded = True

    @rx.event
    async def choose(self, side: str, application_id: str) -> None:
        """Compare another application with the one that is shown."""
        if side == "left":
            self.left = application_id
        else:
            self.right = application_id
        self._show(await perform(page.compare, self.left, self.right))

    @rx.var
    def address(self) -> str:
        """The path and query that show this comparison."""
        return f"/compare?a={self.left}&b={self.right}"

    def _show(self, compared: Comparison | None) -> None:
        self.compared = compared
        self.is_missing = compared is None and bool(self.left and self.right)
