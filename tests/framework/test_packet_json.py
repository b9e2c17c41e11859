"""Packets are encoded by orjson, with the same values as by the framework's own encoder."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from reflex.app import _sio_dumps
from reflex.istate.proxy import MutableProxy
from reflex_base import otel

from tracker.framework import packet_json
from tracker.shapes.applications import Column
from tracker.shapes.enumerations import Stage
from tracker.state.applications import Applications
from tracker.tracker import app


class Pair(NamedTuple):
    left: int
    right: int


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Nested:
    day: date
    stages: tuple[Stage, ...]
    by_number: dict[int, Decimal]


VALUES = {
    "shape": Column("saved", "Saved", 1),
    "nested shape": Nested(date(2026, 11, 28), (Stage.OFFER,), {1: Decimal("1.50")}),
    "instant": datetime(2026, 11, 28, 12, 30, 0, 5, UTC),
    "time": time(9, 5),
    "duration": timedelta(hours=1),
    "identifier": UUID(int=7),
    "enumeration": Colour.RED,
    "word as a key": {Stage.SAVED: 1},
    "number as a key": {3: "three"},
    "set": frozenset({"one"}),
    "named tuple": Pair(1, [2]),
    "text": "Zoë ✓ \u2028 </script> \x07",
    "numbers": [0, -1, 2**53, 1.5, 1e21],
    "nothing": None,
    "list of the state": MutableProxy([Column()], Applications(_reflex_internal_init=True), "cards"),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_reaches_the_browser_as_the_framework_would_send_it(value: Any) -> None:
    packet = ["event", {"delta": {"state": {"value": value}}}]
    options = {"separators": (",", ":")}
    assert json.loads(packet_json.dumps(packet, **options)) == json.loads(_sio_dumps(packet, **options))


def test_the_socket_server_encodes_packets_faster_and_decodes_as_before() -> None:
    assert app.sio is not None
    encoder = app.sio.packet_class.json
    assert encoder.dumps is packet_json.dumps
    assert encoder.loads('["event"]') == ["event"]


def test_the_size_of_a_packet_is_measured_where_telemetry_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, str]] = []
    monkeypatch.setattr(otel, "enabled", True)
    monkeypatch.setattr(otel, "record_message_size", lambda *size: sizes.append(size))
    packet_json.dumps(["é"])
    assert sizes == [(6, "transmit")]
