"""Strict parser of the event socket's packets."""

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
"""Close, ping, pong, disconnect from the namespace, and connect to it without an event."""
MAX_ADDRESS = 2_000
"""Characters of a page's address; a longer one loses its query, and a longer path is cut."""
MAX_DEPTH = 8
BROWSER_ERROR = ".handle_frontend_exception"
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""Strings of a JSON text. The quantifier is possessive, so that an unclosed string takes linear time."""
_NON_STRUCTURE = re.compile(r"[^\[\]{},]+")
_ENCODED_NUL = re.compile("%00")
_SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
log = logging.getLogger(__name__)


class Malformed(ValueError):
    """Packet that no page of Pursuit sends; its socket is closed."""


@dataclass(frozen=True)
class Limits:
    """Largest packet allowed: its bytes, and the brackets and commas outside its strings."""

    size: int
    structure: int


SIGNED_IN = Limits(size=512 * 1024, structure=4_000)
ANONYMOUS = Limits(size=8 * 1024, structure=80)
"""The sign-in page's largest packet is under 2 kB."""


class Handlers(Protocol):
    """Registry of event handlers, such as `tracker.framework.event_arguments`."""

    def is_handler(self, name: str) -> bool:
        """Return True when a handler has this full name."""

    def check_arguments(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return a handler's arguments converted by its annotations; raises ValueError when they don't fit."""


def strict_packet(text: str | None, handlers: Handlers, limits: Limits) -> str | None:
    """Return the packet rebuilt from its validated parts; None for one to drop.

    Events that a page of an older version may send are dropped. Raises Malformed for anything else.
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
    """Parse a packet's JSON after checking its size; characters that PostgreSQL can't store are replaced."""
    structure = _NON_STRUCTURE.sub("", _TEXT.sub("", text))
    if len(structure) > limits.structure or _depth(structure) > MAX_DEPTH:
        raise Malformed("structure")
    try:
        body = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("JSON") from None
    return _storable(body) if _SUSPECT.search(text) else body


def _depth(structure: str) -> int:
    depth = deepest = 0
    for character in structure:
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _storable(value: Any) -> Any:
    """Remove NULs from a JSON value and replace lone surrogates with U+FFFD."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value).replace("\0", "")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _connect(body: Any, handlers: Handlers) -> dict[str, Any] | None:
    """Validate a CONNECT packet: the page's version and its first event."""
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
    """Turn an error of the page's code into the bounded report that client errors use."""
    message = one_line(payload.get("info", ""), 200)
    return ["client_error", {"error_type": "frontend_exception", "message": message}]


def _event(event: Any, handlers: Handlers) -> dict[str, Any] | None:
    match event:
        case {"name": str() as name, **rest}:
            payload, location = _mapping(rest.get("payload")), _mapping(rest.get("router_data"))
        case _:
            raise Malformed("event")
    page_location = _location(location)
    if not handlers.is_handler(name):
        return None
    try:
        arguments = handlers.check_arguments(name, payload)
    except ValueError as problem:
        log.warning("Refused an event: %s (%s)", name.rpartition(".")[2], one_line(str(problem), 200))
        return None
    return {"name": name, "payload": arguments, "router_data": page_location}


def _location(router_data: Mapping[str, Any]) -> dict[str, Any]:
    """Validate the page's location; empty for an event without one."""
    if not router_data:
        return {}
    path = _address(_text(router_data.get("pathname", "/"), SIGNED_IN.size)[:MAX_ADDRESS])
    address, query = (
        _text(router_data.get("asPath", path), SIGNED_IN.size),
        _mapping(router_data.get("query")),
    )
    if len(address) > MAX_ADDRESS:
        address, query = path, {}
    return {
        "pathname": path,
        "asPath": _address(address),
        "query": {key: _text(query[key], MAX_ADDRESS) for key in query},
    }


def _address(text: str) -> str:
    """Return a local path with its query, beginning with a single slash; raises Malformed."""
    address = "/" + _without_nul(text).lstrip("/\\")
    try:
        urlsplit(address)
    except ValueError:
        raise Malformed("address") from None
    return address


def _without_nul(text: str) -> str:
    """Remove encoded NULs, including those that a removal creates."""
    while (shorter := _ENCODED_NUL.sub("", text)) != text:
        text = shorter
    return text


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict | None):
        raise Malformed("object")
    return value or {}


def _text(value: Any, max_length: int) -> str:
    if not isinstance(value, str) or len(value) > max_length:
        raise Malformed("text")
    return value
