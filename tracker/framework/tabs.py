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
    """One socket of a user, with the changes it still has to show."""

    user_id: str
    path: str
    router_data: dict[str, Any] = field(repr=False)
    news: ChangeNotification | None = None
    telling: asyncio.Task[None] | None = None
    acted: float = 0.0

    @property
    def sid(self) -> str:
        """The id of its socket."""
        return str(self.router_data["sid"])

    @property
    def token(self) -> str:
        """Return the key of the tab's state."""
        return str(self.router_data["token"])

    @property
    def rests_for(self) -> float:
        """The seconds since an event of the tab's began."""
        return time.monotonic() - self.acted


class Tabs:
    """The open tabs, found by socket and by person."""

    def __init__(self) -> None:
        self._by_socket: dict[str, Tab] = {}
        self._of: dict[str, set[Tab]] = defaultdict(set)

    def enter(self, user_id: str, path: str, router_data: dict[str, Any]) -> bool:
        """Register a tab's page, unless the tab is closed; return True if it came from another page.

        One that loads the same page again, or has a new socket since the connection was lost, didn't.
        """
        router = dict(router_data)
        if not router.get("token") or not _is_open(str(router.get("sid", ""))):
            return False
        tab = self._by_socket.setdefault(str(router["sid"]), Tab(user_id, path, router))
        came = tab.path != path
        tab.path, tab.router_data = path, router
        self._of[user_id].add(tab)
        return came

    def leave(self, sid: str) -> None:
        """A socket is closed: nothing is kept of it, and nothing waits for it."""
        if tab := self._by_socket.pop(sid, None):
            self._of[tab.user_id].discard(tab)
            if not self._of[tab.user_id]:
                del self._of[tab.user_id]
            if tab.telling:
                tab.telling.cancel()

    def acts(self, sid: str) -> None:
        """An event of the tab with this socket begins."""
        if tab := self._by_socket.get(sid):
            tab.acted = time.monotonic()

    def of(self, user_id: str) -> list[Tab]:
        """A person's open tabs."""
        return list(self._of.get(user_id, ()))

    def with_token(self, token: str) -> Tab | None:
        """The open tab whose state is kept under a token."""
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
