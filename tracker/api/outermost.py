"""The outermost layer: what answers or breaks before our edge is reached gets the security headers too."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.api import headers, plain

REFUSAL = "websocket.http.response"
"""The extension of ASGI by which a socket that isn't opened gets an answer with headers."""


class Outermost:
    """Gives every answer of the application its headers, and turns what nobody caught into an answer of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket" and REFUSAL in scope.get("extensions", {}):
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending, has_begun = headers.dressed(scope, send), False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await sending(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if has_begun:
                raise
            await (await plain.broken(Request(scope), error))(scope, receive, sending)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending, has_begun = headers.dressed(scope, send), False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            is_refusal, has_begun = not has_begun and message["type"] == "websocket.close", True
            await (_refuse(sending) if is_refusal else send(message))

        try:
            await self.app(scope, receive, noting)
        finally:
            if not has_begun:
                await _refuse(sending)


async def _refuse(send: Send) -> None:
    await send({"type": f"{REFUSAL}.start", "status": 403, "headers": []})
    await send({"type": f"{REFUSAL}.body", "body": b""})
