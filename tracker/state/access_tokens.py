"""Access tokens in Settings: the list, and the secret of the one just created."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFresh
from tracker.framework.app_state import AppState
from tracker.services import access_tokens
from tracker.services.pages import settings as page
from tracker.shapes.access_tokens import TokenItem
from tracker.state.base import Form, fields_of, perform
from tracker.state.live_page import LivePage


class AccessTokens(LivePage, Form, AppState):
    """The user's access tokens."""

    _anew: ClassVar[tuple[str, ...]] = ("tokens",)
    _shows: ClassVar[frozenset[str]] = frozenset({"access_token"})
    tokens: list[TokenItem] = []
    secret: str = ""
    was_refused: bool = False

    def _begin(self, tokens: list[TokenItem]) -> None:
        self.tokens, self.secret, self.errors, self.was_refused = tokens, "", {}, False

    @rx.event
    async def create(self, form: dict[str, str]) -> Any:
        """Create a token, and show its secret once."""
        try:
            async with self._submitting(form):
                done = await perform(page.create_token, fields_of(form))
                created = await self._announce(done)
                self.secret, self.tokens = created.secret, created.tokens
        except NotFresh as sorry:
            self.was_refused, self.errors = True, {"name": sorry.message}
            await self._show_wrong()

    @rx.event
    async def revoke(self, token_id: str) -> None:
        """Revoke a token at once."""
        self.tokens = await self._announce(await perform(page.revoke_token, token_id))

    async def _catch_up(self) -> None:
        self.tokens = await perform(access_tokens.own_tokens)
