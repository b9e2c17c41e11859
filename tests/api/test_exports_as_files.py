"""Lists as files over HTTP, for their owner alone."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions

PATHS = [
    f"/exports/{name}.{kind}"
    for name in ("applications", "contacts", "interviews")
    for kind in ("csv", "xlsx")
]


def browser(person: Person | None) -> TestClient:
    """Return a client with this user's session."""
    client = TestClient(routes(), base_url="http://127.0.0.1:8000")
    if person:
        client.cookies.set(cookie_name(), sessions.open_session(person.user.user_id, "a test"))
    return client


@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_a_file_to_save(alice: Person, path: str) -> None:
    response = browser(alice).get(path)
    name, kind = path.removeprefix("/exports/").split(".")
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith(f'attachment; filename="pursuit-{name}-20')
    assert response.headers["content-disposition"].endswith(f'.{kind}"')
    assert response.headers["cache-control"] == "no-store"
    assert response.content.startswith(b"\xef\xbb\xbfid," if kind == "csv" else b"PK")


@pytest.mark.parametrize("path", PATHS)
def test_an_anonymous_client_gets_no_list(path: str) -> None:
    assert browser(None).get(path).status_code == 401


@pytest.mark.parametrize("path", ["/exports/secrets.csv", "/exports/contacts.exe"])
def test_an_unknown_file_is_not_found(alice: Person, path: str) -> None:
    assert browser(alice).get(path).status_code == 404


def test_a_file_has_the_users_own_applications_of_the_filters(alice: Person, bob: Person) -> None:
    alice.add_application("Linear", source="LinkedIn")
    alice.add_application("Monzo", source="Referral")
    bob.add_application("Bobcorp", source="Referral")
    text = browser(alice).get("/exports/applications.csv?source=Referral&nonsense=1").text
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert [row["company"] for row in rows] == ["Monzo"]


def test_a_long_file_is_sent_whole(alice: Person) -> None:
    for number in range(15):
        alice.add_application(f"Company {number}", posting_text="é" * 90_000)
    content = browser(alice).get("/exports/applications.csv").content
    assert len(content) > 2_700_000
    assert content.count(b"Company ") == 15
