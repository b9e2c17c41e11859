"""Reaching a server somebody named who isn't the operator: out on the internet only, by the very address that was looked at."""

import socket
from ipaddress import ip_address

import httpx2

from tracker.errors import Sorry


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
    return parsed.is_global and not parsed.is_multicast
