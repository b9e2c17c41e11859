"""The cadence of next actions, as Settings shows it."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.actions import cadence_settings
from tracker.services.pages import settings as page
from tracker.state.base import perform
from tracker.state.synced_form import SyncedForm


class CadenceSettings(SyncedForm, AppState):
    """The days typed for each step of the cadence."""

    def _begin(self, typed: dict[str, str]) -> None:
        self.errors = {}
        self._follow(typed)

    @rx.event
    async def catch_up(self) -> None:
        """Show changes saved elsewhere."""
        self._follow(await perform(cadence_settings.typed))

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the cadence."""
        changed = self._changed(form)
        async with self._submitting(form):
            await self._announce(await perform(page.save_cadence, changed))
            self._start_from(changed)
