"""A web site on loopback with a posting, and a network that reaches it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tracker.errors import Sorry
from tracker.services.capture.network import Network
from tracker.services.public_addresses import public_address

HTML = {"Content-Type": "text/html; charset=utf-8"}
Answer = tuple[int, dict[str, str], bytes]
Writer = Callable[[BaseHTTPRequestHandler], None]
"""Writes an answer itself, byte by byte if it likes."""


@dataclass
class PostingSite:
    """Answers by path; any other path is not found. `requests` holds paths and headers."""

    port: int
    answers: dict[str, Answer | Writer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Return the site's origin, by a name."""
        return f"http://jobs.test:{self.port}"

    @property
    def network(self) -> Network:
        """Return a network in which `.test` names lead to this site, and every other host must be public."""
        return Network(_resolve, frozenset({80, 443, self.port}))

    @property
    def paths(self) -> list[str]:
        """Return the paths that were requested."""
        return [path for path, _ in self.requests]


def _resolve(host: str, port: int) -> str:
    return "127.0.0.1" if host.endswith(".test") else public_address(host, port)


def page(html: str) -> Answer:
    """Return a page as an answer."""
    return 200, HTML, html.encode()


def redirect(address: str) -> Answer:
    """Return a redirect as an answer."""
    return 302, {"Location": address}, b""


@contextmanager
def posting_site() -> Iterator[PostingSite]:
    """Serve a site meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, (404, HTML, b""))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Ignore clients that hang up, as a fetch does at its limits."""

    server = Server(("127.0.0.1", 0), Handler)
    site = PostingSite(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class RebindingResolver:
    """Resolver of a name that is public when first asked, and private from then on."""

    def __init__(self, port: int) -> None:
        self.port, self.hosts = port, list[str]()

    def __call__(self, host: str, port: int) -> str:
        """Return loopback once; raises Sorry after that, as for a private address."""
        self.hosts.append(host)
        if len(self.hosts) > 1:
            raise Sorry(f"{host} isn't on the public internet, so Pursuit doesn't connect to it.")
        return "127.0.0.1"
