"""Cache of recognized sessions, so that not every event queries PostgreSQL.

What is kept here opens no rows: each transaction insists for itself that its session lives (`tracker/db.py`).
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


class Recognized:
    """Cache of the signed-in users of recent events, by the hash of their session token."""

    def __init__(self) -> None:
        self._people: TTLCache[str, Who] = TTLCache(MAX_SESSIONS, SECONDS)
        self._times_forgotten = 0

    def get(self, mark: str) -> Who | None:
        """Return the cached user of a token hash, or None."""
        user: Who | None = self._people.get(mark)
        return user

    async def find(self, mark: str) -> Who | None:
        """Look up a session by its token hash, and cache it unless a change arrived meanwhile."""
        before = self._times_forgotten
        user = await asyncio.to_thread(sessions.find_by, mark)
        if user and before == self._times_forgotten:
            self._people[mark] = user
        return user

    def forget(self, user_id: UUID | str = "") -> None:
        """Drop the cached sessions of a user, or of everyone."""
        self._times_forgotten += 1
        for mark, user in list(self._people.items()):
            if not user_id or str(user.user_id) == str(user_id):
                self._people.pop(mark, None)

    def hear(self, changed: ChangeNotification) -> None:
        """Drop the cached sessions that a change concerns."""
        if changed.is_all:
            self.forget()
        elif USER_TABLES & changed.rows.keys():
            self.forget(changed.user_id)


recognized = Recognized()
"""The cache of this process."""
