"""First response to a new browser, before any script runs."""

import re

import pytest

from tests.support.server import WebServer


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", None)]
)
def test_scripts_come_in_the_smallest_form_that_the_browser_takes(
    served: WebServer, accepted: str, sent: str | None
) -> None:
    with served.client() as client:
        document = client.get("/sign-in").text
        script = re.findall(r"/assets/[\w./-]+\.js", document)[0]
        answer = client.get(script, headers={"Accept-Encoding": accepted})
    assert (answer.status_code, answer.headers.get("content-encoding")) == (200, sent)
