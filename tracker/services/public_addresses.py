"""Addresses on the public internet: the only ones that user-supplied hosts may lead to."""

import socket
from ipaddress import IPv6Address, ip_address, ip_network

import httpx2

from tracker.errors import Sorry

_INSIDE = [
    ip_network(block) for block in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/32", "2002::/16", "fec0::/10")
]
"""IPv6 ranges that embed an IPv4 address, which may be private, and site-local ones."""


def public_address(host: str, port: int) -> str:
    """Return an address of a host; raises Sorry unless all of its addresses are public."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError(str(error)) from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in entries]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise Sorry(f"{host} isn't on the public internet, so Pursuit doesn't connect to it.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if isinstance(parsed, IPv6Address) and any(parsed in network for network in _INSIDE):
        return False
    return parsed.is_global and not parsed.is_multicast
