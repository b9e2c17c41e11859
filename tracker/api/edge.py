"""Edge middleware: checks hosts, origins, sign-in limits and sessions before routes and sockets."""

import asyncio
import logging
from collections.abc import Callable

from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.api import access, headers, packets, plain_responses, rate_limits, sign_in_limits, sockets
from tracker.api.socket_limits import OpenSockets
from tracker.api.v1 import problems
from tracker.api.v1.rest_api import PREFIX
from tracker.cookies import token_in
from tracker.services import sessions
from tracker.settings import settings

log = logging.getLogger(__name__)
HEALTH_PATHS = ("/livez", "/readyz", "/ping")
"""Paths served under any host name: load balancers may not know the public one."""


def edge(handlers: packets.Handlers, open_sockets: OpenSockets | None = None) -> Callable[[ASGIApp], ASGIApp]:
    """Return a function that wraps an application; `handlers` knows the events that a socket may send."""

    def wrap(app: ASGIApp) -> ASGIApp:
        return EdgeMiddleware(app, handlers, open_sockets or OpenSockets())

    return wrap


class EdgeMiddleware:
    """ASGI middleware that rejects foreign requests, redirects to sign-in and sets security headers."""

    def __init__(self, app: ASGIApp, handlers: packets.Handlers, open_sockets: OpenSockets) -> None:
        self.app, self.handlers, self.open_sockets = app, handlers, open_sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, headers.with_security_headers(scope, send))
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_headers, path = Headers(scope=scope), scope["path"]
        if _has_control_character(scope):
            response = _invalid_address(path, request_headers)
            await response(scope, receive, send)
        elif path not in HEALTH_PATHS and not access.is_own_host(request_headers):
            origin = settings().origin
            sentence = f"Open Pursuit at {origin}."
            response = plain_responses.respond(request_headers, 421, sentence, home=origin)
            await response(scope, receive, send)
        elif path in sign_in_limits.PATHS and not await self._may_sign_in(scope, request_headers):
            wait = {"Retry-After": rate_limits.until_reset()}
            response = plain_responses.respond(
                request_headers, 429, sign_in_limits.TOO_MANY, home=access.SIGN_IN, headers=wait
            )
            await response(scope, receive, send)
        elif await access.must_sign_in(scope["method"], path, request_headers):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(access.sign_in_address(path, query), 303)(scope, receive, send)
        else:
            await self.app({**scope, "path": headers.page_path(path)}, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_headers = Headers(scope=scope)
        if not access.is_own_host(request_headers) or not access.is_same_origin(
            request_headers, browserless=True
        ):
            await sockets.refuse(receive, send, "foreign")
            return
        if not sockets.has_tab_token(scope):
            await sockets.refuse(receive, send, "no token")
            return
        signed_in = await _has_session(request_headers)
        slot = self.open_sockets.slot(scope, request_headers, is_signed_in=signed_in is True)
        async with slot as refusal:
            if refusal:
                await sockets.refuse_with_message(scope, receive, send, refusal)
                return
            allowance = sockets.ANONYMOUS if signed_in is False else sockets.SIGNED_IN
            packet_filter = sockets.PacketFilter(receive, send, self.handlers, allowance)
            address = sign_in_limits.client_address(scope, request_headers)
            await self.app(sockets.bound_to_session(scope, address), packet_filter.receive, send)

    async def _may_sign_in(self, scope: Scope, request_headers: Headers) -> bool:
        address = sign_in_limits.client_address(scope, request_headers)
        return await asyncio.to_thread(sign_in_limits.count_attempt, address)


def _has_control_character(scope: Scope) -> bool:
    """Return True for a path that routes would misread, or a query with a NUL."""
    is_control = any(character < " " or character == "\x7f" for character in scope["path"])
    return is_control or "%00" in scope["query_string"].decode("latin-1")


def _invalid_address(path: str, request_headers: Headers) -> Response:
    if path.startswith(PREFIX):
        title = "The address contains a control character"
        return problems.respond(problems.ApiError(400, "invalid-address", title))
    return plain_responses.respond(request_headers, 400, plain_responses.INVALID_ADDRESS)


async def _has_session(request_headers: Headers) -> bool | None:
    """Return True for a socket with a valid session; None when the database doesn't answer.

    With None, the socket gets a signed-in user's allowance, but counts as anonymous.
    """
    token = token_in(request_headers.get("cookie", ""))
    if not token:
        return False
    try:
        async with asyncio.timeout(access.SESSION_TIMEOUT):
            return await asyncio.to_thread(sessions.find, token) is not None
    except Exception as error:
        log.warning("Opened a socket without checking its session (%s)", type(error).__name__)
        return None
