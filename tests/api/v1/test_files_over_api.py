"""Imports and exports over the API: from a file to its undo, and a list as a file."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from tests.support.api_client import created, program
from tests.support.people import ABSENT, Person
from tests.support.waiting_jobs import run_jobs
from tracker.services.preferences import learn_zone

AMBIGUOUS = (
    "Company;Role;Status;Applied\nAcme;Engineer;applied;03/04/2026\nBeta;Designer;on hold;05/06/2026\n"
)
FILE = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def client(alice: Person) -> TestClient:
    alice.call(learn_zone, "Europe/Berlin")
    return program(alice)


def test_a_file_is_read_mapped_applied_and_undone(client: TestClient, alice: Person) -> None:
    sent = client.post("/imports?name=jobs.csv", content=AMBIGUOUS.encode(), headers=FILE)
    path = f"/imports/{sent.json()['id']}"
    assert (sent.status_code, sent.json()["state"], sent.headers["location"]) == (
        202,
        "reading",
        f"/api/v1{path}",
    )
    run_jobs(alice.user)
    read = client.get(path)
    assert (read.json()["state"], read.json()["open_questions"]) == (
        "ready",
        ["0.orders.3", "statuses.on hold"],
    )
    refused = client.post(f"{path}/applications")
    assert refused.json()["errors"][0]["pointer"] == "/0.orders.3"
    changes = {"0.orders.3": "dmy", "statuses.on hold": "saved"}
    changed = client.patch(path, json={"changes": changes}, headers={"If-Match": read.headers["etag"]})
    assert changed.status_code == 200, changed.text
    run_jobs(alice.user)
    assert [row["verdict"] for row in client.get(f"{path}/rows").json()["items"]] == ["new", "new"]
    assert client.post(f"{path}/applications").json()["state"] == "applying"
    run_jobs(alice.user)
    assert client.get(path).json()["counts"]["new"] == 2
    assert client.get("/applications?q=acme").json()["items"][0]["applied_on"] == "2026-04-03"
    undone = created(client, f"{path}/undos", {})
    assert undone["message"] == "Import of jobs.csv undone"
    assert client.get("/applications").json()["items"] == []
    assert client.get("/imports").json()["items"][0]["state"] == "undone"


def test_the_rows_of_a_dry_run_are_paged_and_filtered(client: TestClient, alice: Person) -> None:
    lines = ["Company,Role"] + [f"Company {number},Engineer" for number in range(4)] + [",Analyst"]
    sent = client.post("/imports", content="\n".join(lines).encode(), headers=FILE).json()
    run_jobs(alice.user)
    path = f"/imports/{sent['id']}/rows"
    first = client.get(f"{path}?limit=3").json()
    rest = client.get(f"{path}?limit=3&cursor={first['next_cursor']}").json()
    assert [row["number"] for row in [*first["items"], *rest["items"]]] == [2, 3, 4, 5, 6]
    assert rest["next_cursor"] is None
    [problem] = client.get(f"{path}?verdict=problem").json()["items"]
    assert problem["number"] == 6


def test_a_file_sent_twice_under_a_key_is_one_import(client: TestClient) -> None:
    headers = {**FILE, "Idempotency-Key": "file"}
    first = client.post("/imports", content=b"Company,Role\n\xff\xfe,x\n", headers=headers).json()
    assert client.post("/imports", content=b"Company,Role\n\xff\xfe,x\n", headers=headers).json() == first
    assert client.post("/imports", content=b"Company,Role\n", headers=headers).status_code == 422


def test_a_discarded_import_is_gone(client: TestClient) -> None:
    sent = client.post("/imports", content=b"Company,Role\nAcme,x\n", headers=FILE)
    path = f"/imports/{sent.json()['id']}"
    assert client.delete(path, headers={"If-Match": client.get(path).headers["etag"]}).status_code == 204
    assert client.get(path).status_code == 404


def test_another_users_import_is_not_there(client: TestClient, bob: Person) -> None:
    theirs = program(bob).post("/imports", content=b"Company,Role\nAcme,x\n", headers=FILE).json()["id"]
    for row_id in (theirs, ABSENT):
        for method, path in (("GET", ""), ("GET", "/rows"), ("POST", "/applications"), ("POST", "/undos")):
            assert client.request(method, f"/imports/{row_id}{path}").status_code == 404
    assert client.get("/imports").json()["items"] == []


def test_only_files_are_taken_as_files(client: TestClient) -> None:
    assert client.post("/imports", json={"company": "Acme"}).status_code == 415
    assert client.post("/applications", content=b"x", headers=FILE).status_code == 415
    assert client.post("/imports", content=b"", headers=FILE).status_code == 422


def test_a_list_is_exported_as_it_is_filtered(client: TestClient) -> None:
    created(client, "/applications", {"company": "=Acme", "role": "Engineer", "stage": "applied"})
    created(client, "/applications", {"company": "Beta", "role": "Designer"})
    response = client.get("/exports/applications?stage=applied")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["company"], row["stage"]) == ("'=Acme", "applied")
    assert client.get("/exports/contacts?kind=xlsx").content.startswith(b"PK")
    assert client.get("/exports/interviews").status_code == 200
    assert client.get("/exports/interviews?kind=pdf").status_code == 422
