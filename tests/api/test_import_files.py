"""Files to import over plain HTTP: owner, origin and size."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.models.data_import import MAX_IMPORT_BYTES
from tracker.services import sessions
from tracker.settings import settings
from tracker.shapes.people import Who

HERE = "http://127.0.0.1:8000"
TABLE = ("jobs.csv", b"Company,Role\nAcme,Engineer\n", "text/csv")
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def served(database_url: str, redis_url: str) -> Iterator[TestClient]:
    """Yield a client of the routes behind the edge."""
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url=HERE, follow_redirects=False) as client:
        yield client
    settings.cache_clear()


def headers(user: Who, **more: str) -> dict[str, str]:
    token = sessions.open_session(user.user_id, "Test")
    return {"Cookie": f"{cookie_name()}={token}", "Origin": HERE, **more}


def stored(person: Person) -> list[dict[str, object]]:
    return person.rows("SELECT id::text, name, content FROM data_import")


def test_a_file_to_import_is_stored_and_its_reading_requested(
    served: TestClient, alice: Person, bob: Person
) -> None:
    answer = served.post("/import/file", files={"file": TABLE}, headers=headers(alice.user, **BROWSER))
    (row,) = stored(alice)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/import/{row['id']}")
    assert (row["name"], row["content"]) == ("jobs.csv", TABLE[1])
    assert stored(bob) == []
    assert len(alice.rows("SELECT 1 FROM job WHERE kind = 'read_import'")) == 1
    answer = served.post("/import/file", files={"file": TABLE}, headers=headers(alice.user))
    assert answer.status_code == 202


def test_a_file_to_import_sent_twice_with_one_key_is_stored_once(served: TestClient, alice: Person) -> None:
    sent = {"data": {"form_key": "a press"}, "files": {"file": TABLE}}
    mine = headers(alice.user)
    first, second = (served.post("/import/file", headers=mine, **sent).json()["id"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_an_import_of_another_site_is_refused(served: TestClient, alice: Person, origin: str) -> None:
    answer = served.post("/import/file", files={"file": TABLE}, headers=headers(alice.user, Origin=origin))
    assert (answer.status_code, stored(alice)) == (403, [])


def test_an_import_without_a_session_is_refused(served: TestClient) -> None:
    assert served.post("/import/file", files={"file": TABLE}, headers={"Origin": HERE}).status_code == 401


@pytest.mark.parametrize("size", [MAX_IMPORT_BYTES + 1, 50 * 1024 * 1024])
def test_a_file_to_import_that_is_too_large_is_refused(served: TestClient, alice: Person, size: int) -> None:
    file = ("jobs.csv", b"a" * size, "text/csv")
    assert served.post("/import/file", files={"file": file}, headers=headers(alice.user)).status_code == 413
    answer = served.post("/import/file", files={"file": file}, headers=headers(alice.user, **BROWSER))
    assert (answer.status_code, answer.headers["location"]) == (303, "/import?problem=too_large")
    assert stored(alice) == []


@pytest.mark.parametrize(
    ("sent", "problem"),
    [({"files": {"file": ("jobs.csv", b"", "text/csv")}}, "empty"), ({"files": {"other": TABLE}}, "no_file")],
    ids=["empty", "no file"],
)
def test_a_form_without_a_table_is_reported_by_a_code(
    served: TestClient, alice: Person, sent: dict, problem: str
) -> None:
    assert served.post("/import/file", headers=headers(alice.user), **sent).status_code == 422
    answer = served.post("/import/file", headers=headers(alice.user, **BROWSER), **sent)
    assert answer.headers["location"] == f"/import?problem={problem}"
