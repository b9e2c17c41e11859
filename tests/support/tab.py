"""A tab without a browser: it speaks Reflex's protocol over a real socket, and can say anything."""

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

from tests.support.server import Served

HYDRATE = "reflex___state____state.hydrate_and_load"
PATIENCE = 30


class Refused(Exception):
    """The server let the socket in no further."""


class Knock(Client):  # type: ignore[misc]
    """A client that names the port in its Host header, as every browser does."""

    def __init__(self, url: str, named: str, headers: dict[str, str]) -> None:
        parts = urlsplit(url)
        self.named, self.path = named, f"{parts.path}?{parts.query}"
        self.subprotocols: list[str] = []
        self.extra_headeers = list(headers.items())  # as the library spells it
        # Its own way to connect leaves the socket open where nobody listens.
        connected = socket.create_connection((parts.hostname, parts.port))
        Base.__init__(self, connected, connection_type=ConnectionType.CLIENT)

    def handshake(self) -> None:
        """Ask for the socket."""
        self.host = self.named
        try:
            super().handshake()
        except BaseException:
            self.sock.close()
            raise


class Tab:
    """One tab's socket, and everything it was sent."""

    def __init__(
        self, served: Served, *, cookie: str = "", token: str = "", path: str = "/", **headers: str
    ) -> None:
        self.token, self.path = token or str(uuid4()), path
        self.raw: list[str] = []
        given = {"Cookie": cookie, "Origin": served.origin, **headers}
        named = given.pop("Host", f"127.0.0.1:{served.port}")
        address = f"ws://127.0.0.1:{served.port}/_event/?EIO=4&transport=websocket&token={self.token}"
        try:
            self.socket = Knock(address, named, headers={name: given[name] for name in given if given[name]})
        except Exception as error:
            raise Refused(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ConnectionClosed):
            self.socket.close()

    def hydrate(self) -> Self:
        """Do as a page does when it has loaded: connect and ask for its state."""
        self.knock().wait_for("is_hydrated")
        return self

    def knock(self) -> Self:
        """Connect and ask for the state, without waiting for it."""
        self.say(f"40/_event,{json.dumps({'event': self._event(HYDRATE, {})})}")
        return self

    def say(self, packet: str) -> None:
        """Send a packet as it is."""
        self.socket.send(packet)

    def send(self, name: str, /, **payload: Any) -> None:
        """Call a handler by its full name."""
        self.say(f"42/_event,{json.dumps(['event', self._event(name, payload)])}")

    def wait_for(self, words: str) -> str:
        """The first packet, of those not read yet, with these words in it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            packet = self.read(deadline - time.monotonic())
            if packet and words in packet:
                return packet
        raise AssertionError(f"{words!r} never came; this did: {self.raw}")

    def wait_for_close(self) -> int:
        """The code the server closes the socket with."""
        deadline = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < deadline:
                self.read(deadline - time.monotonic())
        except ConnectionClosed as closed:
            return int(closed.reason)
        raise AssertionError("the socket stays open")

    def read(self, seconds: float) -> str | None:
        """The next packet; pings are answered."""
        packet = self.socket.receive(timeout=max(seconds, 0.01))
        if packet is None:
            return None
        self.raw.append(packet)
        if packet == "2":
            self.socket.send("3")
        return str(packet)

    def told(self, name: str) -> str:
        """What the server said under a name of its own, of all that came."""
        packet = next(packet for packet in self.raw if f'["{name}"' in packet)
        return str(json.loads(packet.partition(",")[2])[1])

    def settled(self) -> str:
        """Everything it was sent up to now, the answer to a last harmless word included."""
        self.say('42/_event,["ping"]')
        self.wait_for('"pong"')
        return "\n".join(self.raw)

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        asked = dict(parse_qsl(query))
        if path.count("/") == 2:
            asked[f"{path.split('/')[1].removesuffix('s')}_id"] = path.rpartition("/")[2]
        return {
            "name": name,
            "payload": payload,
            "router_data": {"pathname": path, "asPath": self.path, "query": asked, "search": query},
        }
