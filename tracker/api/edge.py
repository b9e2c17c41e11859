"""The edge: what every request and socket meets first, whatever serves it further in."""

import asyncio
from collections.abc import Callable

from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.api import doors, headers, limits, plain, sockets
from tracker.settings import settings

Known = Callable[[str], bool]
FOR_ANYONE = ("/livez", "/readyz", "/ping")
"""Asked by load balancers and by whoever started us, under whatever name they know us; they tell nothing."""


def edge(known: Known) -> Callable[[ASGIApp], ASGIApp]:
    """A wrapper for the whole application; `known` says whether a name is that of a handler of ours."""

    def wrap(app: ASGIApp) -> ASGIApp:
        return Edge(app, known)

    return wrap


class Edge:
    """Refuses foreign hosts and sockets, sends strangers to sign in, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, known: Known) -> None:
        self.app, self.known, self.crowd = app, known, limits.Crowd()

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
        if path not in FOR_ANYONE and not doors.is_ours(given):
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
        with self.crowd.place(scope, given) as there_is_one:
            if not there_is_one:
                await sockets.refuse(receive, send, "too many")
                return
            watch = sockets.Watch(receive, send, self.known)
            await self.app(sockets.bound(scope), watch.receive, send)

    async def _may_try(self, scope: Scope, given: Headers) -> bool:
        return await asyncio.to_thread(limits.may_try, limits.address_of(scope, given))
