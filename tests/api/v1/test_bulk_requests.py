"""Bulk requests: a result a row, one action to undo."""

import pytest
from starlette.testclient import TestClient

from tests.support.api_client import program
from tests.support.people import ABSENT, Person


@pytest.fixture
def client(alice: Person) -> TestClient:
    return program(alice)


def test_each_row_has_its_own_result(client: TestClient, alice: Person) -> None:
    rows = [
        {"company": "Alpha", "role": "Engineer"},
        {"company": "Beta", "role": "Engineer", "applied_on": "2999-01-01"},
        {"company": "Gamma", "role": "Engineer", "stage": "closed"},
        {"company": "Delta", "role": "Engineer", "stage": "applied"},
    ]
    response = client.post("/bulk/applications", json={"items": rows})
    results = response.json()["results"]
    assert [result["status"] for result in results] == [201, 422, 422, 201]
    assert [result["problem"]["errors"][0]["pointer"] for result in results[1:3]] == [
        "/items/1/applied_on",
        "/items/2/outcome",
    ]
    assert [row["company"] for row in alice.rows("SELECT company FROM application ORDER BY id")] == [
        "Alpha",
        "Delta",
    ]
    assert alice.log() == ["application.added", "application.added"]
    scores = alice.rows("SELECT 1 FROM priority")
    assert len(scores) == 2


def test_five_hundred_rows_are_added_in_one_request_and_no_more(client: TestClient, alice: Person) -> None:
    rows = [{"company": f"Company {number}", "role": "Engineer"} for number in range(500)]
    assert {
        result["status"]
        for result in client.post("/bulk/applications", json={"items": rows}).json()["results"]
    } == {201}
    assert alice.rows("SELECT count(*) AS n FROM application") == [{"n": 500}]
    for invalid in ([], [*rows, rows[0]]):
        response = client.post("/bulk/applications", json={"items": invalid})
        assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/items")


def test_moves_of_many_are_undone_together(client: TestClient, alice: Person, bob: Person) -> None:
    mine, theirs = [alice.add_application() for _ in range(2)], bob.add_application()
    moves = [{"application_id": row_id, "stage": "applied"} for row_id in [*mine, theirs, ABSENT]]
    response = client.post("/bulk/moves", json={"items": moves}, headers={"Idempotency-Key": "moves"})
    assert [result["status"] for result in response.json()["results"]] == [200, 200, 404, 404]
    again = client.post("/bulk/moves", json={"items": moves}, headers={"Idempotency-Key": "moves"})
    assert again.json() == response.json()
    assert alice.log().count("stage.changed") == 2
    assert client.post("/undos", json={"batch": response.headers["undo-batch"]}).status_code == 201
    assert {item["stage"] for item in client.get("/applications").json()["items"]} == {"saved"}
    assert bob.row("application", theirs)["stage"] == "saved"


def test_contacts_are_added_with_their_links(client: TestClient, alice: Person) -> None:
    row_id = alice.add_application()
    items = [
        {"name": "Ann", "application_id": row_id},
        {"name": "Ben", "email": "not an address"},
        {"name": "Cem", "application_id": ABSENT},
    ]
    results = client.post("/bulk/contacts", json={"items": items}).json()["results"]
    assert [result["status"] for result in results] == [201, 422, 404]
    assert results[0]["record"]["application_ids"] == [row_id]
    assert [row["name"] for row in alice.rows("SELECT name FROM contact")] == ["Ann"]
