"""Outer middleware: security headers and error responses for what never reaches the edge."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.api import headers, plain_responses

DENIAL_RESPONSE = "websocket.http.response"
"""ASGI extension that answers a refused socket with an HTTP response."""


class OuterMiddleware:
    """ASGI middleware that adds security headers to every response and answers uncaught exceptions."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket" and DENIAL_RESPONSE in scope.get("extensions", {}):
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        send_with_headers, has_started = headers.with_security_headers(scope, send), False

        async def tracking_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send_with_headers(message)

        try:
            await self.app(scope, receive, tracking_send)
        except Exception as error:
            if has_started:
                raise
            response = await plain_responses.unexpected_error(Request(scope), error)
            await response(scope, receive, send_with_headers)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        send_with_headers, has_started = headers.with_security_headers(scope, send), False

        async def tracking_send(message: Message) -> None:
            nonlocal has_started
            is_refusal, has_started = not has_started and message["type"] == "websocket.close", True
            await (_refuse(send_with_headers) if is_refusal else send(message))

        try:
            await self.app(scope, receive, tracking_send)
        finally:
            if not has_started:
                await _refuse(send_with_headers)


async def _refuse(send: Send) -> None:
    await send({"type": f"{DENIAL_RESPONSE}.start", "status": 403, "headers": []})
    await send({"type": f"{DENIAL_RESPONSE}.body", "body": b""})
