"""Database connection that detects a frozen server, while slow queries may take their time."""

import socket
import struct
import time
from collections.abc import Generator
from typing import Any, Self, TypeVar

import psycopg

RV = TypeVar("RV")
PROBE_AFTER = 1.0
"""Seconds without data after which the server is probed."""
PROBE_TIMEOUT = 1.5
"""Seconds in which a live server answers a probe, whatever its queries take."""
PROBE_INTERVAL = 5.0
_SSL_REQUEST = struct.pack("!II", 8, 80877103)
"""The protocol's SSLRequest; the server answers it with one byte before any sign-in."""


class Frozen(psycopg.OperationalError):
    """The server accepts connections but doesn't answer, for example because its process is stopped."""


class LiveConnection(psycopg.Connection[Any]):
    """Connection whose waits end with `Frozen` within about 3 seconds unless the server is alive."""

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Run a generator of the driver, and probe the server when it is silent."""
        return super().wait(self._probing(gen), *args, **options)

    def _probing(self: Self, gen: Generator[Any, Any, RV]) -> Generator[Any, Any, RV]:
        try:
            events, probe_at = next(gen), time.monotonic() + PROBE_AFTER
            while True:
                ready = yield events
                if ready:
                    probe_at = time.monotonic() + PROBE_AFTER
                elif time.monotonic() > probe_at:
                    self._require_answer()
                    probe_at = time.monotonic() + PROBE_INTERVAL
                events = gen.send(ready)
        except StopIteration as end:
            result: RV = end.value
            return result

    def _require_answer(self) -> None:
        if not answers(self.pgconn.hostaddr or self.pgconn.host, self.pgconn.port):
            self.pgconn.finish()
            raise Frozen("The database server is frozen or unreachable")


def answers(host: bytes, port: bytes) -> bool:
    """Return True if a server answers at this host, or in this folder for a Unix socket."""
    address = host.decode()
    try:
        with (
            socket.socket(socket.AF_UNIX) if address.startswith("/") else _tcp_socket(address, port) as probe
        ):
            probe.settimeout(PROBE_TIMEOUT)
            if address.startswith("/"):
                probe.connect(f"{address}/.s.PGSQL.{port.decode()}")
            probe.sendall(_SSL_REQUEST)
            return bool(probe.recv(1))
    except OSError:
        return False


def _tcp_socket(host: str, port: bytes) -> socket.socket:
    return socket.create_connection((host, int(port)), timeout=PROBE_TIMEOUT)
