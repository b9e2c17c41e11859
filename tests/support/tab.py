"""Tab without a browser: speaks Reflex's protocol over a real socket, and can send anything."""

import json
import socket
import time
from contextlib import suppress
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from simple_websocket import Client, ConnectionClosed
from simple_websocket.ws import Base
from wsproto.connection import ConnectionType

from tests.support.server import WebServer

HYDRATE = "reflex___state____state.hydrate_and_load"
TIMEOUT = 30


class Refused(Exception):
    """Raised when the server refuses the socket."""


class BrowserLikeClient(Client):  # type: ignore[misc]
    """WebSocket client that names the port in its Host header, as every browser does."""

    def __init__(self, url: str, host: str, headers: dict[str, str]) -> None:
        parts = urlsplit(url)
        self.host_header, self.path = host, f"{parts.path}?{parts.query}"
        self.subprotocols: list[str] = []
        self.extra_headeers = list(headers.items())  # as the library spells it
        # The library's own way to connect leaks the socket if nothing listens.
        connection = socket.create_connection((parts.hostname, parts.port))
        Base.__init__(self, connection, connection_type=ConnectionType.CLIENT)

    def handshake(self) -> None:
        """Request the WebSocket upgrade."""
        self.host = self.host_header
        try:
            super().handshake()
        except BaseException:
            self.sock.close()
            raise


class Tab:
    """Socket of one tab, and all packets it received."""

    def __init__(
        self, served: WebServer, *, cookie: str = "", token: str = "", path: str = "/", **headers: str
    ) -> None:
        self.token, self.path = token or str(uuid4()), path
        self.raw: list[str] = []
        all_headers = {"Cookie": cookie, "Origin": served.origin, **headers}
        host = all_headers.pop("Host", f"127.0.0.1:{served.port}")
        address = f"ws://127.0.0.1:{served.port}/_event/?EIO=4&transport=websocket&token={self.token}"
        try:
            self.socket = BrowserLikeClient(
                address, host, headers={name: all_headers[name] for name in all_headers if all_headers[name]}
            )
        except Exception as error:
            raise Refused(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ConnectionClosed):
            self.socket.close()

    def hydrate(self) -> Self:
        """Connect and load the state, as a page does."""
        self.connect().wait_for("is_hydrated")
        return self

    def connect(self) -> Self:
        """Connect and request the state, without waiting for it."""
        self.send_packet(f"40/_event,{json.dumps({'event': self._event(HYDRATE, {})})}")
        return self

    def send_packet(self, packet: str) -> None:
        """Send a raw packet."""
        self.socket.send(packet)

    def send(self, name: str, /, **payload: Any) -> None:
        """Call a handler by its full name."""
        self.send_packet(f"42/_event,{json.dumps(['event', self._event(name, payload)])}")

    def wait_for(self, text: str) -> str:
        """Return the first unread packet that contains this text."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            packet = self.read(deadline - time.monotonic())
            if packet and text in packet:
                return packet
        raise AssertionError(f"{text!r} never came; this did: {self.raw}")

    def wait_for_close(self) -> int:
        """Return the code with which the server closes the socket."""
        deadline = time.monotonic() + TIMEOUT
        try:
            while time.monotonic() < deadline:
                self.read(deadline - time.monotonic())
        except ConnectionClosed as closed:
            return int(closed.reason)
        raise AssertionError("the socket stays open")

    def read(self, seconds: float) -> str | None:
        """Return the next packet; pings are answered."""
        packet = self.socket.receive(timeout=max(seconds, 0.01))
        if packet is None:
            return None
        self.raw.append(packet)
        if packet == "2":
            self.socket.send("3")
        return str(packet)

    def event_data(self, name: str) -> str:
        """Return the data of the first Socket.IO event of this name."""
        packet = next(packet for packet in self.raw if f'["{name}"' in packet)
        return str(json.loads(packet.partition(",")[2])[1])

    def settled(self) -> str:
        """Return all packets received, after a ping was answered."""
        self.send_packet('42/_event,["ping"]')
        self.wait_for('"pong"')
        return "\n".join(self.raw)

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        parameters = dict(parse_qsl(query))
        if path.count("/") == 2:
            parameters[f"{path.split('/')[1].removesuffix('s')}_id"] = path.rpartition("/")[2]
        return {
            "name": name,
            "payload": payload,
            "router_data": {"pathname": path, "asPath": self.path, "query": parameters, "search": query},
        }
