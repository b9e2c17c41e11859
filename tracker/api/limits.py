"""How much one browser or one network may ask for, so that nobody can crowd the others out."""

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

import redis
from starlette.datastructures import Headers
from starlette.types import Scope

from tracker.cache import valkey
from tracker.cookies import token_in
from tracker.services.sessions import fingerprint
from tracker.settings import settings

SIGN_INS = ("/auth/start", "/auth/callback", "/auth/local")
MINUTE = 60
STRANGERS = "strangers"
TOO_MANY_TABS = "too-many-tabs"
CROWDED = "crowded"
"""What the page is told when its socket has no place."""
TOO_MANY = "Too many attempts from your network. Try again in a minute."
log = logging.getLogger(__name__)


def address_of(scope: Scope, given: Headers) -> str:
    """The network address a request comes from; a proxy's word for it counts only as far as proxies are trusted.

    Each proxy adds the address it was asked from at the right. Of an IPv6 address the network counts, since one
    household has a whole one.
    """
    hops, peer = settings().trusted_proxy_hops, (scope.get("client") or ("",))[0]
    if hops:
        told = [part.strip() for part in ",".join(given.getlist("x-forwarded-for")).split(",")]
        peer = told[-min(hops, len(told))] or peer
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


class Crowd:
    """The sockets open in this process: how many each session has, and how many strangers there are.

    Strangers never take a place from a person who is signed in, whose sockets count for their session alone.
    """

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._opened: Counter[str] = Counter()
        self._minute = 0

    @contextmanager
    def place(self, scope: Scope, given: Headers, *, is_member: bool) -> Iterator[str]:
        """Yield why there is no place for one more socket; empty when it has one, until the end of the block."""
        name, limits = self._limits(scope, given, is_member=is_member)
        refusal = next((why for counted, most, why in limits if counted >= most), "")
        if refusal:
            yield refusal
            return
        names = [name] if is_member else [name, STRANGERS]
        self._open.update(names)
        try:
            yield ""
        finally:
            self._open.subtract(names)
            self._open = +self._open

    def _limits(
        self, scope: Scope, given: Headers, *, is_member: bool
    ) -> tuple[str, list[tuple[int, int, str]]]:
        """What this socket counts under, and for each limit the count, the most, and what to say past it."""
        allowed = settings()
        if is_member:
            name = f"session {fingerprint(token_in(given.get('cookie', '')))}"
            return name, [(self._open[name], allowed.sockets_per_session, TOO_MANY_TABS)]
        name = f"address {address_of(scope, given)}"
        return name, [
            (self._open[name], allowed.sockets_per_address, CROWDED),
            (self._open[STRANGERS], allowed.sockets_of_strangers, CROWDED),
            (self._opened_this_minute(name), allowed.sockets_per_minute, CROWDED),
        ]

    def _opened_this_minute(self, name: str) -> int:
        """How many sockets this address has opened within the minute before this one."""
        minute = int(time.monotonic()) // MINUTE
        if minute != self._minute:
            self._minute = minute
            self._opened.clear()
        self._opened[name] += 1
        return self._opened[name] - 1
