"""Tab without a browser: speaks the framework's protocol over a real socket, and times the answers."""

import json
import re
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl
from uuid import uuid4

import aiohttp

from bench.servers import WebServer

HYDRATE = "reflex___state____state.hydrate_and_load"
NAVIGATE = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"
SHELL = "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___badge____badge.load"
"""Event that the frame of each Pursuit page sends when it is mounted, that is, on every navigation."""
LOADED = '"is_hydrated_rx_state_":true'
"""Text in the last message of a page load."""
MARK = re.compile(r'"loaded_rx_state_":"([^"]+)"')
"""Mark of a page's search field, which its events repeat."""
TIMEOUT = 20


@dataclass(frozen=True)
class Answer:
    """Seconds until an action's last message, and the bytes of each message before compression."""

    seconds: float
    frames: list[int] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """Return the bytes of all messages."""
        return sum(self.frames)

    @property
    def largest(self) -> int:
        """Return the bytes of the longest message."""
        return max(self.frames, default=0)


class Tab:
    """One tab of one user; `visit` loads a page and `call` calls a handler, one at a time."""

    def __init__(self, server: WebServer, cookie: str = "") -> None:
        self.server, self.cookie, self.path = server, cookie, "/"
        self.token, self.mark = str(uuid4()), ""

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession()
        address = f"{self.server.origin}/_event/?EIO=4&transport=websocket&token={self.token}"
        headers = {"Origin": self.server.origin, "Cookie": self.cookie}
        self.socket = await self.session.ws_connect(address, headers=headers, max_msg_size=0)
        await self.socket.receive_str()
        self.is_new = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()
        await self.session.close()

    async def visit(self, path: str) -> Answer:
        """Load a page: the first one as when a browser opens the socket, others as when it navigates."""
        self.path = path
        shell = [self._packet(self._event(SHELL, {}))] if self.cookie else []
        if self.is_new:
            self.is_new = False
            boot = f"40/_event,{json.dumps({'event': self._event(HYDRATE, {})})}"
            return await self._answer([boot, *shell], LOADED)
        return await self._answer([*shell, self._packet(self._event(NAVIGATE, {}))], LOADED)

    async def call(self, name: str, until: str, payload: dict[str, Any]) -> Answer:
        """Call a handler; the answer is complete when a message contains `until`."""
        return await self._answer([self._packet(self._event(name, payload))], until)

    async def _answer(self, packets: list[str], until: str) -> Answer:
        frames: list[int] = []
        started = time.perf_counter()
        for packet in packets:
            await self.socket.send_str(packet)
        while True:
            try:
                message = await self.socket.receive_str(timeout=TIMEOUT)
            except TimeoutError:
                raise AssertionError(f"{until} never came after {packets[-1][:300]}") from None
            if message == "2":
                await self.socket.send_str("3")
                continue
            frames.append(len(message.encode()))
            if mark := MARK.search(message):
                self.mark = mark[1]
            if until in message:
                return Answer(time.perf_counter() - started, frames)
            assert "Something broke" not in message, message

    def _packet(self, event: dict[str, Any]) -> str:
        return f"42/_event,{json.dumps(['event', event])}"

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        parameters = dict(parse_qsl(query))
        if path.startswith("/applications/"):
            parameters["application_id"] = path.rpartition("/")[2]
        router_data = {"pathname": path, "asPath": self.path, "query": parameters}
        return {"name": name, "payload": payload, "router_data": router_data}
