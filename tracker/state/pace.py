"""The cadence of next actions, as Settings shows it."""

from typing import Any

import reflex as rx

from tracker.services.actions import pace
from tracker.state.base import Form, perform
from tracker.state.guard import AppState


class Pace(Form, AppState):
    """The days typed for each step of the cadence."""

    typed: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        """Show the cadence as it is."""
        self.typed, self.errors = await perform(pace.typed), {}

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the cadence."""
        typed = {name: str(value) for name, value in form.items()}
        if await self._attempt(pace.save, typed) is not None:
            self.typed = {**self.typed, **typed}
            await self._say("Cadence saved")
