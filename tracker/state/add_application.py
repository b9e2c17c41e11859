"""The dialog that adds an application."""

from typing import Any

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.applications import creation
from tracker.services.pages import dialogs as page
from tracker.shapes.applications import PossibleDuplicate
from tracker.state.base import Form, fields_of, key_of, perform, refresh
from tracker.state.signals import signal


class AddApplication(Form, AppState):
    """Add-application dialog: possible duplicates and invalid fields."""

    duplicates: list[PossibleDuplicate] = []
    done: str = ""
    _typed: dict[str, str] = {}

    @rx.event
    async def check_duplicates(self, field: str, value: str) -> None:
        """Look for applications like the one being typed."""
        self._typed = {**self._typed, field: value[:2000]}
        seen = self._typed
        company, role, address = (seen.get(name, "") for name in ("company", "role", "posting_url"))
        is_enough = bool((company and role) or address)
        self.duplicates = (
            await perform(creation.possible_duplicates, company, role, address) if is_enough else []
        )

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Add the application; each invalid field gets a message, and the input stays."""
        typed = fields_of(form)
        async with self._submitting(form):
            await self._announce(await perform(page.add_application, typed, key_of(form)))
            self.duplicates, self._typed, self.done = [], {}, signal()
            return refresh(self)
