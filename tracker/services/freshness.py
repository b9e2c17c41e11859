"""A fresh sign-in, asked for before what can't be undone."""

from datetime import timedelta

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFresh
from tracker.models import user_sessions

FRESH = timedelta(minutes=10)
"""How long after signing in a person may delete the account or change a key."""


def is_fresh(scope: Scope) -> bool:
    """Whether the person signed in within the last ten minutes.

    What has no browser's session isn't done from a browser but by the command line or a job, which nobody can hijack so.
    """
    if scope.who.session_id is None:
        return True
    began = scope.session.scalar(
        select(user_sessions.created_at).where(
            user_sessions.user_id == scope.user_id, user_sessions.id == scope.who.session_id
        )
    )
    return began is not None and scope.now - began <= FRESH


def insist(scope: Scope) -> None:
    """Refuse with NotFresh unless the person has just signed in."""
    if not is_fresh(scope):
        raise NotFresh
