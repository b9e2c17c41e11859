"""The first page of the day."""

from typing import ClassVar

import reflex as rx

from tracker.services import dashboard
from tracker.services.applications import moving
from tracker.shapes.dashboard import Dashboard
from tracker.state.base import perform
from tracker.state.guard import AppState
from tracker.state.live import Shown


class Today(Shown, AppState):
    """What is due, what comes next, and how the search goes."""

    _anew: ClassVar[tuple[str, ...]] = ("board",)
    _shows: ClassVar[frozenset[str]] = frozenset({"application", "interview", "event"})
    board: Dashboard | None = None

    @rx.event
    async def load(self) -> None:
        """Show the day as it stands."""
        await self._greet()
        self.board = await perform(dashboard.today)

    @rx.event
    async def follow_up(self, application_id: str) -> None:
        """Log a follow-up from the list of what is due."""
        await self._act(moving.follow_up, str(application_id))
        self.board = await perform(dashboard.today)

    async def _catch_up(self) -> None:
        self.board = await perform(dashboard.today)
