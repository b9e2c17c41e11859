"""Packets of the event socket, parsed into a strict shape before anything else sees them."""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from tracker.log_text import one_line

CONNECT, EVENT = "40/_event,", "42/_event,"
ENGINE_PACKETS = re.compile(r"[123](probe)?|41(/_event,?)?|40(/_event,?)?")
"""Close, ping, pong, leaving the namespace, and joining it without an event."""
MAX_ADDRESS = 2_000
"""Characters of a page's address; of a longer one only the path is used, and of a longer path its beginning."""
MAX_DEPTH = 8
BROWSER_ERROR = ".handle_frontend_exception"
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""Possessive, so that a text that never ends takes no longer than one that does."""
_NO_STRUCTURE = re.compile(r"[^\[\]{},]+")
_ENCODED_NUL = re.compile("%00")
_SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
log = logging.getLogger(__name__)


class Malformed(ValueError):
    """A packet that no page of Pursuit sends: its socket is closed."""


@dataclass(frozen=True)
class Limits:
    """How large a packet may be: its bytes, and the brackets and commas outside its texts."""

    size: int
    structure: int


MEMBER = Limits(size=512 * 1024, structure=4_000)
STRANGER = Limits(size=8 * 1024, structure=80)
"""The sign-in page's largest packet is under 2 kB."""


class Handlers(Protocol):
    """The event handlers there are, as `tracker.framework.event_arguments` knows them."""

    def knows(self, name: str) -> bool:
        """Whether there is a handler of this full name."""

    def check_arguments(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return a handler's arguments by their annotations; raises ValueError for those that don't fit."""


def strict_packet(text: str | None, handlers: Handlers, limits: Limits) -> str | None:
    """Return the packet rewritten with nothing but what was checked; None for one to drop.

    A page of an older version may send what is dropped. Raises Malformed.
    """
    if not text or len(text) > limits.size or len(text.encode("utf-8", "replace")) > limits.size:
        raise Malformed("size")
    if ENGINE_PACKETS.fullmatch(text):
        return text
    prefix = text[: len(EVENT)]
    if prefix not in (CONNECT, EVENT):
        raise Malformed("type")
    body = _parsed(text[len(prefix) :], limits)
    strict = _connect(body, handlers) if prefix == CONNECT else _event_packet(body, handlers)
    return None if strict is None else prefix + json.dumps(strict, ensure_ascii=False)


def _parsed(text: str, limits: Limits) -> Any:
    """The JSON of a packet, with its bounds checked first; control characters no database takes are left out."""
    structure = _NO_STRUCTURE.sub("", _TEXT.sub("", text))
    if len(structure) > limits.structure or _depth(structure) > MAX_DEPTH:
        raise Malformed("structure")
    try:
        body = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("JSON") from None
    return _storable(body) if _SUSPECT.search(text) else body


def _depth(structure: str) -> int:
    depth = deepest = 0
    for sign in structure:
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _storable(value: Any) -> Any:
    """The value without NUL, and with U+FFFD for half a surrogate pair: neither can be stored or sent back."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value).replace("\0", "")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _connect(body: Any, handlers: Handlers) -> dict[str, Any] | None:
    """A CONNECT packet, which carries the page's first event and the version it was built for."""
    if not isinstance(body, dict):
        raise Malformed("connect")
    schema, event = body.get("state_schema"), body.get("event")
    strict = {} if schema is None else {"state_schema": _text(schema, 100)}
    if event is None:
        return strict
    checked = _event(event, handlers)
    return None if checked is None else {**strict, "event": checked}


def _event_packet(body: Any, handlers: Handlers) -> list[Any] | None:
    match body:
        case ["ping"]:
            return ["ping"]
        case ["client_error", dict() as report]:
            names = ("error_type", "substate", "message")
            return ["client_error", {name: one_line(report[name], 200) for name in names if name in report}]
        case ["event", {"name": str() as name, "payload": dict() as payload}] if name.endswith(BROWSER_ERROR):
            return _browser_error(payload)
        case ["event", event]:
            checked = _event(event, handlers)
            return None if checked is None else ["event", checked]
    raise Malformed("packet")


def _browser_error(payload: Mapping[str, Any]) -> list[Any]:
    """An error of the page's own code, as the bounded and rate-limited report that other errors come in."""
    message = one_line(payload.get("info", ""), 200)
    return ["client_error", {"error_type": "frontend_exception", "message": message}]


def _event(event: Any, handlers: Handlers) -> dict[str, Any] | None:
    match event:
        case {"name": str() as name, **rest}:
            payload, location = _mapping(rest.get("payload")), _mapping(rest.get("router_data"))
        case _:
            raise Malformed("event")
    place = _location(location)
    if not handlers.knows(name):
        return None
    try:
        arguments = handlers.check_arguments(name, payload)
    except ValueError as problem:
        log.warning("Refused an event: %s (%s)", name.rpartition(".")[2], one_line(str(problem), 200))
        return None
    return {"name": name, "payload": arguments, "router_data": place}


def _location(given: Mapping[str, Any]) -> dict[str, Any]:
    """Where the page is; empty for an event that doesn't say."""
    if not given:
        return {}
    path = _address(_text(given.get("pathname", "/"), MEMBER.size)[:MAX_ADDRESS])
    address, query = _text(given.get("asPath", path), MEMBER.size), _mapping(given.get("query"))
    if len(address) > MAX_ADDRESS:
        address, query = path, {}
    return {
        "pathname": path,
        "asPath": _address(address),
        "query": {key: _text(query[key], MAX_ADDRESS) for key in query},
    }


def _address(text: str) -> str:
    """A path of ours with its query: it begins with one slash and can be parsed."""
    address = "/" + _without_nul(text).lstrip("/\\")
    try:
        urlsplit(address)
    except ValueError:
        raise Malformed("address") from None
    return address


def _without_nul(text: str) -> str:
    """Remove encoded NULs, those included that removing another one makes up."""
    while (kept := _ENCODED_NUL.sub("", text)) != text:
        text = kept
    return text


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict | None):
        raise Malformed("object")
    return value or {}


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise Malformed("text")
    return value
