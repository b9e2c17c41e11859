"""Registry of open tabs of this web process, with their users and pages."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reflex_base.registry import RegistrationContext

from tracker.live import ChangeNotification


@dataclass(eq=False)
class Tab:
    """Socket of a user, with the changes that its page doesn't show yet."""

    user_id: str
    path: str
    router_data: dict[str, Any] = field(repr=False)
    changes: ChangeNotification | None = None
    delivery: asyncio.Task[None] | None = None
    last_event_at: float = 0.0

    @property
    def sid(self) -> str:
        """Return the id of the tab's socket."""
        return str(self.router_data["sid"])

    @property
    def token(self) -> str:
        """Return the key of the tab's state."""
        return str(self.router_data["token"])

    @property
    def idle_seconds(self) -> float:
        """Return the seconds since the tab's last event began."""
        return time.monotonic() - self.last_event_at


class Tabs:
    """The open tabs, by socket and by user."""

    def __init__(self) -> None:
        self._by_socket: dict[str, Tab] = {}
        self._by_user: dict[str, set[Tab]] = defaultdict(set)

    def register(self, user_id: str, path: str, router_data: dict[str, Any]) -> bool:
        """Register a tab's page, unless the tab is closed; return True if it came from another page.

        A tab that reloads its page, or reconnects on a new socket, didn't come from another.
        """
        router = dict(router_data)
        if not router.get("token") or not _is_open(str(router.get("sid", ""))):
            return False
        tab = self._by_socket.setdefault(str(router["sid"]), Tab(user_id, path, router))
        was_elsewhere = tab.path != path
        tab.path, tab.router_data = path, router
        self._by_user[user_id].add(tab)
        return was_elsewhere

    def remove(self, sid: str) -> None:
        """Remove the tab of a closed socket, and cancel what was to be delivered to it."""
        if tab := self._by_socket.pop(sid, None):
            self._by_user[tab.user_id].discard(tab)
            if not self._by_user[tab.user_id]:
                del self._by_user[tab.user_id]
            if tab.delivery:
                tab.delivery.cancel()

    def note_event(self, sid: str) -> None:
        """Note that an event of the tab with this socket begins."""
        if tab := self._by_socket.get(sid):
            tab.last_event_at = time.monotonic()

    def of_user(self, user_id: str) -> list[Tab]:
        """Return a user's open tabs."""
        return list(self._by_user.get(user_id, ()))

    def with_token(self, token: str) -> Tab | None:
        """Return the open tab whose state is stored under a token."""
        return next((tab for tab in self if tab.token == token), None)

    def __iter__(self) -> Iterator[Tab]:
        return iter(list(self._by_socket.values()))

    def __len__(self) -> int:
        return len(self._by_socket)


def _is_open(sid: str) -> bool:
    namespace = RegistrationContext.get().app.event_namespace
    return namespace is not None and bool(namespace.server.manager.is_connected(sid, namespace.namespace))


tabs = Tabs()
"""The tabs of this process."""
