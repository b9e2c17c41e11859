"""Socket gateway: strict packets, token buckets, and session tokens kept out of Redis and logs."""

import asyncio
import json
import logging
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from tracker.api import packets
from tracker.cookies import token_in
from tracker.services.sessions import tab_key, token_hash
from tracker.settings import settings

log = logging.getLogger(__name__)
MESSAGE = "4"
"""The Engine.IO type of packets for the application."""
POLICY_VIOLATION = 1008
"""WebSocket close code for a packet that breaks the rules."""
FORWARDED_HEADERS = (
    *(b"host", b"origin", b"connection", b"upgrade", b"user-agent", b"accept-language", b"sec-websocket-key"),
    *(b"sec-websocket-version", b"sec-websocket-extensions", b"sec-websocket-protocol"),
)
MAX_REFUSALS = 100
REFUSAL_SECONDS = 5
"""Limit of refused sockets that are open at once to deliver the reason, and the timeout of each."""
_refusals = asyncio.Semaphore(MAX_REFUSALS)
_OPEN = '0{"sid":"none","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'


def bound_to_session(scope: Scope, address: str) -> Scope:
    """Return a scope with the session's hash as cookie and a tab token bound to that session.

    The tab token is part of the URL and may be in a proxy's log: bound to the session, it is useless without the
    cookie. Reflex stores a socket's headers in Redis, so the session token is replaced and long headers are dropped.
    """
    digest = token_hash(token_in(Headers(scope=scope).get("cookie", "")))
    headers = [
        (name, value[:300] if name.lower() == b"user-agent" else value)
        for name, value in scope["headers"]
        if name.lower() in FORWARDED_HEADERS and (len(value) <= 300 or name.lower() == b"user-agent")
    ]
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if token := query.get("token", [""])[0]:
        query["token"] = [tab_key(token, digest)]
    return {
        **scope,
        "client": (address, 0),
        "headers": [*headers, (b"cookie", digest.encode())],
        "query_string": urlencode(query, doseq=True).encode(),
    }


def has_tab_token(scope: Scope) -> bool:
    """Return True for a socket with a tab token; Reflex logs everything that comes over one without."""
    return bool(parse_qs(scope["query_string"].decode("latin-1")).get("token"))


@dataclass(frozen=True)
class Allowance:
    """Limits of one socket: its largest packet, and token buckets of packets and bytes (per second)."""

    packet: packets.Limits
    burst: int
    rate: float
    byte_burst: int
    byte_rate: float
    throttle: "Throttle | None" = None
    """Rate limit that all sockets with this allowance share."""


async def refuse_with_message(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    """Accept a socket to send the reason for its refusal as a Socket.IO error, then close it."""
    if _refusals.locked():
        await refuse(receive, send, reason)
        return
    async with _refusals:
        try:
            await receive()
            await send(
                {"type": "websocket.accept", "subprotocol": next(iter(scope.get("subprotocols", [])), None)}
            )
            await send({"type": "websocket.send", "text": _OPEN})
            async with asyncio.timeout(REFUSAL_SECONDS):
                message = await receive()
            if message["type"] == "websocket.receive":
                await send({"type": "websocket.send", "text": f"44/_event,{json.dumps({'message': reason})}"})
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        except TimeoutError:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def refuse(receive: Receive, send: Send, reason: str) -> None:
    """Refuse a socket before it is accepted."""
    await receive()
    await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": reason})


class Bucket:
    """Token bucket: allows a burst, then `rate` a second."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._left, self._at = burst, time.monotonic()

    def take(self, number: float = 1) -> bool:
        """Take `number` tokens; return False when the limit is exceeded."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - number
        self._at = now
        return self._left >= 0


class Throttle:
    """Delays callers: a burst passes at once, then `rate` a second, in order."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._next = time.monotonic() - burst / rate

    async def wait(self) -> None:
        """Wait for the caller's turn; the rate is divided among the web processes."""
        now, rate = time.monotonic(), self._rate / settings().web_process_count
        self._next = max(self._next, now - self._burst / self._rate) + 1 / rate
        if self._next > now:
            await asyncio.sleep(self._next - now)


ANONYMOUS_THROTTLE = Throttle(burst=60, rate=30)
"""Shared by all anonymous clients, which leaves the process time for signed-in users."""


SIGNED_IN = Allowance(packets.SIGNED_IN, burst=200, rate=60, byte_burst=2 * 1024 * 1024, byte_rate=128 * 1024)
ANONYMOUS = Allowance(
    packets.ANONYMOUS, burst=40, rate=4, byte_burst=32 * 1024, byte_rate=4 * 1024, throttle=ANONYMOUS_THROTTLE
)


class PacketFilter:
    """Receives a socket's messages, and passes on valid packets within the socket's allowance."""

    def __init__(
        self, receive: Receive, send: Send, handlers: packets.Handlers, allowance: Allowance
    ) -> None:
        self._receive, self._send, self._handlers = receive, send, handlers
        self._throttle = allowance.throttle
        self._limits = allowance.packet
        self._packets = Bucket(allowance.burst, allowance.rate)
        self._bytes = Bucket(allowance.byte_burst, allowance.byte_rate)

    async def receive(self) -> Message:
        """Return the next valid message; a socket that breaks the rules is closed."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            try:
                packet = self._strict(message.get("text"))
            except packets.Malformed as problem:
                log.warning("Closed a socket after an invalid packet (%s)", problem)
                await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            if packet is not None:
                if self._throttle and packet[:1] == MESSAGE:
                    await self._throttle.wait()
                return {"type": "websocket.receive", "text": packet}

    def _strict(self, text: str | None) -> str | None:
        if not (self._packets.take() and self._bytes.take(len(text or ""))):
            raise packets.Malformed("rate")
        return packets.strict_packet(text, self._handlers, self._limits)
