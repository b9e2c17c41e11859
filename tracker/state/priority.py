"""Explanation of a score, and comparison of two applications."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFound
from tracker.framework.app_state import AppState
from tracker.services.applications import application_list
from tracker.services.priority import comparison
from tracker.shapes.applications import Card
from tracker.shapes.filters import Filters
from tracker.shapes.priority import Comparison, ExplainedScore
from tracker.state.base import SignedIn, perform, refresh


class Why(SignedIn, AppState):
    """The reasons of the one score that is looked at."""

    of: str = ""
    explained: ExplainedScore | None = None

    @rx.event
    async def ask(self, application_id: str) -> Any:
        """Recompute an application's reasons; reload the page if the score changed with the day."""
        if self.of != application_id:
            self.explained = None
        self.of = application_id
        self.explained = await perform(comparison.explain, self.of)
        return refresh(self) if self.explained.was != self.explained.score else None


class Compare(SignedIn, AppState):
    """Two applications that the address names, factor by factor, or one and what to hold it against."""

    _anew: ClassVar[tuple[str, ...]] = ("others",)
    loaded: bool = False
    left: str = ""
    right: str = ""
    is_missing: bool = False
    compared: Comparison | None = None
    others: list[Card] = []

    @rx.event
    async def load(self) -> None:
        """Show what the address asks for."""
        await self._greet()
        query = self.router.url.query_parameters
        self.left, self.right = query.get("a", ""), query.get("b", "")
        page = await perform(application_list.page, Filters(sort="score", stage="open"))
        self.others = page.cards
        await self._show()
        self.loaded = True

    @rx.event
    async def choose(self, side: str, application_id: str) -> None:
        """Hold another application against the one that is shown."""
        if side == "left":
            self.left = application_id
        else:
            self.right = application_id
        await self._show()

    @rx.var
    def address(self) -> str:
        """The path and query that show this comparison."""
        return f"/compare?a={self.left}&b={self.right}"

    async def _show(self) -> None:
        self.compared, self.is_missing = None, False
        if not self.left or not self.right:
            return
        try:
            self.compared = await perform(comparison.compare, self.left, self.right)
        except NotFound:
            self.is_missing = True
