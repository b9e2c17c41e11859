"""The steps of journeys that lead ahead."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute


class Line:
    """The connection between a page and the server, on which answers can be held back."""

    def __init__(self, page: Page) -> None:
        self._held: list[tuple[Callable[[str | bytes], None], str | bytes]] = []
        self._is_held = False
        page.route_web_socket(re.compile("_event"), self._carry)

    def hold(self) -> None:
        """Let no answer through from now on."""
        self._is_held = True

    def let_go(self) -> None:
        """Let all answers through, those held back first."""
        self._is_held = False
        for send, message in self._held:
            send(message)
        self._held.clear()

    def _carry(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def answer(message: str | bytes) -> None:
            if self._is_held:
                self._held.append((socket.send, message))
            else:
                socket.send(message)

        server.on_message(answer)
