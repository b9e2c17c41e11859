"""Uploads that no browser's form would send: refused with a reason, and the server continues."""

from collections.abc import Callable

import pytest

from tests.support.people import Person
from tests.support.server import WebServer
from tracker.services.resume import imports
from tracker.shapes.people import Who

Cookie = Callable[[Who], str]
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: text/plain\r\n\r\n'
)
END = b"\r\n--x--\r\n"
BODIES = {
    "no body": b"",
    "no end": HEAD % b"a.txt" + b"text",
    "no boundary": b"text",
    "a name with NUL": HEAD % b"a\0.txt" + b"text" + END,
    "a name that is no text": HEAD % b"\xff\xfe.txt" + b"text" + END,
    "a name as long as a page": HEAD % (b"a" * 9_000) + b"text" + END,
    "a path for a name": HEAD % b"../../secrets/postgres" + b"text" + END,
    "content with NUL": HEAD % b"a.txt" + b"te\0xt" + END,
    "a thousand fields": b"".join(
        b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(1_000)
    )
    + END,
    "an endless header": b"--x\r\nContent-Disposition: " + b"a" * 100_000 + END,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""])
def test_no_upload_breaks_the_server(
    target: WebServer, alice: Person, cookie_of: Cookie, body: bytes, kind: str
) -> None:
    headers = {"Cookie": cookie_of(alice.user), "Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    before = len(target.output)
    with target.client() as client:
        answer = client.post("/profile/resume", content=body, headers=headers)
    assert answer.status_code < 500
    assert "Traceback" not in target.output[before:]


def test_an_upload_of_fifty_megabytes_is_refused(target: WebServer, alice: Person, cookie_of: Cookie) -> None:
    body = HEAD % b"a.pdf" + b"x" * 50_000_000 + END
    headers = {
        "Cookie": cookie_of(alice.user),
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    with target.client(timeout=60) as client:
        answer = client.post("/profile/resume", content=body, headers=headers)
        assert answer.status_code == 413
        assert imports.PROBLEMS["too_large"] in answer.text
        assert client.get("/livez").status_code == 200
