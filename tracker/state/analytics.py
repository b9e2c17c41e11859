"""The analytics page: the selection, its figures, and the pipeline of a day."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.figures import analytics_page
from tracker.shapes.analytics import Analytics
from tracker.shapes.figures import Selection, day_or_none
from tracker.state.base import perform
from tracker.state.live_page import LivePage
from tracker.state.signals import signal

NARROWS = {"period", "source", "tag", "role"}
BOUNDS = {"since", "until"}


def is_day_or_none(typed: str) -> bool:
    """Return True for a complete date or an empty one."""
    return not typed or day_or_none(typed) == typed


class AnalyticsView(LivePage, AppState):
    """Figures of a selection of applications, which is part of the address."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "shown", "sources", "tags")
    _shows: ClassVar[frozenset[str]] = frozenset({"application", "event", "wishes"})
    loaded: str = ""
    shown: Analytics | None = None
    selection: Selection = Selection()
    address: str = ""
    sources: list[str] = []
    tags: list[str] = []
    is_narrowed: bool = False
    bounds_set: str = ""
    day_set: str = ""
    _day: str = ""
    _day_shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the figures that the address asks for."""
        await self._greet()
        query = dict(self.router.url.query_parameters)
        selection, day = Selection.of_query(query), query.get("day", "")
        is_other = (selection, day) != (self.selection, self._day)
        await self._show(selection, day)
        self._begin_dates(is_changed=is_other)
        self.loaded = signal() if is_other or not self.loaded else self.loaded

    @rx.event
    async def narrow(self, field: str, value: str) -> None:
        """Set a filter, or clear it with an empty value; a preset period clears custom dates."""
        await self._narrow(field, value)
        self._begin_dates(is_changed=field == "period")

    @rx.event
    async def bound(self, field: str, day: str) -> None:
        """Set the first or last day of the period; incomplete dates are ignored."""
        if field in BOUNDS and is_day_or_none(day) and day != getattr(self.selection, field):
            await self._show(Selection.of_query({**vars(self.selection), field: day}), self._day)

    @rx.event(supersedes=True)
    async def search_role(self, words: str, mark: str) -> None:
        """Count the applications whose role has these words, as they are typed into the field with this mark."""
        if mark == self.loaded:
            await self._narrow("role", words)

    @rx.event
    async def clear_filters(self) -> None:
        """Count everything again."""
        await self._show(Selection())
        self._begin_dates(is_changed=True)
        self.loaded = signal()

    @rx.event(supersedes=True)
    async def look_at(self, day: str) -> None:
        """Show the pipeline of another day once it is typed; an empty or future day means today."""
        if is_day_or_none(day) and self._day_shown and day != self._day_shown:
            await self._show(self.selection, day)
            self.day_set = self.day_set if self._day_shown == day else signal()

    async def _catch_up(self) -> None:
        """Count again, over the selection and the day that are shown."""
        await self._show(self.selection, self._day)

    def _begin_dates(self, *, is_changed: bool) -> None:
        """Reset the date fields after a change elsewhere; otherwise keep the input."""
        if is_changed:
            self.bounds_set = self.day_set = signal()

    async def _narrow(self, field: str, value: str) -> None:
        if field in NARROWS:
            dates = {"since": "", "until": ""} if field == "period" else {}
            selection = {**vars(self.selection), field: value, **dates}
            await self._show(Selection.of_query(selection), self._day)

    async def _show(self, selection: Selection, day: str = "") -> None:
        shown, offers = await perform(analytics_page.page_with_filters, selection, day)
        self._day, self._day_shown = day, shown.day
        self.shown, (self.sources, self.tags) = shown, offers
        self.selection = selection
        more = {"day": shown.day} if day and shown.day == day else {}
        self.address = selection.address(**more)
        self.is_narrowed = selection != Selection()
