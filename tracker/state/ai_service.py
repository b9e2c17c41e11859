"""The AI service in Settings: the user's own service, its connection test, and today's usage."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFresh, Sorry
from tracker.framework.app_state import AppState
from tracker.framework.guard import signed_in
from tracker.services.model import user_service
from tracker.services.model.connection_check import check_connection_for
from tracker.services.model.timed_stream import Timeouts
from tracker.services.pages import settings as page
from tracker.shapes.model import ConnectionTest, ServiceForm
from tracker.state.account import show_sign_in_needed
from tracker.state.base import Form, fields_of, perform
from tracker.state.live_page import LivePage

QUICK = Timeouts(connect=4, first=15, between=5, total=20)
"""Timeouts of a connection test, in seconds."""
_TRIES = ThreadPoolExecutor(4, "connection-try")
"""Apart from the threads everybody's pages are made in, so that a server that doesn't answer keeps nobody else waiting."""


class AIService(LivePage, Form, AppState):
    """The AI service in use, with the result of its connection test."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    _shows: ClassVar[frozenset[str]] = frozenset({"own_service", "model_call"})
    sheet: ServiceForm | None = None
    is_trying: bool = False
    tried: str = ""
    is_well: bool = False

    def _begin(self, sheet: ServiceForm) -> None:
        self.errors, self.tried, self.is_trying, self.sheet = {}, "", False, sheet

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Save the user's own AI service."""
        try:
            async with self._submitting(form):
                done = await perform(page.save_service, fields_of(form))
                self.tried, self.sheet = "", await self._announce(done)
        except NotFresh as sorry:
            await show_sign_in_needed(self, "key", sorry)

    @rx.event
    async def forget(self) -> Any:
        """Delete the user's own AI service with its key."""
        try:
            done = await perform(page.forget_service)
            self.tried, self.errors, self.sheet = "", {}, await self._announce(done)
        except NotFresh as sorry:
            await show_sign_in_needed(self, "key", sorry)

    @rx.event(background=True)
    async def try_it(self) -> None:
        """Test the connection to the AI service in the background and show the result."""
        async with self:
            if self.is_trying:
                return
            self.is_trying, self.tried = True, ""
        try:
            service = await perform(user_service.service_of)
            attempt = partial(check_connection_for, signed_in().user_id, service, QUICK)
            tested = await asyncio.get_running_loop().run_in_executor(_TRIES, attempt)
        except Sorry as sorry:
            tested = ConnectionTest(False, sorry.message)
        async with self:
            self.is_trying, self.tried, self.is_well = False, tested.sentence, tested.is_ok

    async def _catch_up(self) -> None:
        self.sheet = await perform(user_service.read)
