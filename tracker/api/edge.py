"""The edge: what every request and socket meets first, whatever serves it further in."""

from collections.abc import Callable

from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.api import doors, headers, sockets
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
        self.app, self.known = app, known

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
            answer = PlainTextResponse(f"Pursuit is at {settings().origin}, not here.\n", status_code=421)
            await answer(scope, receive, send)
        elif await doors.must_sign_in(scope["method"], path, given):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(doors.sign_in(path, query), 303)(scope, receive, send)
        else:
            await self.app({**scope, "path": headers.page_path(path)}, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = Headers(scope=scope)
        if not doors.is_ours(given) or not doors.is_same_origin(given, browserless=True):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "foreign"})
            return
        watch = sockets.Watch(receive, send, self.known)
        await self.app(sockets.bound(scope), watch.receive, send)
