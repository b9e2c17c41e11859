"""Idle connections don't keep other clients from being served."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import psutil
import pytest

from tests.support.server import WebServer
from tracker.launch import programs, web_app

IDLE = 1_100
"""More than Granian's own limit of 1,024."""


@pytest.fixture
def open_files() -> Iterator[None]:
    """Let this process open as many sockets as the attack needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4_096), hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("open_files")
def test_silent_connections_lock_no_client_out(target: WebServer) -> None:
    with ExitStack() as lines:
        for _ in range(IDLE):
            lines.enter_context(socket.create_connection(("127.0.0.1", target.port), 20))
        # Sooner than the server closes the idle ones, which would make room as well.
        soon = programs.HEADER_MILLISECONDS / 1000 / 2
        assert httpx2.get(f"{target.origin}/livez", timeout=soon).status_code == 200


@pytest.mark.parametrize("start", [b"", b"GET / HT"])
def test_a_connection_that_sends_no_whole_request_is_closed(target: WebServer, start: bytes) -> None:
    with socket.create_connection(("127.0.0.1", target.port), 20) as line:
        line.sendall(start)
        assert line.recv(1_000) == b""


def test_the_web_server_may_open_a_file_for_every_connection(target: WebServer) -> None:
    children = psutil.Process(target.process.pid).children(recursive=True)
    soft, hard = max(child.rlimit(psutil.RLIMIT_NOFILE) for child in children)
    assert soft >= min(web_app.OPEN_FILES, hard)


def test_a_low_limit_of_open_files_is_raised_as_far_as_the_system_lets_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for hard, expected in ((1_000_000, web_app.OPEN_FILES), (4_096, 4_096)):
        limits: list[tuple[int, int]] = []
        monkeypatch.setattr(resource, "getrlimit", lambda _, hard=hard: (256, hard))
        monkeypatch.setattr(resource, "setrlimit", lambda _, limit, limits=limits: limits.append(limit))
        web_app.raise_open_files()
        assert limits == [(expected, hard)]
