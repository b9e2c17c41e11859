"""Applications over the API: the same rules as on the pages, with raw values."""

from typing import Any

import pytest
import time_machine
from starlette.testclient import TestClient

from tests.support.api_client import created, program
from tests.support.people import Person
from tracker.services.figures.all_figures import figures
from tracker.shapes.figures import Selection

FULL: dict[str, Any] = {
    "company": "Linear", "role": "Backend engineer", "location": "Berlin", "country": "DE", "workplace": "hybrid",
    "employment": "full_time", "salary_from": 70000.5, "salary_to": 85000, "currency": "EUR", "salary_period": "year",
    "posting_url": "https://jobs.lever.co/linear/1", "posting_text": "We look for\n\tan engineer", "source": "Lever",
    "industry": "Software", "company_size": "medium", "excitement": 4, "tags": ["python", "berlin"], "deadline": "2026-11-30",
    "applied_on": "2026-11-01", "follow_up_on": "2026-11-08", "notes": "# Why\n\nBecause", "stage": "applied",
}  # fmt: skip


@pytest.fixture
def client(alice: Person, clock: time_machine.Traveller) -> TestClient:
    return program(alice)


def changed(client: TestClient, record: dict[str, Any], **changes: Any) -> dict[str, Any]:
    path = f"/applications/{record['id']}"
    response = client.patch(path, json=changes, headers={"If-Match": client.get(path).headers["etag"]})
    assert response.status_code == 200, response.text
    result: dict[str, Any] = response.json()
    return result


def test_every_field_that_is_sent_is_returned(client: TestClient) -> None:
    response = client.post("/applications", json=FULL)
    record = response.json()
    assert {name: record[name] for name in FULL} == FULL
    assert response.headers["location"] == f"/api/v1/applications/{record['id']}"
    read = client.get(f"/applications/{record['id']}")
    assert read.json() == record
    assert read.headers["etag"] == response.headers["etag"]


def test_company_and_role_are_enough(client: TestClient) -> None:
    record = created(client, "/applications", {"company": "Linear", "role": "Engineer"})
    assert (record["stage"], record["salary_from"], record["tags"], record["outcome"]) == (
        "saved",
        None,
        [],
        None,
    )
    assert record["created_at"] == "2026-11-03T10:00:00Z"


@pytest.mark.parametrize(
    "amount", [0, 0.01, 1.25, 12.5, 999.99, 1000, 60000.5, 123456.78, 1234567, 9999999999]
)
def test_amounts_are_stored_exactly(client: TestClient, amount: float) -> None:
    record = created(
        client, "/applications", {"company": "A", "role": "B", "salary_from": amount, "currency": "EUR"}
    )
    assert record["salary_from"] == amount
    assert changed(client, record, salary_to=9999999999)["salary_from"] == amount


def test_an_application_can_be_added_as_closed_with_its_outcome(client: TestClient) -> None:
    body = {"company": "Linear", "role": "Engineer", "stage": "closed"}
    assert client.post("/applications", json=body).json()["errors"][0]["pointer"] == "/outcome"
    record = created(client, "/applications", {**body, "outcome": "rejected"})
    assert (record["stage"], record["outcome"]) == ("closed", "rejected")


def test_only_the_fields_that_are_sent_change(client: TestClient, alice: Person) -> None:
    record = created(client, "/applications", FULL)
    after = changed(client, record, notes="Called", tags=["remote"], excitement=None, country=None)
    expected = {**record, "notes": "Called", "tags": ["remote"], "excitement": None, "country": None}
    assert after == expected
    assert alice.log().count("application.edited") == 4


def test_both_ends_of_a_salary_change_together(client: TestClient) -> None:
    record = created(client, "/applications", FULL)
    after = changed(client, record, salary_from=90000, salary_to=95000)
    assert (after["salary_from"], after["salary_to"]) == (90000, 95000)
    path = f"/applications/{record['id']}"
    response = client.patch(
        path, json={"salary_from": 96000}, headers={"If-Match": client.get(path).headers["etag"]}
    )
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/salary_to"


def test_a_move_counts_in_the_figures_and_can_be_undone(client: TestClient, alice: Person) -> None:
    record = created(client, "/applications", {"company": "Linear", "role": "Engineer"})
    response = client.post(f"/applications/{record['id']}/moves", json={"stage": "interviewing"})
    assert (response.status_code, response.json()["stage"]) == (201, "interviewing")
    assert alice.call(figures, Selection()).funnel[3].count == 1
    undone = client.post("/undos", json={"batch": response.headers["undo-batch"]})
    assert (undone.status_code, undone.json()) == (201, {"message": "Undone"})
    assert client.get(f"/applications/{record['id']}").json()["stage"] == "saved"


