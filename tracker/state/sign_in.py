"""Sign-in page: the ways to sign in, and why the last attempt failed."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.framework.guard import current_user, public
from tracker.services import sessions
from tracker.services.sign_in import local_path
from tracker.settings import settings
from tracker.shapes.sign_in import sentence_of


class SignInState(AppState):
    """The sign-in page."""

    provider: str = ""
    address: str = ""
    next_path: str = "/"
    is_local: bool = False
    is_ready: bool = False
    is_again: bool = False
    """Whether a signed-in user signs in again before an irreversible action."""
    session_end: str = ""
    """How the session ended that this browser had, `expired` or `ended`: what becomes of the drafts it keeps."""
    was_deleted: bool = False
    """Whether the account of that session was deleted just now."""
    trouble: str = ""

    @rx.event
    @public
    async def load(self) -> Any:
        """Show how to sign in; redirect users who are signed in, unless they must sign in again."""
        query = self.router.url.query_parameters
        wanted = local_path(query.get("next", "/"))
        self.is_again = bool(current_user()) and "again" in query
        self.session_end, self.was_deleted = (
            ("", False) if current_user() else await asyncio.to_thread(_end_of, self.router.headers.cookie)
        )
        if current_user() and not self.is_again:
            return rx.redirect(wanted, replace=True)
        self.is_ready = True
        self.is_local = not settings().provider_configured
        self.provider = "" if self.is_local else settings().provider_name
        self.next_path = wanted
        self.address = (
            f"/auth/start?{urlencode({'next': wanted, **({'fresh': '1'} if self.is_again else {})})}"
        )
        self.trouble = sentence_of(query.get("problem", ""))
        return None


def _end_of(mark: str) -> tuple[str, bool]:
    """Return how the session with this token hash ended, and whether its account was deleted.

    The edge replaced the cookie with the hash.
    """
    return ("ended", sessions.was_deleted(mark)) if sessions.was_ended(mark) else ("expired", False)
