"""The outermost layer: what answers or breaks before our edge is reached gets the security headers too."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.api import headers, plain


class Outermost:
    """Gives every answer of the application its headers, and turns what nobody caught into an answer of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
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
