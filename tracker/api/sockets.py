"""What a socket may send: well-formed messages, to handlers that exist, no faster than a person could."""

import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from tracker.cookies import token_in
from tracker.services.sessions import fingerprint, tied

BURST = 200
EACH_SECOND = 60
BROKEN = 1008
"""The close code of a socket that breaks the rules."""


def bound(scope: Scope) -> Scope:
    """The socket's scope with its tab's token tied to its session, and the session as a fingerprint only.

    The token lies in the address, hence in logs of proxies; tied so, it opens nothing without the cookie. And what
    the application keeps of a socket's headers lies in Redis, where no session token has any business.
    """
    mark = fingerprint(token_in(Headers(scope=scope).get("cookie", "")))
    others = [(name, value) for name, value in scope["headers"] if name.lower() != b"cookie"]
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if token := query.get("token", [""])[0]:
        query["token"] = [tied(token, mark)]
    return {
        **scope,
        "headers": [*others, (b"cookie", mark.encode())],
        "query_string": urlencode(query, doseq=True).encode(),
    }


async def refuse(receive: Receive, send: Send, reason: str) -> None:
    """Turn a socket away before it is open."""
    await receive()
    await send({"type": "websocket.close", "code": BROKEN, "reason": reason})


class Bucket:
    """Lets a burst through, then so many a second."""

    def __init__(self) -> None:
        self.left, self.at = float(BURST), time.monotonic()

    def take(self) -> bool:
        """Whether one more is within measure."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * EACH_SECOND) - 1
        self.at = now
        return self.left >= 0


class Watch:
    """Stands between a socket and the application, and hands on only what the application can answer."""

    def __init__(self, receive: Receive, send: Send, known: Callable[[str], bool]) -> None:
        self._receive, self._send, self._known = receive, send, known
        self._bucket = Bucket()

    async def receive(self) -> Message:
        """The next message worth handing on; a socket that breaks the rules is closed."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            verdict = self._bucket.take() and judge(message.get("text"), self._known)
            if verdict is None:
                continue
            if verdict:
                return message
            await self._send({"type": "websocket.close", "code": BROKEN})
            return {"type": "websocket.disconnect", "code": BROKEN}


def judge(text: str | None, known: Callable[[str], bool]) -> bool | None:
    """Whether a message may pass; None for one to drop, since a page of an older version may send it."""
    if not text:
        return False
    if text[:2] not in ("40", "42"):
        return text[0] in "123" or text.startswith("41")
    start = text.find("[" if text[1] == "2" else "{")
    if start < 0:
        return text[1] == "0"
    try:
        parts = json.loads(text[start:])
    except (ValueError, RecursionError):
        return False
    event = parts.get("event") if text[1] == "0" else _event(parts)
    return True if event is None else _passes(event, known)


def _event(parts: list[object]) -> object:
    """The state event in a packet; None when the packet is one of the two others a page may send."""
    if parts and parts[0] in ("ping", "client_error"):
        return None
    return parts[1] if len(parts) == 2 and parts[0] == "event" else False


def _passes(event: object, known: Callable[[str], bool]) -> bool | None:
    if not isinstance(event, dict) or not isinstance(event.get("name"), str):
        return False
    if not all(isinstance(event.get(key, {}), Mapping) for key in ("payload", "router_data")):
        return False
    return True if known(event["name"]) else None
