"""Uploaded files, with a size limit that is enforced while reading."""

from typing import Any

from fastapi import Request

FORM_OVERHEAD = 64 * 1024
"""Bytes that a form may have beside its file."""
MAX_DRAINED = 64 * 1024 * 1024
"""Bytes read and discarded after the limit, so that the browser gets the error before the connection closes."""


class TooLarge(Exception):
    """Upload larger than its limit."""


def limited(request: Request, max_bytes: int) -> Request:
    """Return the request with a form that raises TooLarge while a file of more bytes is read."""
    received = 0

    async def receive() -> Any:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > max_bytes + FORM_OVERHEAD:
            await _drain(request, message)
            raise TooLarge
        return message

    return Request(request.scope, receive)


async def _drain(request: Request, message: Any) -> None:
    """Discard the rest of the body, up to a limit: browsers read the response only after sending."""
    drained = 0
    while message.get("more_body") and message["type"] == "http.request" and drained < MAX_DRAINED:
        message = await request.receive()
        drained += len(message.get("body", b""))
