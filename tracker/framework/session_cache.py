"""Cache of recognized sessions, so that not every event queries PostgreSQL.

A cached session grants no access to rows: each transaction checks for itself that its session is still valid (`tracker/db.py`).
"""

import asyncio
from uuid import UUID

from cachetools import TTLCache

from tracker.live import ChangeNotification
from tracker.services import sessions
from tracker.shapes.people import Who

SECONDS = 5
"""Seconds after which a session is looked up again, in case a notification was missed."""
MAX_SESSIONS = 20_000
USER_TABLES = frozenset({"app_user", "preferences", "user_session"})
"""Tables with the user's account, preferences and sessions."""


class SessionCache:
    """Cache of the signed-in users of recent events, by the hash of their session token."""

    def __init__(self) -> None:
        self._users: TTLCache[str, Who] = TTLCache(MAX_SESSIONS, SECONDS)
        self._invalidations = 0

    def get(self, token_hash: str) -> Who | None:
        """Return the cached user of a token hash, or None."""
        user: Who | None = self._users.get(token_hash)
        return user

    async def look_up(self, token_hash: str) -> Who | None:
        """Look up a session by its token hash, and cache it unless a change arrived meanwhile."""
        before = self._invalidations
        user = await asyncio.to_thread(sessions.find_by, token_hash)
        if user and before == self._invalidations:
            self._users[token_hash] = user
        return user

    def forget(self, user_id: UUID | str = "") -> None:
        """Drop the cached sessions of a user, or of everyone."""
        self._invalidations += 1
        for token_hash, user in list(self._users.items()):
            if not user_id or str(user.user_id) == str(user_id):
                self._users.pop(token_hash, None)

    def drop_changed(self, changed: ChangeNotification) -> None:
        """Drop the cached sessions that a change concerns."""
        if changed.is_all:
            self.forget()
        elif USER_TABLES & changed.rows.keys():
            self.forget(changed.user_id)


session_cache = SessionCache()
"""The cache of this process."""
