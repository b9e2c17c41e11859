"""Security headers on every response, whatever the request."""

from typing import Any

import pytest
from starlette.datastructures import Headers

from tests.support.coroutines import run
from tests.support.raw_http import Answer, request
from tests.support.server import WebServer
from tracker.api.headers import SECURITY_HEADERS
from tracker.api.outer_middleware import DENIAL_RESPONSE, OuterMiddleware

PATHS = ["", "applications", "assets/", "api/", "auth/", "auth/start", "auth/callback", "auth/local", "auth/sign-out", "_event/",
         "_upload", "_health", "ping", "livez", "readyz", "letters/x.txt", "analytics/x.csv", "model-calls/x.txt",
         "profile/resume", "sign-in", "index.html", "404.html", "favicon.ico", "fonts/"]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"]
LENGTHS = [0, 1, 250, 256, 300, 4_000, 5_000, 30_000]
ACCEPTS = [b"text/html", b"application/json", b""]


def has_security_headers(answer: Answer) -> bool:
    """Return whether the response has all security headers."""
    wanted = {name.lower() for name in SECURITY_HEADERS} | {"content-security-policy"} - (
        {"content-security-policy"} if answer.status == 304 else set()
    )
    return wanted <= answer.headers.keys()


@pytest.mark.parametrize("length", LENGTHS)
def test_every_route_method_and_length(target: WebServer, length: int) -> None:
    bare = []
    for path in PATHS:
        for method in METHODS if length in (0, 300) else ["GET", "POST"]:
            answer = request(
                target, b"/" + path.encode() + b"x" * length, method, {"Accept": ACCEPTS[len(path) % 3]}
            )
            if not has_security_headers(answer) or answer.status >= 500:
                bare.append((method, path, answer.status))
    assert bare == []


@pytest.mark.parametrize(
    "path",
    [b"/%00", b"/a%00b", b"/%2e%2e/%2e%2e/etc/passwd", b"/../../etc/passwd", b"/..%2f..%2fetc/passwd", b"/%5c..%5c", b"/%ff%fe", b"/%zz",
     b"/contacts/%ED%A0%80", b"//evil.example/", b"/" + b"a/" * 2_000, b"/" + b"%41" * 2_000, b"/assets/%00.js", b"/api/%00",
     b"/letters/%00.pdf", b"/analytics/%00.csv?day=%00", b"http://evil.example/", b"*", b"/?" + b"q=%00&" * 500],
    ids=lambda path: path[:30].decode(),
)  # fmt: skip
@pytest.mark.parametrize("accept", [b"text/html", b"*/*"])
def test_unusual_paths_are_answered_without_an_error(target: WebServer, path: bytes, accept: bytes) -> None:
    answer = request(target, path, headers={"Accept": accept})
    assert answer.status < 500
    assert has_security_headers(answer) or (
        answer.status == 400 and not answer.body
    )  # which the server refused to read
    assert b"root:" not in answer.body


@pytest.mark.parametrize(
    "headers",
    [{"Origin": b"http://evil.example", "Access-Control-Request-Method": b"POST"}, {"Host": b"evil.example"}, {"Host": b""},
     {"Accept": b"text/html", "If-None-Match": b"*"}, {"Cookie": b"\xff" * 500}, {"Range": b"bytes=0-1,2-3,9999999-"},
     {"X-Forwarded-For": b"\xff\xfe, 1.2.3.4"}, {"User-Agent": b"\x80" * 5_000}, {"Content-Type": b"multipart/form-data; boundary=\xff"},
     {"Expect": b"100-continue"}, {"Cookie": b"a=b; " * 3_000}, {"Accept-Language": b"x" * 20_000}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_unusual_headers_are_answered_without_an_error(
    target: WebServer, method: str, headers: dict[str, bytes]
) -> None:
    for path in (b"/", b"/auth/start", b"/profile/resume", b"/nowhere"):
        answer = request(target, path, method, headers)
        assert answer.status < 500, path
        assert has_security_headers(answer), path


def test_no_foreign_origin_may_read(target: WebServer) -> None:
    for origin in (b"http://evil.example", b"null", f"http://127.0.0.1:{target.port + 1}".encode()):
        answer = request(target, b"/api/x", headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") is None


UPGRADE = {
    "Connection": b"Upgrade, close",
    "Upgrade": b"websocket",
    "Sec-WebSocket-Version": b"13",
    "Sec-WebSocket-Key": b"dGhlIHNhbXBsZSBub25jZQ==",
}
ENGINE = b"/_event/?EIO=4&transport=websocket"


@pytest.mark.parametrize(
    ("path", "headers"),
    [(ENGINE + b"&token=x", {"Origin": b"http://evil.example"}), (ENGINE + b"&token=x", {"Host": b"evil.example"}),
     (ENGINE, {}), (b"/nowhere?token=x", {}), (b"/?token=x", {}), (b"/api/x?token=x", {})],
    ids=["another site", "another host", "no token", "no such path", "a page", "the API"],
)  # fmt: skip
def test_a_refused_socket_has_security_headers(
    target: WebServer, path: bytes, headers: dict[str, bytes]
) -> None:
    answer = request(target, path, headers={"Origin": target.origin.encode(), **UPGRADE, **headers})
    assert answer.status == 403
    assert has_security_headers(answer), answer


def test_a_socket_that_fails_before_it_opens_has_security_headers() -> None:
    sent: list[Any] = []

    async def fail(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    async def record_message(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/_event/",
        "query_string": b"",
        "headers": [],
        "extensions": {DENIAL_RESPONSE: {}},
    }
    with pytest.raises(ZeroDivisionError):
        run(OuterMiddleware(fail)(scope, fail, record_message))
    assert sent[0]["status"] == 403
    assert has_security_headers(Answer(403, dict(Headers(raw=sent[0]["headers"])), b""))
