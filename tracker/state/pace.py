"""The cadence of next actions, as Settings shows it."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.actions import pace
from tracker.state.base import perform
from tracker.state.sheets import Sheet


class Pace(Sheet, AppState):
    """The days typed for each step of the cadence."""

    @rx.event
    async def load(self) -> None:
        """Show the cadence as it is."""
        self.errors = {}
        await self.catch_up()

    @rx.event
    async def catch_up(self) -> None:
        """Show what was saved elsewhere."""
        self._follow(await perform(pace.typed))

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep the cadence."""
        changed = self._changed(form)
        if await self._submit(form, pace.save, changed) is not None:
            self._start_from(changed)
            await self._say("Cadence saved")
