"""Pages fetched from public addresses only, within limits, and where robots.txt allows it."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.support.posting_site import HTML, PostingSite, RebindingResolver, page, posting_site, redirect
from tracker.errors import Sorry
from tracker.services.capture import fetching
from tracker.services.capture.fetching import fetch_page
from tracker.services.capture.network import Network

POSTING = "<title>Clerk at Halcyon</title><p>Grüße</p>"


@pytest.fixture
def site() -> Iterator[PostingSite]:
    """Yield a site with a posting."""
    with posting_site() as running:
        running.answers["/jobs/1"] = page(POSTING)
        yield running


def refusal(address: str, network: Network | None = None) -> str:
    """Return why an address isn't read."""
    with pytest.raises(Sorry) as error:
        fetch_page(address, network)
    return error.value.message


def test_a_page_is_read_as_it_is(site: PostingSite) -> None:
    fetched = fetch_page(f"{site.origin}/jobs/1", site.network)
    assert (fetched.address, fetched.html) == (f"{site.origin}/jobs/1", POSTING)


def test_the_request_names_pursuit_and_carries_no_cookie(site: PostingSite) -> None:
    site.answers["/jobs/2"] = (302, {"Location": "/jobs/1", "Set-Cookie": "a=b"}, b"")
    fetch_page(f"{site.origin}/jobs/2", site.network)
    assert site.paths == ["/robots.txt", "/jobs/2", "/jobs/1"]
    for _, headers in site.requests:
        assert headers["user-agent"].startswith("Pursuit/")
        assert headers["accept-encoding"] == "identity"
        assert "cookie" not in {name.lower() for name in headers}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "100.64.0.1", "10.0.0.1", "192.168.1.1"],
)  # fmt: skip
def test_no_private_address_is_fetched_directly_or_by_a_redirect(site: PostingSite, host: str) -> None:
    assert "isn't on the public internet" in refusal(f"http://{host}/")
    site.answers["/away"] = redirect(f"http://{host}:{site.port}/jobs/1")
    assert "isn't on the public internet" in refusal(f"{site.origin}/away", site.network)
    assert site.paths == ["/robots.txt", "/away"]


def test_loopback_is_refused_by_the_network_that_is_used(site: PostingSite) -> None:
    assert Network() == fetching.NETWORK
    message = refusal(f"http://127.0.0.1:{site.port}/jobs/1", Network(ports=frozenset({site.port})))
    assert message == "127.0.0.1 isn't on the public internet, so Pursuit doesn't connect to it."
    assert not site.requests


def test_a_name_that_changes_its_address_is_checked_at_every_connection(site: PostingSite) -> None:
    def robots(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.send_response(404)
        handler.send_header("Connection", "close")
        handler.end_headers()

    site.answers["/robots.txt"] = robots
    resolver = RebindingResolver(site.port)
    assert "isn't on the public internet" in refusal(
        f"{site.origin}/jobs/1", Network(resolver, frozenset({site.port}))
    )
    assert resolver.hosts == ["jobs.test", "jobs.test"]
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "address",
    ["ftp://jobs.test/1", "file:///etc/passwd", "http://jobs.test:8080/1", "http://user:word@jobs.test/1", "http://user@jobs.test/", "http://[", "javascript:alert(1)",
     "http://jobs.test:99999/"],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(site: PostingSite, address: str) -> None:
    assert refusal(address) == fetching.NOT_AN_ADDRESS
    site.answers["/away"] = redirect(address)
    assert refusal(f"{site.origin}/away", site.network) in (
        fetching.NOT_AN_ADDRESS,
        fetching.UNREACHABLE.format(host="jobs.test"),
    )


def test_three_redirects_are_followed_and_no_more(site: PostingSite) -> None:
    for number in range(3):
        site.answers[f"/{number}"] = redirect(f"/{number + 1}")
    site.answers["/3"] = page(POSTING)
    assert fetch_page(f"{site.origin}/0", site.network).address == f"{site.origin}/3"
    site.answers["/3"] = redirect("/0")
    assert refusal(f"{site.origin}/0", site.network) == fetching.TOO_MANY_REDIRECTS


@pytest.mark.parametrize("status", [401, 403, 429, 451, 999])
def test_a_site_that_refuses_asks_for_the_text(site: PostingSite, status: int) -> None:
    site.answers["/jobs/1"] = (status, HTML, b"no")
    assert refusal(f"{site.origin}/jobs/1", site.network) == (
        "jobs.test doesn't let programs read this page. Copy the posting's text from your browser and paste it here instead."
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, HTML, b""), fetching.GONE),
        ((410, HTML, b""), fetching.GONE),
        ((500, HTML, b""), fetching.FAULTY.format(host="jobs.test")),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), fetching.NOT_A_PAGE),
        ((200, {}, b"<p>"), fetching.NOT_A_PAGE),
        ((200, HTML | {"Content-Encoding": "gzip"}, b"\x1f\x8b"), fetching.FAULTY.format(host="jobs.test")),
    ],
)
def test_errors_and_files_have_a_reason(
    site: PostingSite, answer: tuple[int, dict[str, str], bytes], reason: str
) -> None:
    site.answers["/jobs/1"] = answer
    assert refusal(f"{site.origin}/jobs/1", site.network) == reason


def test_a_robots_file_is_honoured(site: PostingSite) -> None:
    site.answers["/robots.txt"] = (
        200,
        {"Content-Type": "text/plain"},
        b"User-agent: Pursuit\nDisallow: /jobs/",
    )
    assert refusal(f"{site.origin}/jobs/1", site.network).startswith("jobs.test doesn't let programs")
    assert site.paths == ["/robots.txt"]
    site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: Other\nDisallow: /")
    assert fetch_page(f"{site.origin}/jobs/1", site.network)


def test_an_endless_body_is_cut_off(site: PostingSite) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 100_000)

    site.answers["/jobs/1"] = endless
    assert refusal(f"{site.origin}/jobs/1", site.network) == fetching.TOO_LARGE.format(host="jobs.test")


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_site_that_answers_byte_by_byte_is_left_at_the_deadline(
    site: PostingSite, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if part == "body":
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            handler.connection.settimeout(0.05)
            try:
                handler.connection.recv(1)
            except TimeoutError:
                continue

    monkeypatch.setattr(fetching, "SECONDS", 0.7)
    site.answers["/jobs/1"] = drip
    begin = time.monotonic()
    assert refusal(f"{site.origin}/jobs/1", site.network) == fetching.TOO_SLOW.format(host="jobs.test")
    assert time.monotonic() - begin < 5


def test_a_host_without_a_server_is_named(site: PostingSite) -> None:
    assert refusal("http://nowhere.invalid/") == fetching.UNREACHABLE.format(host="nowhere.invalid")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html; charset=iso-8859-1", "Grüße".encode("latin-1")),
        ("text/html", '<meta charset="windows-1252">Grüße'.encode("cp1252")),
        ("text/html", "Grüße".encode("cp1252")),
        ("text/html; charset=nonsense", "Grüße".encode()),
        ("text/html; charset=base64", "Grüße".encode()),
    ],
)
def test_text_is_decoded_as_the_page_says(site: PostingSite, content_type: str, body: bytes) -> None:
    site.answers["/jobs/1"] = (200, {"Content-Type": content_type}, body)
    assert fetch_page(f"{site.origin}/jobs/1", site.network).html.endswith("Grüße")
