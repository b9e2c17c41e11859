"""Entity tags and idempotency keys: nothing is lost, overwritten or done twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from tests.support.api_client import created, program
from tests.support.people import Person
from tracker.services.applications.field_edits import edit

APPLICATION = {"company": "Linear", "role": "Engineer"}


@pytest.fixture
def client(alice: Person) -> TestClient:
    return program(alice)


@pytest.fixture
def path(client: TestClient) -> str:
    return f"/applications/{created(client, '/applications', APPLICATION)['id']}"


@pytest.mark.parametrize("header", ["{}", 'W/{}, "other"', '"other", {}', "*"])
def test_an_unchanged_row_is_not_sent_again(client: TestClient, path: str, header: str) -> None:
    tag = client.get(path).headers["etag"]
    response = client.get(path, headers={"If-None-Match": header.format(tag)})
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)


def test_an_unchanged_list_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get("/applications").headers["etag"]
    assert client.get("/applications", headers={"If-None-Match": tag}).status_code == 304
    created(client, "/applications", APPLICATION)
    assert client.get("/applications", headers={"If-None-Match": tag}).status_code == 200


def test_a_change_without_a_version_is_refused(client: TestClient, path: str, alice: Person) -> None:
    for response in (client.patch(path, json={"notes": "x"}), client.delete(path)):
        assert response.status_code == 428
    assert client.get(path).json()["notes"] == ""


def test_a_change_of_a_stale_version_is_refused_and_says_the_current(
    client: TestClient, path: str, alice: Person
) -> None:
    stale = client.get(path).headers["etag"]
    alice.call(edit, path.rpartition("/")[2], "notes", "Mine", "")
    response = client.patch(path, json={"notes": "Theirs"}, headers={"If-Match": stale})
    assert response.status_code == 412
    assert response.headers["etag"] == client.get(path).headers["etag"] != stale
    assert client.get(path).json()["notes"] == "Mine"


def test_a_move_may_state_the_version_it_is_based_on(client: TestClient, path: str) -> None:
    stale = client.get(path).headers["etag"]
    move = {"stage": "applied"}
    assert client.post(f"{path}/moves", json=move, headers={"If-Match": stale}).status_code == 201
    assert (
        client.post(f"{path}/moves", json={"stage": "offer"}, headers={"If-Match": stale}).status_code == 412
    )


def test_of_two_changes_at_the_same_time_one_is_refused(alice: Person, client: TestClient, path: str) -> None:
    headers = {"If-Match": client.get(path).headers["etag"]}

    def change(note: str) -> int:
        return client.patch(path, json={"notes": note}, headers=headers).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ["one", "two"])) == [200, 412]


def test_a_repeated_request_has_no_further_effect(client: TestClient, alice: Person) -> None:
    headers = {"Idempotency-Key": "first"}
    first = client.post("/applications", json=APPLICATION, headers=headers)
    again = client.post("/applications", json=APPLICATION, headers=headers)
    assert again.json() == first.json()
    assert again.status_code == first.status_code == 201
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (
        None,
        "true",
    )
    assert again.headers["location"] == first.headers["location"]
    assert len(alice.rows("SELECT 1 FROM application")) == 1


def test_two_identical_requests_at_the_same_time_have_one_effect(client: TestClient, alice: Person) -> None:
    def add(_: int) -> str:
        response = client.post("/applications", json=APPLICATION, headers={"Idempotency-Key": "both"})
        return str(response.json()["id"])

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(add, range(4)))) == 1
    assert len(alice.rows("SELECT 1 FROM application")) == 1


def test_a_key_is_refused_for_another_request(client: TestClient, path: str) -> None:
    headers = {"Idempotency-Key": "first"}
    assert client.post("/applications", json=APPLICATION, headers=headers).status_code == 201
    response = client.post("/applications", json={**APPLICATION, "notes": "x"}, headers=headers)
    assert (response.status_code, response.json()["type"]) == (422, "urn:pursuit:problem:reused-key")
    assert client.post(f"{path}/moves", json={"stage": "offer"}, headers=headers).status_code == 201
    other = created(client, "/applications", APPLICATION)
    response = client.post(f"/applications/{other['id']}/moves", json={"stage": "offer"}, headers=headers)
    assert response.status_code == 422


def test_a_failed_request_can_be_repeated_with_its_key(client: TestClient) -> None:
    headers = {"Idempotency-Key": "first"}
    body = {**APPLICATION, "applied_on": "2999-01-01"}
    assert client.post("/applications", json=body, headers=headers).status_code == 422
    assert client.post("/applications", json=APPLICATION, headers=headers).status_code == 201


def test_another_users_key_is_independent(client: TestClient, bob: Person) -> None:
    headers = {"Idempotency-Key": "first"}
    mine = client.post("/applications", json=APPLICATION, headers=headers).json()
    theirs = program(bob).post("/applications", json=APPLICATION, headers=headers).json()
    assert mine["id"] != theirs["id"]
