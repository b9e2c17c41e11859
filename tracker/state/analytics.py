"""The analytics page: what is counted, and what is shown of it."""

from typing import ClassVar
from uuid import uuid4

import reflex as rx

from tracker.services.figures import showing
from tracker.shapes.analytics import Analytics
from tracker.shapes.figures import Selection
from tracker.state.base import perform
from tracker.state.guard import AppState
from tracker.state.live import Shown

NARROWS = {"period", "since", "until", "source", "tag", "role"}


class AnalyticsView(Shown, AppState):
    """The figures of a selection, which stands in the address."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "shown", "sources", "tags")
    _shows: ClassVar[frozenset[str]] = frozenset({"application", "event"})
    loaded: str = ""
    shown: Analytics | None = None
    selection: Selection = Selection()
    address: str = ""
    sources: list[str] = []
    tags: list[str] = []
    is_narrowed: bool = False
    _day: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the figures that the address asks for."""
        await self._greet()
        query = {name: str(value) for name, value in self.router.url.query_parameters.items()}
        await self._show(Selection.of_query(query), query.get("day", ""))
        self.loaded = str(uuid4())

    @rx.event(supersedes=True)
    async def narrow(self, field: str, value: str) -> None:
        """Set one filter; an empty value takes it away, and a period offered takes the person's own dates away."""
        await self._narrow(str(field), str(value))

    @rx.event(supersedes=True)
    async def search_role(self, words: str) -> None:
        """Count what holds these words in its role, as they are typed."""
        await self._narrow("role", str(words))

    @rx.event
    async def clear_filters(self) -> None:
        """Count everything again."""
        await self._show(Selection())
        self.loaded = str(uuid4())

    @rx.event(supersedes=True)
    async def look_at(self, day: str) -> None:
        """Show the pipeline as it stood on another day."""
        await self._show(self.selection, str(day))

    async def _catch_up(self) -> None:
        """Count again, over the selection and the day that are shown."""
        await self._show(self.selection, self._day)

    async def _narrow(self, field: str, value: str) -> None:
        if field in NARROWS:
            dates = {"since": "", "until": ""} if field == "period" else {}
            asked = {**vars(self.selection), field: value, **dates}
            await self._show(Selection.of_query(asked), self._day)

    async def _show(self, selection: Selection, day: str = "") -> None:
        shown, offers = await perform(showing.offered, selection, day)
        self._day = day
        self.shown, (self.sources, self.tags) = shown, offers
        self.selection = selection
        more = {"day": shown.day} if day and shown.day == day else {}
        self.address = selection.address(**more)
        self.is_narrowed = selection != Selection()