def test_closing_needs_an_outcome(client: TestClient) -> None:
    record = created(client, "/applications", {"company": "Linear", "role": "Engineer"})
    path = f"/applications/{record['id']}/moves"
    assert client.post(path, json={"stage": "closed"}).json()["errors"] == [
        {"in": "body", "pointer": "/outcome", "detail": "Choose an outcome."}
    ]
    assert (
        client.post(path, json={"stage": "closed", "outcome": "withdrawn"}).json()["outcome"] == "withdrawn"
    )


def test_a_follow_up_is_logged_with_the_date_of_the_next(client: TestClient, alice: Person) -> None:
    record = created(client, "/applications", FULL)
    after = created(client, f"/applications/{record['id']}/follow-ups", {"way": "email", "note": "News?"})
    assert after["follow_up_on"] == "2026-11-10"
    assert alice.last_event()["particulars"]["note"] == "News?"


def test_a_deleted_application_is_gone_until_an_undo(client: TestClient) -> None:
    record = created(client, "/applications", FULL)
    path = f"/applications/{record['id']}"
    response = client.delete(path, headers={"If-Match": client.get(path).headers["etag"]})
    assert (response.status_code, response.content) == (204, b"")
    for address in (path, f"{path}/score", f"{path}/letters"):
        assert client.get(address).status_code == 404
    assert client.get("/applications").json()["items"] == []
    client.post("/undos", json={"batch": response.headers["undo-batch"]})
    assert client.get(path).json()["notes"] == FULL["notes"]


def test_a_list_is_walked_page_by_page_with_each_application_once(client: TestClient, alice: Person) -> None:
    ids = [alice.add_application(f"Company {number:02}") for number in range(7)]
    seen, address = [], "/applications?limit=3&sort=company"
    while address:
        response = client.get(address)
        seen += [item["id"] for item in response.json()["items"]]
        link = response.headers.get("link", "")
        address = link.removeprefix("</api/v1").partition(">")[0]
        assert bool(link) == bool(response.json()["next_cursor"])
    assert seen == ids


@pytest.mark.parametrize(
    ("query", "companies"),
    [
        ("stage=applied", ["Beta"]), ("stage=open&sort=company", ["Alpha", "Beta"]), ("outcome=rejected", ["Gamma"]),
        ("q=beta", ["Beta"]), ("tag=python", ["Alpha"]), ("source=Referral", ["Beta"]), ("workplace=remote", ["Alpha"]),
        ("sort=company&order=descending", ["Gamma", "Beta", "Alpha"]), ("sort=salary", ["Alpha", "Beta", "Gamma"]),
    ],
)  # fmt: skip
def test_a_list_is_filtered_and_sorted_as_on_the_page(
    client: TestClient, query: str, companies: list[str]
) -> None:
    for body in (
        {
            "company": "Alpha",
            "tags": ["python"],
            "workplace": "remote",
            "salary_from": 90000,
            "currency": "USD",
        },
        {
            "company": "Beta",
            "stage": "applied",
            "source": "Referral",
            "salary_from": 80000,
            "currency": "USD",
        },
        {"company": "Gamma", "stage": "closed", "outcome": "rejected"},
    ):
        created(client, "/applications", {"role": "Engineer", **body})
    assert [item["company"] for item in client.get(f"/applications?{query}").json()["items"]] == companies


def test_sparse_fields_leave_out_the_rest(client: TestClient) -> None:
    record = created(client, "/applications", FULL)
    [item] = client.get("/applications?fields=company,stage").json()["items"]
    assert item == {"id": record["id"], "company": "Linear", "stage": "applied"}
    response = client.get("/applications?fields=company,password")
    assert response.json()["errors"][0] == {
        "in": "query", "pointer": "fields", "detail": "There is no field password.",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cursor",
    ["x", "e30=", "bnVsbA==", "WyIyMDI2LTEzLTQwIiwgIngiXQ==", "WyJcdTAwMDAiLCAieCJd", "W1tdLCB7fV0="],
)
def test_a_cursor_that_no_page_gave_is_refused(client: TestClient, cursor: str) -> None:
    for path in ("/applications", "/interviews", "/contacts", "/events"):
        response = client.get(f"{path}?cursor={cursor}")
        assert response.status_code == 422, path
        assert response.json()["errors"][0]["pointer"] == "cursor"


def test_a_score_adds_up_from_its_reasons(client: TestClient) -> None:
    record = created(client, "/applications", FULL)
    score = client.get(f"/applications/{record['id']}/score").json()
    assert score["score"] == sum(reason["points"] for reason in score["reasons"])
