"""Interviews as an agenda, and as a month's and a week's calendar."""

from datetime import date
from typing import Any, ClassVar

import reflex as rx

from tracker.db import Scope
from tracker.framework.app_state import AppState
from tracker.services.interviews import calendar, interview_lists
from tracker.shapes.interviews import AgendaDay, Calendar, InterviewItem, PastPage
from tracker.state.base import perform
from tracker.state.invitations import ImportInvitation
from tracker.state.live_page import LivePage

VIEWS = ("agenda", "month", "week")


class Interviews(LivePage, AppState):
    """Interviews page: the agenda with past interviews, or a calendar."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "days", "waiting", "past", "grid")
    _shows: ClassVar[frozenset[str]] = frozenset({"interview", "application"})
    loaded: bool = False
    view: str = "agenda"
    days: list[AgendaDay] = []
    waiting: list[InterviewItem] = []
    past: list[InterviewItem] = []
    page: int = 1
    has_more: bool = False
    grid: Calendar | None = None
    day: str = ""
    _pages: list[str] = [""]

    @rx.event
    async def load(self) -> Any:
        """Show the view and the day that the address asks for, and an uploaded invitation."""
        await self._greet()
        query = dict(self.router.url.query_parameters)
        view = query.get("view", "")
        await self._show(view if view in VIEWS else "agenda", query.get("day", ""))
        self.loaded = True
        key = query.get("invitation", "")
        return ImportInvitation.read_upload(key, query.get("for", "")) if key else None

    @rx.event
    async def turn_page(self, forward: bool) -> None:
        """Show the next or previous page of past interviews."""
        page = self.page + (1 if forward else -1)
        if 1 <= page <= len(self._pages):
            self.page = page
            self._lay_out(await perform(interview_lists.past, self._pages[page - 1]))

    async def _catch_up(self) -> None:
        if self.view != "agenda":
            await self._show(self.view, self.day)
            return
        self.days, past = await perform(_agenda, self._pages[self.page - 1])
        self._lay_out(past)

    async def _show(self, view: str, day: str) -> None:
        self.view = view
        if view == "agenda":
            self._pages, self.page, self.day = [""], 1, ""
            self.days, past = await perform(_agenda)
            self._lay_out(past)
        else:
            self.grid = await perform(_grid, view, day)
            self.day = _away(self.grid)

    def _lay_out(self, past: PastPage) -> None:
        self.waiting = [line for line in past.interviews if line.needs_debrief]
        self.past = [line for line in past.interviews if not line.needs_debrief]
        self.has_more = bool(past.after)
        self._pages = [*self._pages[: self.page], *([past.after] if past.after else [])]


def _agenda(scope: Scope, after: str = "") -> tuple[list[AgendaDay], PastPage]:
    return interview_lists.agenda(scope), interview_lists.past(scope, after)


def _grid(scope: Scope, view: str, day: str) -> Calendar:
    """Return the month or week of a day; today's for an invalid day."""
    try:
        shown_day = date.fromisoformat(day) if day else scope.today
    except ValueError:
        shown_day = scope.today
    if shown_day.year not in calendar.YEARS:
        shown_day = scope.today
    if view == "month":
        return calendar.month(scope, shown_day.year, shown_day.month)
    return calendar.week(scope, shown_day.isoformat())


def _away(grid: Calendar) -> str:
    """A day of the grid for the other views to open on; empty, which means today, while today is on it."""
    cells: list[Any] = [cell for week in grid.weeks for cell in week]
    return "" if any(cell.is_today and not cell.is_other_month for cell in cells) else grid.here
