"""JSON of socket packets with orjson, five times as fast as the standard library.

For Reflex 0.10.1, whose `_sio_dumps` it replaces; incoming packets are parsed at the edge.
"""

from types import SimpleNamespace
from typing import Any

import orjson
import reflex as rx
from reflex_base import otel
from reflex_base.utils.serializers import serialize

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
"""Keys as the standard library takes them, and instants as Reflex writes them."""


def encode_packets(app: rx.App) -> None:
    """Have the app's socket server encode its packets with orjson."""
    if app.sio is not None:
        packet = app.sio.packet_class
        packet.json = SimpleNamespace(dumps=dumps, loads=packet.json.loads)


def dumps(packet: Any, **options: Any) -> str:
    """Return a packet as compact JSON; values that JSON doesn't know are written as Reflex writes them."""
    encoded = orjson.dumps(packet, default=_default, option=_OPTIONS)
    if otel.enabled:
        otel.record_message_size(len(encoded), "transmit")
    return encoded.decode()


def _default(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else serialize(value)
