"""The fresh sign-in required before irreversible actions."""

from datetime import timedelta

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFresh
from tracker.models import user_sessions
from tracker.shapes.enumerations import Door

MAX_AGE = timedelta(minutes=10)
"""Age of a sign-in up to which the account can be deleted or a key changed."""


def is_fresh(scope: Scope) -> bool:
    """Return true if the user signed in within the last ten minutes.

    Actions without a browser session come from the command line or a job, where no session can be hijacked, or from a
    program with a token, which is never fresh.
    """
    if scope.who.session_id is None:
        return scope.door is not Door.API
    began = scope.session.scalar(
        select(user_sessions.created_at).where(
            user_sessions.user_id == scope.user_id, user_sessions.id == scope.who.session_id
        )
    )
    return began is not None and scope.now - began <= MAX_AGE


def require_fresh(scope: Scope) -> None:
    """Raise NotFresh unless the user signed in within the last ten minutes."""
    if not is_fresh(scope):
        raise NotFresh
