"""The first page of the day."""

from collections.abc import Callable
from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import dashboard
from tracker.services.actions import answering
from tracker.services.applications import moving
from tracker.shapes.dashboard import Dashboard
from tracker.state.base import nothing, perform
from tracker.state.shown import Shown


class Today(Shown, AppState):
    """What is due, what comes next, and how the search goes."""

    _anew: ClassVar[tuple[str, ...]] = ("board",)
    _only_sent: ClassVar[tuple[str, ...]] = ("board",)
    _shows: ClassVar[frozenset[str]] = frozenset(
        {"application", "interview", "event", "set_aside", "snapshot", "priority"}
    )
    # A snapshot is written when the day is over, and so tells of a new one
    board: Dashboard | None = None
    _whole: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the day as it stands."""
        if await self._greet():
            self._whole = ""
        await self._catch_up()

    @rx.event
    async def show_all(self, group: str) -> None:
        """Show all actions of one stretch of time."""
        self._whole = group
        await self._catch_up()

    @rx.event
    async def follow_up(self, application_id: str, key: str) -> None:
        """Log a follow-up from the list of what is due."""
        await self._do(key, moving.follow_up, application_id)

    @rx.event
    async def thank(self, interview_id: str, key: str) -> None:
        """Note that a thank-you was sent."""
        await self._do(key, answering.thank, interview_id)

    @rx.event
    async def move(self, application_id: str, to: str) -> None:
        """Move an application to a stage, or close it: `closed:no_response`."""
        stage, _, outcome = to.partition(":")
        await self._do("", moving.move, [application_id], stage, outcome)

    @rx.event
    async def put_off(self, application_id: str, kind: str, about: str, when: str) -> None:
        """Put an action off for so many days, or dismiss it."""
        asked = (application_id, kind, about)
        if when == "dismiss":
            await self._do("", answering.dismiss, *asked)
        elif when.isdecimal():
            await self._do("", answering.snooze, *asked, int(when[:4]))

    async def _do(self, key: str, verb: Callable[..., str], *args: Any) -> None:
        try:
            await self._act_once(key, nothing, verb, *args)
        finally:
            await self._catch_up()

    async def _catch_up(self) -> None:
        self.board = await perform(dashboard.today, self._whole)
