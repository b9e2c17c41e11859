"""Requests written byte by byte, as no browser sends them."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.server import Served

PATIENCE = 20


@dataclass
class Answer:
    """What came back: the status, the headers in small letters, and the body as far as it was read."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    served: Served,
    target: bytes,
    method: str = "GET",
    headers: Mapping[str, bytes] | None = None,
    body: bytes = b"",
) -> Answer:
    """Send one request and read its answer."""
    given = {
        "Host": f"127.0.0.1:{served.port}".encode(),
        "Content-Length": b"%d" % len(body),
        "Connection": b"close",
        **(headers or {}),
    }
    lines = [b"%s: %s" % (name.encode(), value) for name, value in given.items()]
    head = b"\r\n".join([b"%s %s HTTP/1.1" % (method.encode(), target), *lines, b"", b""])
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
        line.sendall(head + body)
        came = b"".join(iter(lambda: line.recv(65_536), b""))
    top, _, rest = came.partition(b"\r\n\r\n")
    first, *named = top.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in named)
    return Answer(int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, rest)
