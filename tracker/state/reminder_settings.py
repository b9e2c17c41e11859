"""The reminder settings of the Settings page."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import settings as page
from tracker.services.reminders import reminder_settings
from tracker.shapes.preferences import RemindersForm
from tracker.state.base import Form, fields_of, perform


class ReminderSettings(Form, AppState):
    """Reminder settings."""

    sheet: RemindersForm | None = None

    def _begin(self, sheet: RemindersForm) -> None:
        self.errors, self.sheet = {}, sheet

    @rx.event
    async def catch_up(self) -> None:
        """Show changes saved elsewhere."""
        self.sheet = await perform(reminder_settings.read)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the reminder settings."""
        async with self._submitting(form):
            self.sheet = await self._announce(await perform(page.save_reminders, fields_of(form)))
