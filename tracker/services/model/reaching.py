"""Reaching a server that may mean harm: no more of it than can be held, and one a person named only out on the internet."""

import socket
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import httpx2

from tracker.errors import Sorry, Upstream
from tracker.services.model.failing import UNREADABLE

MOST_BYTES = 16_000_000
"""Of one answer with all that surrounds its words, so that no server fills the memory."""
_INSIDE = [ip_network(one) for one in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/32", "2002::/16", "fec0::/10")]
"""IPv6 addresses that stand for an IPv4 address, which may be a private one, and those of a site."""


def plainly(request: httpx2.Request) -> None:
    """Ask for an answer as it is: a packed one could be a thousand times longer than what arrives."""
    request.headers["accept-encoding"] = "identity"


def bounded(answer: httpx2.Response) -> None:
    """Have an answer end where it grows too long; `Upstream` for one that is packed."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Upstream(UNREADABLE)
    answer.stream = _Bounded(answer.stream)


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        came = 0
        for part in self._inner:
            came += len(part)
            if came > MOST_BYTES:
                raise Upstream("The AI service sent far more than an answer.")
            yield part

    def close(self) -> None:
        self._inner.close()


class Outside(httpx2.BaseTransport):
    """Looks a host up once, refuses one with any address that isn't public, and connects to what it looked at.

    The certificate is still checked against the host's name. Between looking and connecting nothing can change, as a name
    could that answers anew each time.
    """

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to a public address over https; `Sorry` for any other."""
        host, port = request.url.host, request.url.port or 443
        if request.url.scheme != "https":
            raise Sorry("The address has to begin with https://.")
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=public_address(host, port))
        return self._inner.handle_request(request)

    def close(self) -> None:
        """End its connections."""
        self._inner.close()


def public_address(host: str, port: int) -> str:
    """An address of a host all of whose addresses are public; `Sorry` for a private one, ConnectError for none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError(str(error)) from None
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not addresses or not all(_is_public(one) for one in addresses):
        raise Sorry(f"{host} isn't on the public internet, so Pursuit doesn't ask there.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if isinstance(parsed, IPv6Address) and any(parsed in one for one in _INSIDE):
        return False
    return parsed.is_global and not parsed.is_multicast
