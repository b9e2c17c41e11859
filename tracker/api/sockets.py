"""What a socket may send: strict packets, no more and no faster than a person's page would."""

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
from tracker.services.sessions import fingerprint, tied
from tracker.settings import settings

log = logging.getLogger(__name__)
MESSAGE = "4"
"""The packet that asks something of the application, in Engine.IO's numbers."""
BROKEN = 1008
"""The close code of a socket that breaks the rules."""
KEPT_HEADERS = (
    *(b"host", b"origin", b"connection", b"upgrade", b"user-agent", b"accept-language", b"sec-websocket-key"),
    *(b"sec-websocket-version", b"sec-websocket-extensions", b"sec-websocket-protocol"),
)
MAX_REFUSALS = 100
REFUSAL_SECONDS = 5
"""How many sockets are told at once that they have no place, and how long each may take to listen."""
_refusals = 0
_OPEN = '0{"sid":"none","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'


def bound(scope: Scope, address: str) -> Scope:
    """The socket's scope with its tab's token tied to its session, the session as a fingerprint only, and the client's `address`.

    The token lies in the address, hence in logs of proxies; tied so, it opens nothing without the cookie. And what
    the application keeps of a socket's headers lies in Redis, where no session token has any business, nor megabytes of
    anybody's.
    """
    mark = fingerprint(token_in(Headers(scope=scope).get("cookie", "")))
    kept = [
        (name, value[:300] if name.lower() == b"user-agent" else value)
        for name, value in scope["headers"]
        if name.lower() in KEPT_HEADERS and (len(value) <= 300 or name.lower() == b"user-agent")
    ]
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if token := query.get("token", [""])[0]:
        query["token"] = [tied(token, mark)]
    return {
        **scope,
        "client": (address, 0),
        "headers": [*kept, (b"cookie", mark.encode())],
        "query_string": urlencode(query, doseq=True).encode(),
    }


def names_tab(scope: Scope) -> bool:
    """Whether a socket says which tab it is: the framework logs all that comes over one that doesn't."""
    return bool(parse_qs(scope["query_string"].decode("latin-1")).get("token"))


@dataclass(frozen=True)
class Allowance:
    """What one socket may send: bounds of a packet, and token buckets of packets and bytes with their refill a second."""

    packet: packets.Limits
    burst: int
    rate: float
    byte_burst: int
    byte_rate: float
    turnstile: "Turnstile | None" = None
    """What all sockets of this kind go through, one packet after the other."""


async def tell_refusal(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    """Open a socket only to tell its page, in the protocol's own words, why it has no place."""
    global _refusals
    if _refusals >= MAX_REFUSALS:
        await refuse(receive, send, reason)
        return
    _refusals += 1
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
            await send({"type": "websocket.close", "code": BROKEN})
    except TimeoutError:
        await send({"type": "websocket.close", "code": BROKEN})
    finally:
        _refusals -= 1


async def refuse(receive: Receive, send: Send, reason: str) -> None:
    """Turn a socket away before it is open."""
    await receive()
    await send({"type": "websocket.close", "code": BROKEN, "reason": reason})


class Bucket:
    """A token bucket: lets a burst through, then `rate` a second."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._left, self._at = burst, time.monotonic()

    def take(self, number: float = 1) -> bool:
        """Whether `number` more are within measure."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - number
        self._at = now
        return self._left >= 0


class Turnstile:
    """Lets a burst through, then `rate` a second, whoever they are; the others wait for their turn."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._next = time.monotonic() - burst / rate

    async def pass_through(self) -> None:
        """Return when it is one's turn; each web process lets its share through."""
        now, rate = time.monotonic(), self._rate / settings().web_process_count
        self._next = max(self._next, now - self._burst / self._rate) + 1 / rate
        if self._next > now:
            await asyncio.sleep(self._next - now)


STRANGERS = Turnstile(burst=60, rate=30)
"""What all strangers ask for together, so that it has time for the people who are signed in."""


MEMBER = Allowance(packets.MEMBER, burst=200, rate=60, byte_burst=2 * 1024 * 1024, byte_rate=128 * 1024)
STRANGER = Allowance(
    packets.STRANGER, burst=40, rate=4, byte_burst=32 * 1024, byte_rate=4 * 1024, turnstile=STRANGERS
)


class Watch:
    """Stands between a socket and the application, and hands on only what the application can answer."""

    def __init__(
        self, receive: Receive, send: Send, handlers: packets.Handlers, allowance: Allowance
    ) -> None:
        self._receive, self._send, self._handlers = receive, send, handlers
        self._turnstile = allowance.turnstile
        self._limits = allowance.packet
        self._packets = Bucket(allowance.burst, allowance.rate)
        self._bytes = Bucket(allowance.byte_burst, allowance.byte_rate)

    async def receive(self) -> Message:
        """The next message worth handing on; a socket that breaks the rules is closed."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            try:
                packet = self._strict(message.get("text"))
            except packets.Malformed as problem:
                log.warning("Closed a socket: a packet broke the rules (%s)", problem)
                await self._send({"type": "websocket.close", "code": BROKEN})
                return {"type": "websocket.disconnect", "code": BROKEN}
            if packet is not None:
                if self._turnstile and packet[:1] == MESSAGE:
                    await self._turnstile.pass_through()
                return {"type": "websocket.receive", "text": packet}

    def _strict(self, text: str | None) -> str | None:
        if not (self._packets.take() and self._bytes.take(len(text or ""))):
            raise packets.Malformed("rate")
        return packets.strict_packet(text, self._handlers, self._limits)
