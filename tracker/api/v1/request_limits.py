"""Limits of API requests: their number by token and address, and the size and type of their bodies."""

import asyncio

from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.api import rate_limits
from tracker.api.rate_limits import Allowance
from tracker.api.sign_in_limits import client_address
from tracker.api.v1 import problems
from tracker.api.v1.problems import ApiError
from tracker.settings import settings

MAX_BODY = 8 * 1024 * 1024
"""Largest JSON body in bytes; 500 applications with a note each fit."""
JSON_TYPES = ("application/json", "application/merge-patch+json")
FILE_PATHS, FILE_TYPE = ("/api/v1/imports",), "application/octet-stream"
"""Addresses that take a file as it is."""
ADDRESS_FACTOR = 2
"""Requests of an address, as a multiple of a token's: several programs may share a network."""


class RequestLimits:
    """ASGI middleware that limits requests before any of them costs a query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer it with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        allowances = await asyncio.to_thread(rate_limits.count, _limits(scope, headers))
        send_with_limits = _with_limits(send, [*allowances.values()])
        if refusal := _refusal(scope["path"], headers, [*allowances.values()]):
            await refusal(scope, receive, send_with_limits)
        else:
            await _serve(self.app, scope, _bounded(receive), send_with_limits)


async def _serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve a request; an error that was logged and answered is raised again by the app, and ends here."""
    has_started = False

    async def tracking_send(message: Message) -> None:
        nonlocal has_started
        has_started = True
        await send(message)

    try:
        await app(scope, receive, tracking_send)
    except Exception:
        if not has_started:
            raise


def _limits(scope: Scope, headers: Headers) -> dict[str, int]:
    """Return the limits of a request by key: of its address, and of its token if it has one."""
    limit = settings().api_requests_a_minute
    limits = {f"api address {client_address(scope, headers)}": limit * ADDRESS_FACTOR}
    if authorization := headers.get("authorization"):
        limits = {f"api token {authorization}": limit} | limits
    return limits


def _refusal(path: str, headers: Headers, allowances: list[Allowance]) -> Response | None:
    """Return the problem of a request beyond a limit, or None."""
    if any(allowance.is_exceeded for allowance in allowances):
        wait = {"Retry-After": rate_limits.until_reset()}
        return problems.respond(ApiError(429, "too-many-requests", "Too many requests", headers=wait))
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MAX_BODY:
        return problems.respond(ApiError(413, "the-body-is-too-large", "The body is too large"))
    has_body = length != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    accepted = (FILE_TYPE,) if path in FILE_PATHS else JSON_TYPES
    if has_body and media_type not in accepted:
        detail = f"Send the body as {accepted[0]}."
        return problems.respond(ApiError(415, "unsupported-media-type", "Unsupported media type", detail))
    return None


def _bounded(receive: Receive) -> Receive:
    """Return a `receive` that raises once a body without a stated length grows too large."""
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            raise HTTPException(413)
        return message

    return receive_bounded


def _with_limits(send: Send, allowances: list[Allowance]) -> Send:
    """Return a `send` that adds the `RateLimit` headers of the tightest allowance."""
    tightest = min(allowances, key=lambda allowance: allowance.remaining)

    async def send_with_limits(message: Message) -> None:
        if message["type"] == "http.response.start":
            response = MutableHeaders(scope=message)
            response["RateLimit-Policy"] = f'"default";q={tightest.limit};w={rate_limits.WINDOW}'
            response["RateLimit"] = f'"default";r={tightest.remaining};t={tightest.reset}'
        await send(message)

    return send_with_limits
