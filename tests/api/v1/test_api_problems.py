"""Errors of the API: problem details with a pointer to each field, and never the input."""

import json
import logging

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from tests.support.api_client import created, program
from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.services.records import applications as records

APPLICATION = {"company": "Linear", "role": "Engineer"}
SECRET = "my-salary-is-private"


@pytest.fixture
def client(alice: Person) -> TestClient:
    return program(alice)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"company": SECRET}, "/role"), ({**APPLICATION, "company": ""}, "/company"), ({**APPLICATION, "role": " \n"}, "/role"),
        ({**APPLICATION, "notes": f"{SECRET}\x00"}, "/notes"), ({**APPLICATION, "location": "a\tb"}, "/location"),
        ({**APPLICATION, "company": "x" * 201}, "/company"), ({**APPLICATION, "tags": ["a,b"]}, "/tags/0"),
        ({**APPLICATION, "tags": [["x"]]}, "/tags/0"), ({**APPLICATION, "excitement": "5"}, "/excitement"),
        ({**APPLICATION, "excitement": 6}, "/excitement"), ({**APPLICATION, "excitement": True}, "/excitement"),
        ({**APPLICATION, "salary_from": "70k"}, "/salary_from"), ({**APPLICATION, "salary_from": 1.005}, "/salary_from"),
        ({**APPLICATION, "salary_from": -1}, "/salary_from"), ({**APPLICATION, "salary_from": 1e300}, "/salary_from"),
        ({**APPLICATION, "applied_on": "3.11.2026"}, "/applied_on"), ({**APPLICATION, "applied_on": 0}, "/applied_on"),
        ({**APPLICATION, "applied_on": "2026-02-30"}, "/applied_on"), ({**APPLICATION, "applied_on": "2999-01-01"}, "/applied_on"),
        ({**APPLICATION, "currency": "ZZZ"}, "/currency"), ({**APPLICATION, "country": "ZZ"}, "/country"),
        ({**APPLICATION, "posting_url": SECRET}, "/posting_url"), ({**APPLICATION, "stage": "won"}, "/stage"),
        ({**APPLICATION, "a/b~": 1}, "/a~1b~0"), ({**APPLICATION, "user_id": "x"}, "/user_id"),
        ({**APPLICATION, "salary_from": 2, "salary_to": 1}, "/salary_to"), ([], ""), (None, ""), ("x", ""),
    ],
)  # fmt: skip
def test_an_invalid_field_is_pointed_at_without_its_value(
    client: TestClient, alice: Person, body: object, pointer: str
) -> None:
    response = client.post("/applications", json=body)
    problem = response.json()
    assert response.status_code == 422, problem
    assert response.headers["content-type"] == "application/problem+json"
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert problem["errors"][0]["detail"].endswith(".")
    assert SECRET not in response.text
    assert alice.rows("SELECT 1 FROM application") == []


def test_every_invalid_field_is_named_at_once(client: TestClient) -> None:
    body = {"company": "", "workplace": "moon", "nope": 1}
    errors = client.post("/applications", json=body).json()["errors"]
    assert {error["pointer"] for error in errors} == {"/company", "/role", "/workplace", "/nope"}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 422), (b"", 422), (b"\xff\xfe", 422), (b"[" * 100_000, 400), (b'{"company": "\\ud800", "role": "x"}', 422),
        (b'{"company": NaN, "role": "x"}', 422), (b'{"company": "a", "role": "b", "salary_from": Infinity}', 422),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_a_problem(client: TestClient, content: bytes, status: int) -> None:
    response = client.post("/applications", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"])
def test_another_media_type_is_refused(client: TestClient, media_type: str) -> None:
    content = json.dumps(APPLICATION)
    response = client.post("/applications", content=content, headers={"Content-Type": media_type})
    assert response.status_code == 415
    assert created(client, "/applications", APPLICATION)


def test_a_merge_patch_is_accepted(client: TestClient) -> None:
    path = f"/applications/{created(client, '/applications', APPLICATION)['id']}"
    headers = {"If-Match": client.get(path).headers["etag"], "Content-Type": "application/merge-patch+json"}
    assert client.patch(path, content='{"notes": "x"}', headers=headers).json()["notes"] == "x"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    stated = client.post("/applications", content=b" " * (8 * 1024 * 1024 + 1), headers=headers)
    chunked = client.post("/applications", content=iter([b" " * 1024] * 8200), headers=headers)
    assert [response.status_code for response in (stated, chunked)] == [413, 413]
    assert chunked.headers["content-type"] == "application/problem+json"


def test_an_unknown_address_and_method_are_problems(client: TestClient) -> None:
    assert client.get("/nothing").json()["title"] == "Not found"
    response = client.put("/applications", json={})
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("path", ["/x%0Ay", "/applications/%0a", "/x%7f", "/applications?q=%00"])
def test_a_control_character_in_the_address_is_refused(alice: Person, path: str) -> None:
    client = TestClient(edge(None)(routes()), base_url="http://127.0.0.1:8000")  # type: ignore[arg-type]
    response = client.get(f"/api/v1{path}", headers=dict(program(alice).headers))
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")


def test_an_unknown_parameter_is_refused(client: TestClient) -> None:
    problem = client.get("/applications?stge=applied").json()
    assert problem["errors"] == [{"in": "query", "pointer": "stge", "detail": "There is no such field."}]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "stage=won", "sort=password", "q=%01"])
def test_an_invalid_parameter_is_named(client: TestClient, query: str) -> None:
    response = client.get(f"/applications?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == query.partition("=")[0]


def test_an_unexpected_error_is_logged_once_under_its_reference(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(records, "page", lambda *_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        response = client.get("/applications")
    problem = response.json()
    assert (response.status_code, problem["title"]) == (500, "Something went wrong")
    reference = problem["instance"].rpartition(":")[2]
    assert [record.getMessage() for record in caplog.records] == [f"API request failed ({reference})"]
    assert "ZeroDivisionError" not in response.text


def test_an_outage_says_when_to_try_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        error = OperationalError("", None, Exception())
        error.connection_invalidated = True
        raise error

    monkeypatch.setattr(records, "page", fail)
    response = client.get("/applications")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
