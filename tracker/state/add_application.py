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

    likenesses: list[PossibleDuplicate] = []
    done: str = ""
    _seen: dict[str, str] = {}

    @rx.event
    async def look(self, field: str, value: str) -> None:
        """See whether what is being typed is there already."""
        self._seen = {**self._seen, field: value[:2000]}
        seen = self._seen
        company, role, address = (seen.get(name, "") for name in ("company", "role", "posting_url"))
        is_enough = bool((company and role) or address)
        self.likenesses = (
            await perform(creation.possible_duplicates, company, role, address) if is_enough else []
        )

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Keep the application; what is wrong is said beside its field and the rest stays as typed."""
        typed = fields_of(form)
        async with self._submitting(form):
            await self._announce(await perform(page.add_application, typed, key_of(form)))
            self.likenesses, self._seen, self.done = [], {}, signal()
            return refresh(self)
