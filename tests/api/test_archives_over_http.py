"""Download and upload of an export of everything over HTTP."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from starlette.testclient import TestClient

from tests.support.people import Person, newcomer
from tests.support.waiting_jobs import run_jobs
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions
from tracker.services.exports import archives
from tracker.services.exports.archive_reader import MAX_UPLOAD_BYTES

ORIGIN = "http://127.0.0.1:8000"
HERE = {"Origin": ORIGIN}
PAGE = {**HERE, "Accept": "text/html"}


def browser(person: Person | None) -> TestClient:
    """Return a client with a new session of this user."""
    client = TestClient(routes(), base_url=ORIGIN, follow_redirects=False)
    if person:
        client.cookies.set(cookie_name(), sessions.open_session(person.user.user_id, "a test"))
    return client


@pytest.fixture
def address(alice: Person, redis_url: str) -> str:
    """Return the address of an export of alice's."""
    alice.add_application("Linear")
    alice.call(archives.request_export)
    run_jobs(alice.user)
    return f"/exports/everything/{alice.rows('SELECT id FROM archive')[0]['id']}"


def sent(client: TestClient, content: bytes, headers: dict[str, str] = HERE, **form: str) -> Any:
    return client.post("/exports/upload", files={"file": ("export.zip", content)}, data=form, headers=headers)


def test_an_export_is_downloaded_once(alice: Person, address: str) -> None:
    mine = browser(alice)
    response = mine.post(address, headers=HERE)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"].startswith('attachment; filename="pursuit-export-20')
    assert response.headers["cache-control"] == "no-store"
    assert int(response.headers["content-length"]) == len(response.content)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
    assert mine.post(address, headers=HERE).content == response.content
    assert browser(alice).post(address, headers=HERE).status_code == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=9.9)):
        assert mine.post(address, headers=HERE).status_code == 200
    alice.rows("UPDATE archive SET downloaded_at = downloaded_at - interval '10 minutes' RETURNING 1")
    assert mine.post(address, headers=HERE).status_code == 404


def test_a_download_needs_a_fresh_sign_in(alice: Person, address: str) -> None:
    mine = browser(alice)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=10.1)):
        response = mine.post(address, headers=HERE)
    assert response.status_code == 403
    assert "Sign in again first" in response.text
    assert alice.rows("SELECT downloaded_at FROM archive") == [{"downloaded_at": None}]


def test_another_user_and_another_site_get_nothing(alice: Person, bob: Person, address: str) -> None:
    assert browser(bob).post(address, headers=HERE).status_code == 404
    assert browser(None).post(address, headers=HERE).status_code == 401
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser(alice).post(address, headers=headers).status_code == 403
        assert sent(browser(alice), b"x", headers).status_code == 403
    assert browser(alice).get(address).status_code == 405
    assert alice.rows("SELECT downloaded_at FROM archive") == [{"downloaded_at": None}]


@pytest.mark.parametrize("name", ["nonsense", "01890000-0000-7000-8000-000000000000"])
def test_an_export_that_does_not_exist_is_not_found(alice: Person, name: str) -> None:
    assert browser(alice).post(f"/exports/everything/{name}", headers=HERE).status_code == 404


def test_an_upload_is_loaded_by_a_job(alice: Person, address: str) -> None:
    content = browser(alice).post(address, headers=HERE).content
    other = newcomer("Other")
    assert sent(browser(other), content).status_code == 202
    run_jobs(other.user)
    assert [row["company"] for row in other.rows("SELECT company FROM application")] == ["Linear"]
    page = sent(browser(newcomer("Third")), content, PAGE)
    assert (page.status_code, page.headers["location"]) == (303, "/settings#data")


def test_a_repeated_submission_is_stored_once(charlie: Person, redis_url: str) -> None:
    ids = {sent(browser(charlie), b"{}", form_key="a press").json()["id"] for _ in range(2)}
    assert len(ids) == len(charlie.rows("SELECT 1 FROM archive")) == 1


@pytest.mark.parametrize(("headers", "is_page"), [(HERE, False), (PAGE, True)])
def test_a_refused_upload_says_why(
    alice: Person, charlie: Person, redis_url: str, headers: dict[str, str], is_page: bool
) -> None:
    alice.add_application()
    refusals = {
        "too_large": sent(browser(charlie), b" " * (MAX_UPLOAD_BYTES + 1), headers),
        "no_file": sent(browser(charlie), b"", headers),
        "not_empty": sent(browser(alice), b"{}", headers),
    }
    for problem, response in refusals.items():
        if is_page:
            assert response.headers["location"] == f"/settings?problem={problem}#data"
        else:
            assert response.json() == {"detail": archives.PROBLEMS[problem]}
    statuses = [response.status_code for response in refusals.values()]
    assert statuses == ([303] * 3 if is_page else [413, 422, 409])
    assert charlie.rows("SELECT 1 FROM archive") == []


def test_a_form_without_a_file_is_refused(charlie: Person) -> None:
    response = browser(charlie).post("/exports/upload", data={"x": "y"}, headers=HERE)
    assert response.status_code == 422
