"""The first page of the day."""

from typing import ClassVar

import reflex as rx

from tracker.services import dashboard
from tracker.services.applications import moving
from tracker.shapes.dashboard import Dashboard
from tracker.state.base import SignedIn, perform
from tracker.state.guard import AppState


class Today(SignedIn, AppState):
    """What is due, what comes next, and how the search goes."""

    _anew: ClassVar[tuple[str, ...]] = ("board",)
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
