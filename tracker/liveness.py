"""A database connection that notices when its server is frozen, while a slow query may take its time."""

import socket
import struct
import time
from collections.abc import Generator
from typing import Any, Self, TypeVar

import psycopg

RV = TypeVar("RV")
SILENCE = 1.0
"""Seconds without a word of the server after which it is asked whether it lives."""
ANSWER_WITHIN = 1.5
"""Seconds in which a server that lives answers, however long its queries take."""
ASK_AGAIN = 5.0
_SSL_REQUEST = struct.pack("!II", 8, 80877103)
"""The shortest question of the protocol: the server answers with one letter, before any sign-in."""


class Frozen(psycopg.OperationalError):
    """The server takes connections but says nothing, as when its process is stopped or its disk hangs."""


class LiveConnection(psycopg.Connection[Any]):
    """A connection whose every wait ends with `Frozen` within about three seconds, unless the server lives."""

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Run a generator of the driver; the server is asked whether it lives when it says nothing for long."""
        return super().wait(self._watched(gen), *args, **options)

    def _watched(self: Self, gen: Generator[Any, Any, RV]) -> Generator[Any, Any, RV]:
        try:
            wanted, asks_at = next(gen), time.monotonic() + SILENCE
            while True:
                ready = yield wanted
                if ready:
                    asks_at = time.monotonic() + SILENCE
                elif time.monotonic() > asks_at:
                    self._insist_on_life()
                    asks_at = time.monotonic() + ASK_AGAIN
                wanted = gen.send(ready)
        except StopIteration as end:
            result: RV = end.value
            return result

    def _insist_on_life(self) -> None:
        if not answers(self.pgconn.hostaddr or self.pgconn.host, self.pgconn.port):
            self.pgconn.finish()
            raise Frozen("The database server doesn't answer: it is frozen or unreachable")


def answers(host: bytes, port: bytes) -> bool:
    """Whether the server at an address answers at all; a folder is the one of its Unix socket."""
    place = host.decode()
    try:
        with socket.socket(socket.AF_UNIX) if place.startswith("/") else _over_network(place, port) as asked:
            asked.settimeout(ANSWER_WITHIN)
            if place.startswith("/"):
                asked.connect(f"{place}/.s.PGSQL.{port.decode()}")
            asked.sendall(_SSL_REQUEST)
            return bool(asked.recv(1))
    except OSError:
        return False


def _over_network(host: str, port: bytes) -> socket.socket:
    return socket.create_connection((host, int(port)), timeout=ANSWER_WITHIN)
