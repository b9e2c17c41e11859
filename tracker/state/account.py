"""Account history, and whether the sign-in is fresh enough for irreversible actions."""

from typing import ClassVar

from tracker.errors import NotFresh
from tracker.framework.app_state import AppState
from tracker.services import audit
from tracker.shapes.audit import AuditItem
from tracker.state.base import Form, perform
from tracker.state.live_page import LivePage


class Account(LivePage, AppState):
    """The account history, and whether the sign-in is fresh enough for irreversible actions."""

    _anew: ClassVar[tuple[str, ...]] = ("history",)
    _shows: ClassVar[frozenset[str]] = frozenset({"audit_entry"})
    history: list[AuditItem] = []
    is_fresh: bool = True
    """As of the page's load: a form that is being filled in doesn't vanish when the ten minutes are over."""
    was_refused: bool = False

    def _begin(self, history: list[AuditItem], is_fresh: bool) -> None:
        self.history, self.is_fresh, self.was_refused = history, is_fresh, False

    async def _catch_up(self) -> None:
        self.history = await perform(audit.own_history)


async def show_sign_in_needed(form: Form, field: str, sorry: NotFresh) -> None:
    """Report at a field that a fresh sign-in is needed, with a link to it; the input stays."""
    access = await form.get_state(Account)
    access.was_refused = True
    form.errors = {field: sorry.message}
    await form._show_wrong()
