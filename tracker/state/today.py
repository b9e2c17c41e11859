"""The first page of the day."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import dashboard
from tracker.services.pages import today as page
from tracker.shapes.dashboard import Dashboard
from tracker.state.base import perform
from tracker.state.first_steps import FirstSteps
from tracker.state.live_page import LivePage


class Today(LivePage, AppState):
    """Today page: due actions, upcoming interviews and the state of the search."""

    _anew: ClassVar[tuple[str, ...]] = ("board",)
    _beside: ClassVar[tuple[type[LivePage], ...]] = (FirstSteps,)
    _shows: ClassVar[frozenset[str]] = frozenset(
        {"application", "interview", "event", "set_aside", "snapshot", "priority"}
    )
    # A snapshot is written when the day is over, and so tells of a new one
    board: Dashboard | None = None
    _expanded: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the day as it stands."""
        if await self._greet():
            self._expanded = ""
        await self._catch_up()

    @rx.event
    async def show_all(self, group: str) -> None:
        """Show all actions of a group."""
        self._expanded = group
        await self._catch_up()

    @rx.event
    async def follow_up(self, application_id: str, key: str) -> None:
        """Log a follow-up from the list of due actions."""
        async with self._catching_up_on_failure():
            done = await perform(page.follow_up, application_id, self._expanded, key)
            self.board = await self._announce(done, key)

    @rx.event
    async def thank(self, interview_id: str, key: str) -> None:
        """Note that a thank-you was sent."""
        async with self._catching_up_on_failure():
            done = await perform(page.thank, interview_id, self._expanded, key)
            self.board = await self._announce(done, key)

    @rx.event
    async def complete_all(self, kind: str, key: str) -> None:
        """Complete all due actions of a kind."""
        async with self._catching_up_on_failure():
            done = await perform(page.complete_all, kind, self._expanded, key)
            self.board = await self._announce(done, key)

    @rx.event
    async def move(self, application_id: str, to: str) -> None:
        """Move an application to a stage, or close it: `closed:no_response`."""
        stage, _, outcome = to.partition(":")
        async with self._catching_up_on_failure():
            done = await perform(page.move, application_id, stage, outcome, self._expanded)
            self.board = await self._announce(done)

    @rx.event
    async def put_off(self, application_id: str, kind: str, about: str, when: str) -> None:
        """Snooze an action for so many days, or dismiss it."""
        async with self._catching_up_on_failure():
            if when == "dismiss":
                done = await perform(page.dismiss, application_id, kind, about, self._expanded)
            elif when.isdecimal():
                done = await perform(page.snooze, application_id, kind, about, int(when[:4]), self._expanded)
            else:
                return
            self.board = await self._announce(done)

    async def _catch_up(self) -> None:
        self.board = await perform(dashboard.today, self._expanded)
