"""First steps of a new user, on the Today page."""

from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import first_steps
from tracker.services.pages import first_steps as page
from tracker.shapes.first_steps import FirstStepsSheet
from tracker.state.base import perform, refresh
from tracker.state.live_page import LivePage
from tracker.state.signals import signal


class FirstSteps(LivePage, AppState):
    """The steps that weren't skipped, and the sample data."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    _shows: ClassVar[frozenset[str]] = frozenset({"job"})
    sheet: FirstStepsSheet | None = None
    removed: str = ""
    """A new value closes the dialog that removes the sample data."""

    @rx.event
    async def load(self) -> None:
        """Show the steps that are left."""
        await self._catch_up()

    @rx.event
    async def skip(self, step: str) -> None:
        """Never show a step again."""
        self.sheet = await perform(page.skip, step)

    @rx.event
    async def add_sample(self) -> None:
        """Have the worker add the sample data; the page shows it once it is there."""
        self.sheet = await self._announce(await perform(page.request_sample))

    @rx.event
    async def remove_sample(self) -> Any:
        """Remove the sample data and everything added since."""
        self.sheet = await self._announce(await perform(page.remove_sample))
        self.removed = signal()
        return refresh(self)

    async def _catch_up(self) -> None:
        self.sheet = await perform(first_steps.read)
