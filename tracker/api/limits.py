"""Limits of sign-in attempts by network, and the network that a request comes from."""

import hashlib
import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network

import redis
from starlette.datastructures import Headers
from starlette.types import Scope

from tracker.cache import valkey
from tracker.settings import settings

SIGN_INS = ("/auth/start", "/auth/callback", "/auth/local")
MINUTE = 60
TOO_MANY = "Too many attempts from your network. Try again in a minute."
log = logging.getLogger(__name__)


def address_of(scope: Scope, given: Headers) -> str:
    """The network address a request comes from; a proxy's word for it counts only as far as proxies are trusted.

    Each proxy adds the address it was asked from at the right. Of an IPv6 address the network counts, since one
    household has a whole one.
    """
    hops, peer = settings().trusted_proxy_hops, (scope.get("client") or ("",))[0]
    if hops:
        addresses = [part.strip() for part in ",".join(given.getlist("x-forwarded-for")).split(",")]
        peer = addresses[-min(hops, len(addresses))] or peer
    try:
        address = ip_address(peer)
    except ValueError:
        return peer[:100]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def may_try(address: str) -> bool:
    """Count one attempt to sign in; False when its network has made too many within this minute.

    All processes count together in Redis. While that is away everyone may try: sign-in itself needs it anyway.
    """
    window = int(time.time()) // MINUTE
    name = f"attempts:{hashlib.sha256(address.encode()).hexdigest()[:32]}:{window}"
    try:
        with valkey().pipeline() as pipe:
            pipe.incr(name)
            pipe.expire(name, 2 * MINUTE)
            count = pipe.execute()[0]
    except redis.RedisError:
        log.warning("Attempts to sign in aren't counted: Redis doesn't answer")
        return True
    return int(count) <= settings().sign_ins_a_minute


def until_next_minute() -> str:
    """Seconds until attempts count anew."""
    return str(MINUTE - int(time.time()) % MINUTE)
