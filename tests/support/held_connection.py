"""Connection of a page on which answers can be held back, for journeys with optimistic updates."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute


class HeldConnection:
    """Connection between page and server on which answers can be held back."""

    def __init__(self, page: Page) -> None:
        self._held: list[tuple[Callable[[str | bytes], None], str | bytes]] = []
        self._is_held = False
        page.route_web_socket(re.compile("_event"), self._route)

    def hold(self) -> None:
        """Hold back all answers from now on."""
        self._is_held = True

    def release(self) -> None:
        """Let all answers through, the held ones first."""
        self._is_held = False
        for send, message in self._held:
            send(message)
        self._held.clear()

    def _route(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def answer(message: str | bytes) -> None:
            if self._is_held:
                self._held.append((socket.send, message))
            else:
                socket.send(message)

        server.on_message(answer)
