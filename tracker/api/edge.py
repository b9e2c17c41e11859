"""The edge: what every request and socket meets first, whatever serves it further in."""

import asyncio
import logging
from collections.abc import Callable

from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.api import doors, headers, limits, packets, plain, sockets
from tracker.api.places import Crowd
from tracker.cookies import token_in
from tracker.services import sessions
from tracker.settings import settings

log = logging.getLogger(__name__)
FOR_ANYONE = ("/livez", "/readyz", "/ping")
"""Asked by load balancers and by whoever started us, under whatever name they know us; they tell nothing."""


def edge(handlers: packets.Handlers, crowd: Crowd | None = None) -> Callable[[ASGIApp], ASGIApp]:
    """Return a wrapper for the application; `handlers` knows the events that a socket may send."""

    def wrap(app: ASGIApp) -> ASGIApp:
        return Edge(app, handlers, crowd or Crowd())

    return wrap


class Edge:
    """Refuses foreign hosts and sockets, sends strangers to sign in, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, handlers: packets.Handlers, crowd: Crowd) -> None:
        self.app, self.handlers, self.crowd = app, handlers, crowd

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, headers.dressed(scope, send))
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        given, path = Headers(scope=scope), scope["path"]
        if _has_nul(scope):
            await plain.said(given, 400, plain.ODD_ADDRESS)(scope, receive, send)
        elif path not in FOR_ANYONE and not doors.is_ours(given):
            there = settings().origin
            await plain.said(given, 421, f"Pursuit is at {there}, not here.", home=there)(
                scope, receive, send
            )
        elif path in limits.SIGN_INS and not await self._may_try(scope, given):
            wait = {"Retry-After": limits.until_next_minute()}
            await plain.said(given, 429, limits.TOO_MANY, home=doors.SIGN_IN, headers=wait)(
                scope, receive, send
            )
        elif await doors.must_sign_in(scope["method"], path, given):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(doors.sign_in(path, query), 303)(scope, receive, send)
        else:
            await self.app({**scope, "path": headers.page_path(path)}, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = Headers(scope=scope)
        if not doors.is_ours(given) or not doors.is_same_origin(given, browserless=True):
            await sockets.refuse(receive, send, "foreign")
            return
        if not sockets.names_tab(scope):
            await sockets.refuse(receive, send, "no token")
            return
        is_member = await _has_session(given)
        async with self.crowd.place(scope, given, is_member=is_member is True) as refusal:
            if refusal:
                await sockets.tell_refusal(scope, receive, send, refusal)
                return
            allowance = sockets.STRANGER if is_member is False else sockets.MEMBER
            watch = sockets.Watch(receive, send, self.handlers, allowance)
            bound = sockets.bound(scope, limits.address_of(scope, given))
            await self.app(bound, watch.receive, send)

    async def _may_try(self, scope: Scope, given: Headers) -> bool:
        return await asyncio.to_thread(limits.may_try, limits.address_of(scope, given))


def _has_nul(scope: Scope) -> bool:
    """Whether the address holds a NUL, which no row can and no page writes."""
    return "\0" in scope["path"] or "%00" in scope["query_string"].decode("latin-1")


async def _has_session(given: Headers) -> bool | None:
    """Whether a socket comes with a session that lives; None while the database can't say.

    Such a socket may send what a person's page sends, and has a stranger's place.
    """
    token = token_in(given.get("cookie", ""))
    if not token:
        return False
    try:
        async with asyncio.timeout(doors.PATIENCE):
            return await asyncio.to_thread(sessions.find, token) is not None
    except Exception as error:
        log.warning("A socket was opened without asking whose it is (%s)", type(error).__name__)
        return None
