"""Rate limits by client network: of sign-in attempts, and of other requests without a session."""

import hashlib
import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network

import redis
from starlette.datastructures import Headers
from starlette.types import Scope

from tracker.cache import valkey
from tracker.settings import settings

PATHS = ("/auth/start", "/auth/callback", "/auth/local")
MINUTE = 60
TOO_MANY = "Too many attempts from your network. Try again in a minute."
log = logging.getLogger(__name__)


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
    return count_request("attempts", address, settings().sign_ins_a_minute)


def count_request(purpose: str, address: str, per_minute: int) -> bool:
    """Count a request of a network; return False when it exceeds `per_minute` within this minute.

    The count is in Redis, shared by all processes. Requests are allowed while Redis is unavailable: sign-in itself
    needs it anyway.
    """
    window = int(time.time()) // MINUTE
    name = f"{purpose}:{hashlib.sha256(address.encode()).hexdigest()[:32]}:{window}"
    try:
        with valkey().pipeline() as pipe:
            pipe.incr(name)
            pipe.expire(name, 2 * MINUTE)
            count = pipe.execute()[0]
    except redis.RedisError:
        log.warning("Redis is unavailable: %s aren't limited", purpose)
        return True
    return int(count) <= per_minute


def until_next_minute() -> str:
    """Return the seconds until the limit resets, as a Retry-After value."""
    return str(MINUTE - int(time.time()) % MINUTE)
