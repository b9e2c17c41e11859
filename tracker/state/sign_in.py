"""The sign-in page: which door there is, and why the last attempt led nowhere."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.framework.guard import public, visitor
from tracker.services import sessions
from tracker.services.sign_in import local_path
from tracker.settings import settings
from tracker.shapes.sign_in import sentence_of


class SignInState(AppState):
    """What the sign-in page shows."""

    provider: str = ""
    address: str = ""
    next_path: str = "/"
    is_local: bool = False
    is_ready: bool = False
    is_again: bool = False
    """Whether somebody who is signed in is to confirm that it's them."""
    session_end: str = ""
    """How the session ended that this browser had, `expired` or `ended`: what becomes of the drafts it keeps."""
    trouble: str = ""

    @rx.event
    @public
    async def load(self) -> Any:
        """Show the door of this installation; someone already signed in is sent on, or confirms who they are."""
        asked = self.router.url.query_parameters
        wanted = local_path(asked.get("next", "/"))
        self.is_again = bool(visitor()) and "again" in asked
        self.session_end = "" if visitor() else await asyncio.to_thread(_end_of, self.router.headers.cookie)
        if visitor() and not self.is_again:
            return rx.redirect(wanted, replace=True)
        self.is_ready = True
        self.is_local = not settings().provider_configured
        self.provider = "" if self.is_local else settings().provider_name
        self.next_path = wanted
        self.address = (
            f"/auth/start?{urlencode({'next': wanted, **({'fresh': '1'} if self.is_again else {})})}"
        )
        self.trouble = sentence_of(asked.get("problem", ""))
        return None


def _end_of(mark: str) -> str:
    """How the session of a token of this fingerprint ended; the edge put it in the place of the cookies."""
    return "ended" if sessions.was_ended(mark) else "expired"
