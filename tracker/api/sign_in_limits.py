"""Rate limit of sign-in attempts by client network."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from tracker.api import rate_limits
from tracker.settings import settings

PATHS = ("/auth/start", "/auth/callback", "/auth/local")
TOO_MANY = "Too many attempts from your network. Try again in a minute."


def client_address(scope: Scope, headers: Headers) -> str:
    """Return the client's IPv4 address or IPv6 /64 network, behind as many proxies as are trusted.

    Each proxy appends the address of its own client to X-Forwarded-For. An IPv6 household has a whole /64.
    """
    hops, peer = settings().trusted_proxy_hops, (scope.get("client") or ("",))[0]
    if hops:
        addresses = [part.strip() for part in ",".join(headers.getlist("x-forwarded-for")).split(",")]
        peer = addresses[-min(hops, len(addresses))] or peer
    try:
        address = ip_address(peer)
    except ValueError:
        return peer[:100]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def count_attempt(address: str) -> bool:
    """Count a sign-in attempt; return False when its network has made too many within this minute."""
    key, limit = f"sign-in:{address}", settings().sign_ins_a_minute
    return not rate_limits.count({key: limit})[key].is_exceeded
