"""Connections of a fetch: to public addresses only, and until a deadline."""

import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2

from tracker.services.public_addresses import public_address


@dataclass(frozen=True)
class Network:
    """The hosts and ports that may be fetched from.

    `resolve` returns the address to connect to, and raises Sorry for a host that may not be reached. It is asked at every
    connection, so that neither a redirect nor a name that changes its address leads elsewhere.
    """

    resolve: Callable[[str, int], str] = public_address
    ports: frozenset[int] = frozenset({80, 443})


class _Backend(httpcore2.SyncBackend):
    def __init__(self, network: Network, deadline: float) -> None:
        self._network, self._deadline = network, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = self._network.resolve(host, port)
        stream = super().connect_tcp(address, port, _remaining(self._deadline), local_address, socket_options)
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("a fetch connects to no socket of this machine")


class _TimedStream(httpcore2.NetworkStream):
    """Stream whose reads and writes end at a deadline, however slowly the other side sends."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _remaining(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _remaining(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, _remaining(self._deadline))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _remaining(deadline: float) -> float:
    """Return the seconds until the deadline; raises ReadTimeout after it."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore2.ReadTimeout("the deadline has passed")
    return seconds


def connected_client(network: Network, seconds: float) -> httpx2.Client:
    """Return a client that connects through a network, for some seconds and without redirects."""
    transport = httpx2.HTTPTransport(trust_env=False)
    # The pool keeps names apart and checks certificates by name, while the backend chooses the address.
    transport._pool._network_backend = _Backend(network, time.monotonic() + seconds)
    return httpx2.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=seconds)
