"""HTTP to servers that may be hostile: answers are limited, and user-supplied hosts must be public."""

from collections.abc import Iterator
from typing import Any

import httpx2

from tracker.errors import Sorry, Upstream
from tracker.services.model.failures import UNREADABLE
from tracker.services.public_addresses import public_address

MAX_BYTES = 16_000_000
"""Maximum bytes of an answer with its JSON envelope, so that no server exhausts the memory."""


def forbid_compression(request: httpx2.Request) -> None:
    """Ask for an uncompressed answer: a compressed one could expand a thousandfold."""
    request.headers["accept-encoding"] = "identity"


def limit_size(answer: httpx2.Response) -> None:
    """Limit the size of an answer; raises Upstream for a compressed one."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Upstream(UNREADABLE)
    answer.stream = _Bounded(answer.stream)


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._inner:
            size += len(part)
            if size > MAX_BYTES:
                raise Upstream("The AI service sent far too much data.")
            yield part

    def close(self) -> None:
        self._inner.close()


class PublicTransport(httpx2.BaseTransport):
    """Transport that resolves a host once, refuses non-public addresses and connects to the result.

    The certificate is still checked against the host's name. A name can't resolve differently between check and connection.
    """

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request over https to a public address; raises Sorry for any other."""
        host, port = request.url.host, request.url.port or 443
        if request.url.scheme != "https":
            raise Sorry("The address must begin with https://.")
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=public_address(host, port))
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()
