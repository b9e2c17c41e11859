"""Resume files over plain HTTP: owner, origin and size."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.db import scoped
from tracker.services import sessions
from tracker.services.resume.imports import MAX_RESUME_BYTES
from tracker.settings import settings
from tracker.shapes.people import Who

HERE = "http://127.0.0.1:8000"
CV = ("cv.txt", b"Engineer, Acme, 2019 - 2020", "text/plain")
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


def stored_resumes(user: Who) -> list[tuple[str, bytes]]:
    with scoped(user) as scope:
        return [
            (row["name"], row["content"])
            for row in scope.rows(text("SELECT name, content FROM resume_import"))
        ]


def test_an_uploaded_file_is_stored_and_its_parsing_requested(
    served: TestClient, alice: Person, bob: Person
) -> None:
    answer = served.post("/profile/resume", files={"file": CV}, headers=headers(alice.user, **BROWSER))
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile/review")
    assert stored_resumes(alice.user) == [("cv.txt", CV[1])]
    assert stored_resumes(bob.user) == []
    with scoped(alice.user) as scope:
        assert len(scope.rows(text("SELECT 1 FROM job WHERE kind = 'read_resume'"))) == 1
    assert served.post("/profile/resume", files={"file": CV}, headers=headers(alice.user)).status_code == 202


def test_a_file_uploaded_twice_with_the_same_key_is_stored_once(served: TestClient, alice: Person) -> None:
    mine = headers(alice.user)
    for name in ("first.txt", "second.txt"):
        sent = {"data": {"form_key": "one press"}, "files": {"file": (name, CV[1], "text/plain")}}
        answers = [served.post("/profile/resume", headers=mine, **sent).json()["id"] for _ in range(2)]
        assert answers[0] == answers[1]
    assert stored_resumes(alice.user) == [("first.txt", CV[1])]


def test_a_key_that_is_too_long_is_refused(served: TestClient, alice: Person) -> None:
    sent = {"data": {"form_key": "k" * 201}, "files": {"file": CV}}
    answer = served.post("/profile/resume", headers=headers(alice.user), **sent)
    assert (answer.status_code, stored_resumes(alice.user)) == (422, [])


def test_another_user_is_refused(served: TestClient, alice: Person) -> None:
    assert served.post("/profile/resume", files={"file": CV}, headers={"Origin": HERE}).status_code == 401
    false = {"Cookie": f"{cookie_name()}={'x' * 43}", "Origin": HERE}
    assert served.post("/profile/resume", files={"file": CV}, headers=false).status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9000"])
def test_a_form_of_another_site_is_refused(served: TestClient, alice: Person, origin: str) -> None:
    sent = served.post("/profile/resume", files={"file": CV}, headers=headers(alice.user, Origin=origin))
    assert sent.status_code == 403
    assert stored_resumes(alice.user) == []


@pytest.mark.parametrize("size", [MAX_RESUME_BYTES + 1, MAX_RESUME_BYTES + 100_000, 50 * 1024 * 1024])
def test_a_file_that_is_too_large_is_refused(served: TestClient, alice: Person, size: int) -> None:
    file = ("cv.txt", b"a" * size, "text/plain")
    assert (
        served.post("/profile/resume", files={"file": file}, headers=headers(alice.user)).status_code == 413
    )
    answer = served.post("/profile/resume", files={"file": file}, headers=headers(alice.user, **BROWSER))
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile?problem=too_large")
    assert stored_resumes(alice.user) == []


def test_the_largest_file_allowed_is_kept(served: TestClient, alice: Person) -> None:
    file = ("cv.txt", b"a" * MAX_RESUME_BYTES, "text/plain")
    assert (
        served.post("/profile/resume", files={"file": file}, headers=headers(alice.user)).status_code == 202
    )


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"files": {"file": ("cv.pdf", b"<!doctype html><html>", "application/pdf")}}, "web_page"),
        ({"files": {"file": ("cv.pdf", b"", "application/pdf")}}, "empty"),
        ({"files": {"other": CV}}, "no_file"), ({"data": {"file": "text"}}, "no_file"),
        ({"files": [("file", CV), ("file", CV)]}, "no_file"),
        ({"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, "no_file"),
        ({"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data"}}, "no_file"),
    ],
    ids=range(7),
)  # fmt: skip
def test_an_invalid_resume_is_reported_by_a_code(
    served: TestClient, alice: Person, sent: dict, problem: str
) -> None:
    mine = {**headers(alice.user), **sent.pop("headers", {})}
    assert served.post("/profile/resume", headers=mine, **sent).status_code == 422
    answer = served.post("/profile/resume", headers=mine | BROWSER, **sent)
    assert answer.headers["location"] == f"/profile?problem={problem}"
    assert stored_resumes(alice.user) == []


def test_a_resume_is_uploaded_by_post_alone(served: TestClient, alice: Person) -> None:
    assert served.get("/profile/resume", headers=headers(alice.user)).status_code == 405
