"""Fetch the page of a posting once, for a user who gave its address."""

import codecs
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore2
import httpx2

from tracker.errors import Sorry
from tracker.services.capture.network import Network, connected_client

NETWORK = Network()
"""Where pages are fetched from."""
SECONDS, MAX_BYTES, MAX_ROBOTS_BYTES, MAX_REDIRECTS = 10.0, 3_000_000, 500_000, 3
AGENT = "Pursuit"
"""Name that a site's robots.txt can address."""
_HEADERS = {
    "user-agent": f"{AGENT}/1.0 (personal job-application tracker; fetches a page when its user asks)",
    "accept": "text/html, application/xhtml+xml",
    "accept-encoding": "identity",
    "accept-language": "en, *;q=0.5",
}
_PASTE = "Copy the posting's text from your browser and paste it here instead."
REFUSED = f"{{host}} doesn't let programs read this page. {_PASTE}"
GONE = (
    "There is no page at this address any more. If you still have the posting open, paste its text instead."
)
NOT_A_PAGE = f"This address leads to a file, not to a web page. {_PASTE}"
TOO_SLOW = f"{{host}} took too long to answer. {_PASTE}"
TOO_LARGE = f"The page at {{host}} is too large to read. {_PASTE}"
UNREACHABLE = "{host} can't be reached. Check the address, or paste the posting's text instead."
FAULTY = f"{{host}} answered with an error. {_PASTE}"
TOO_MANY_REDIRECTS = f"This address leads from page to page without an end. {_PASTE}"
NOT_AN_ADDRESS = "Use an address that begins with https:// or http://, without a password or a port."


@dataclass(frozen=True)
class Page:
    """A fetched page: the address it was read from, after redirects, and its HTML."""

    address: str
    html: str


def fetch_page(address: str, network: Network | None = None) -> Page:
    """Return the page at an address; raises Sorry, with what the user can do, if it can't be read.

    At most 3 redirects, 3 MB and 10 seconds in all. Each address must be public and allowed by its robots.txt.
    """
    network = network or NETWORK
    with connected_client(network, SECONDS) as client:
        try:
            return _followed(client, address, network, time.monotonic() + SECONDS)
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise Sorry(TOO_SLOW.format(host=_host(address))) from None
        except (
            httpx2.HTTPError,
            httpx2.InvalidURL,
            httpcore2.NetworkError,
            httpcore2.ProtocolError,
            ValueError,
        ):
            raise Sorry(UNREACHABLE.format(host=_host(address))) from None


def _followed(client: httpx2.Client, address: str, network: Network, deadline: float) -> Page:
    allowed: dict[str, Callable[[str], bool]] = {}
    for _ in range(MAX_REDIRECTS + 1):
        origin = _checked_origin(address, network)
        if origin not in allowed:
            allowed[origin] = _robots(client, origin, network, deadline)
        if not allowed[origin](address):
            raise Sorry(REFUSED.format(host=_host(address)))
        answer, body = _get(client, address, MAX_BYTES, deadline)
        if not (location := _redirect(answer)):
            return Page(address, _html(answer, body))
        address = urljoin(address, location).partition("#")[0]
    raise Sorry(TOO_MANY_REDIRECTS)


def _checked_origin(address: str, network: Network) -> str:
    """Return the origin of an address; raises Sorry for another scheme or port, or a user name."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        raise Sorry(NOT_AN_ADDRESS) from None
    is_plain = parts.username is None and parts.password is None and bool(parts.hostname)
    if parts.scheme not in ("http", "https") or port not in network.ports or not is_plain:
        raise Sorry(NOT_AN_ADDRESS)
    return f"{parts.scheme}://{parts.netloc}"


def _get(client: httpx2.Client, address: str, limit: int, deadline: float) -> tuple[httpx2.Response, bytes]:
    """Return an answer and its body; raises Sorry for one that is compressed or over the limit."""
    client.cookies.clear()
    with client.stream("GET", address, headers=_HEADERS) as answer:
        body = bytearray()
        if answer.status_code >= 300:
            return answer, b""
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise Sorry(FAULTY.format(host=_host(address)))
        for part in answer.iter_raw():
            body += part
            if len(body) > limit:
                raise Sorry(TOO_LARGE.format(host=_host(address)))
            if time.monotonic() > deadline:
                raise Sorry(TOO_SLOW.format(host=_host(address)))
        return answer, bytes(body)


def _robots(client: httpx2.Client, origin: str, network: Network, deadline: float) -> Callable[[str], bool]:
    """Return the check of addresses against a site's robots.txt; a missing file allows all."""
    address = f"{origin}/robots.txt"
    for _ in range(MAX_REDIRECTS + 1):
        _checked_origin(address, network)
        answer, body = _get(client, address, MAX_ROBOTS_BYTES, deadline)
        if not (location := _redirect(answer)):
            break
        address = urljoin(address, location)
    if answer.status_code >= 500:
        raise Sorry(FAULTY.format(host=_host(origin)))
    rules = RobotFileParser()
    rules.parse(body.decode("utf-8", "replace").splitlines() if answer.status_code == 200 else [])
    return lambda page: rules.can_fetch(AGENT, page)


def _redirect(answer: httpx2.Response) -> str:
    is_redirect = answer.status_code in (301, 302, 303, 307, 308)
    return answer.headers.get("location", "") if is_redirect else ""


def _html(answer: httpx2.Response, body: bytes) -> str:
    """Return an answer's HTML; raises Sorry for a refusal, an error or a file."""
    host, status = answer.url.host, answer.status_code
    if status in (404, 410):
        raise Sorry(GONE)
    if status in (401, 402, 403, 407, 429, 451) or status >= 600:
        raise Sorry(REFUSED.format(host=host))
    if status != 200:
        raise Sorry(FAULTY.format(host=host))
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml"):
        raise Sorry(NOT_A_PAGE)
    return _decoded(body, answer.headers.get("content-type", ""))


def _decoded(body: bytes, content_type: str) -> str:
    """Return text in the encoding that the header or the page names, else in UTF-8 or Windows-1252."""
    named = re.search(r"charset=[\"']?([\w-]+)", content_type + body[:2048].decode("ascii", "replace"), re.I)
    for encoding in ([named[1]] if named else []) + ["utf-8"]:
        try:
            if codecs.lookup(encoding)._is_text_encoding:
                return body.decode(encoding)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "This site"
    except ValueError:
        return "This site"
