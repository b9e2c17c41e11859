"""Raw HTTP requests, such as no browser sends."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.server import WebServer

TIMEOUT = 20


@dataclass
class Answer:
    """Status, headers with names in lower case, and the body as far as it was read."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(
    served: WebServer,
    target: bytes,
    method: str = "GET",
    headers: Mapping[str, bytes] | None = None,
    body: bytes = b"",
) -> Answer:
    """Send one request and return its answer."""
    all_headers = {
        "Host": f"127.0.0.1:{served.port}".encode(),
        "Content-Length": b"%d" % len(body),
        "Connection": b"close",
        **(headers or {}),
    }
    lines = [b"%s: %s" % (name.encode(), value) for name, value in all_headers.items()]
    head = b"\r\n".join([b"%s %s HTTP/1.1" % (method.encode(), target), *lines, b"", b""])
    with socket.create_connection(("127.0.0.1", served.port), TIMEOUT) as line:
        line.sendall(head + body)
        response = b"".join(iter(lambda: line.recv(65_536), b""))
    head_of_response, _, rest = response.partition(b"\r\n\r\n")
    first, *header_lines = head_of_response.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in header_lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, rest)
