"""The question for a user's name, for accounts that came without one."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.framework.guard import signed_in
from tracker.services import people
from tracker.services.pages import settings as page
from tracker.state.base import Form, Me, perform


class NamePrompt(Form, AppState):
    """A form with one field, until it is answered or skipped."""

    is_open: bool = False

    @rx.event
    async def load(self) -> None:
        """Ask for a name if the user has none and didn't skip the question."""
        self.is_open = not signed_in().name and await perform(people.lacks_name)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the name."""
        async with self._submitting(form):
            me = await self.get_state(Me)
            me.name = await self._announce(await perform(page.save_name, form.get("name", "")))
            self.is_open = False

    @rx.event
    async def skip(self) -> None:
        """Stop asking."""
        await perform(people.skip_name)
        self.is_open = False
