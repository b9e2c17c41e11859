"""Responses of routes when a service refuses, the same for every route."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions
from tracker.services.figures.tables import NAMES
from tracker.settings import settings

HERE = "http://127.0.0.1:8000"
ROW = "00000000-0000-4000-8000-000000000000"
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def client(database_url: str, redis_url: str) -> Iterator[TestClient]:
    """Yield a client of the routes; errors in them fail the test."""
    settings.cache_clear()
    with TestClient(routes(), base_url=HERE, follow_redirects=False) as client:
        yield client
    settings.cache_clear()


@pytest.mark.parametrize(
    "path", [f"/analytics/{NAMES[0]}.csv", f"/letters/{ROW}.txt", f"/letters/{ROW}.pdf", f"/model-calls/{ROW}.txt", "/profile/resume"]
)  # fmt: skip
def test_a_session_that_ends_during_a_request_leads_to_sign_in(
    client: TestClient, alice: Person, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sessions.open_session(alice.user.user_id, "a test")
    user = sessions.find(token)
    sessions.end_session(token)
    monkeypatch.setattr(sessions, "find", lambda token: user)
    client.cookies.set(cookie_name(), token)
    if path == "/profile/resume":
        file = {"file": ("cv.txt", b"Engineer, Acme, 2019 - 2020", "text/plain")}
        answer = client.post(path, files=file, headers={**BROWSER, "Origin": HERE})
    else:
        answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text


def test_a_browser_gets_a_page_for_a_missing_file(client: TestClient, alice: Person) -> None:
    client.cookies.set(cookie_name(), sessions.open_session(alice.user.user_id, "a test"))
    answer = client.get(f"/letters/{ROW}.txt", headers=BROWSER)
    assert answer.status_code == 404
    assert "isn&#x27;t yours" in answer.text
