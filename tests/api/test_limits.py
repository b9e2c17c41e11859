"""Rate limits of a network and of a browser."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
import redis
import time_machine
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from tests.support.live_pages import wait_until
from tests.support.people import Person
from tracker import cache
from tracker.api import rate_limits, sign_in_limits, socket_limits
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.services import sessions
from tracker.settings import settings
from tracker.shapes.people import Who

HERE = "http://127.0.0.1:8000"
Configure = Callable[..., TestClient]


async def echo(scope: dict[str, object], receive: Callable[..., object], send: Callable[..., object]) -> None:
    """Application behind the edge: accepts each socket and keeps it open."""
    await receive()  # type: ignore[misc]
    await send({"type": "websocket.accept"})  # type: ignore[misc]
    await send({"type": "websocket.send", "text": "a place"})  # type: ignore[misc]
    await receive()  # type: ignore[misc]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str) -> Iterator[Configure]:
    """Return a function that sets settings and returns a client."""

    def set_to(app: object = None, address: str = "203.0.113.7", **environment: str) -> TestClient:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        behind = edge(lambda name: True)(app or routes())  # type: ignore[arg-type]
        return TestClient(behind, base_url=HERE, follow_redirects=False, client=(address, 1))

    for key in cache.valkey().keys("attempts:*"):
        cache.valkey().delete(key)
    with time_machine.travel("2026-11-03T10:00:05+00:00", tick=False):
        yield set_to
    monkeypatch.undo()
    settings.cache_clear()


def test_the_attempt_limit_of_a_network_affects_no_other(configure: Configure) -> None:
    client = configure(SIGN_INS_A_MINUTE="3")
    other = configure(address="198.51.100.1")
    assert [client.get("/auth/start").status_code for _ in range(3)] == [303, 303, 303]
    for path in sign_in_limits.PATHS:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 429
        assert sign_in_limits.TOO_MANY in answer.text
        assert answer.headers["retry-after"] == "55"
    assert other.get("/auth/start").status_code == 303
    with time_machine.travel("2026-11-03T10:01:00+00:00", tick=False):
        assert client.get("/auth/start").status_code == 303


def test_without_redis_sign_in_is_unlimited_and_logged(
    configure: Configure, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = configure(SIGN_INS_A_MINUTE="1", REDIS_URL="redis://127.0.0.1:1/0")
    monkeypatch.setattr(rate_limits, "valkey", cache.valkey.__wrapped__)
    with caplog.at_level(logging.WARNING):
        assert [client.get("/auth/start").status_code for _ in range(2)] == [303, 303]
    assert "aren't limited" in caplog.text


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        ("0", "198.51.100.1", "203.0.113.7"),
        ("1", "198.51.100.1", "198.51.100.1"),
        ("1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("2", "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("2", "198.51.100.1", "198.51.100.1"),
        ("1", "", "203.0.113.7"),
        ("1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("1", "x" * 500, "x" * 100),
    ],
)
def test_a_proxy_is_believed_only_as_far_as_it_is_trusted(
    configure: Configure, hops: str, forwarded: str, address: str
) -> None:
    configure(TRUSTED_PROXY_HOPS=hops)
    headers = Headers({"x-forwarded-for": forwarded} if forwarded else {})
    assert sign_in_limits.client_address({"type": "http", "client": ("203.0.113.7", 1)}, headers) == address


def refusal(client: TestClient, cookie: str = "") -> str:
    """Return the message with which a socket of this browser is refused; empty if accepted."""
    headers = {"Host": "127.0.0.1:8000", **({"Cookie": cookie} if cookie else {})}
    with client.websocket_connect("/_event/?token=t", headers=headers) as socket:
        first = socket.receive_text()
        if first == "a place":
            return ""
        socket.send_text("40/_event,")
        return str(json.loads(socket.receive_text().removeprefix("44/_event,"))["message"])


def cookie_of(user: Who) -> str:
    """Return the session cookie of a fresh sign-in."""
    return f"pursuit-8000={sessions.open_session(user.user_id, 'a test')}"


def test_a_tab_over_the_limit_of_a_session_is_refused_until_another_closes(
    configure: Configure, alice: Person
) -> None:
    client, hers, other = (
        configure(echo, SOCKETS_PER_SESSION="1"),
        cookie_of(alice.user),
        cookie_of(alice.user),
    )
    headers = {"Host": "127.0.0.1:8000", "Cookie": hers}
    with client.websocket_connect("/_event/?token=t", headers=headers) as socket:
        assert refusal(client, hers) == socket_limits.TOO_MANY_TABS
        assert refusal(client, other) == ""
        socket.close()
    wait_until(lambda: refusal(client, hers) == "")


def test_a_socket_whose_end_redis_missed_takes_no_place(
    configure: Configure, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, hers = configure(echo, SOCKETS_PER_SESSION="1"), cookie_of(alice.user)
    with monkeypatch.context() as impatient:
        impatient.setattr(socket_limits, "REDIS_TIMEOUT", 0.05)
        cache.valkey().client_pause(300)
        assert refusal(client, hers) == ""
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + socket_limits.RETRY_DELAY, time=time.time)
    monkeypatch.setattr(socket_limits, "time", later)
    assert refusal(client, hers) == ""


@pytest.mark.parametrize("named", ["SOCKETS_PER_ADDRESS", "SOCKETS_OF_STRANGERS", "SOCKETS_PER_MINUTE"])
@pytest.mark.parametrize("cookie", ["", f"pursuit-8000={'o' * 43}"], ids=["no cookie", "a made-up cookie"])
def test_anonymous_sockets_are_limited_and_take_no_place_of_a_user(
    configure: Configure, alice: Person, named: str, cookie: str
) -> None:
    client = configure(echo, **{named: "1"})
    headers = {"Host": "127.0.0.1:8000", "Cookie": cookie}
    with client.websocket_connect("/_event/?token=t", headers=headers) as socket:
        assert refusal(client, cookie) == socket_limits.CROWDED
        assert refusal(client, cookie_of(alice.user)) == ""
        socket.close()


def test_without_redis_a_process_counts_its_own_sockets(
    configure: Configure, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, cookie = configure(echo, SOCKETS_PER_SESSION="1"), cookie_of(alice.user)
    away = redis.Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setattr(socket_limits, "valkey", lambda: away)
    headers = {"Host": "127.0.0.1:8000", "Cookie": cookie}
    with client.websocket_connect("/_event/?token=t", headers=headers) as socket:
        assert refusal(client, cookie) == socket_limits.TOO_MANY_TABS
        socket.close()
    assert refusal(client, cookie) == ""
