"""Access tokens of requests: only a valid bearer token gets in, and only as far as it may."""

import pytest
from starlette.testclient import TestClient

from tests.support.api_client import BASE, created, program, secret_of
from tests.support.people import Person
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import access_tokens, sessions
from tracker.shapes.records import MeRecord, field_names

APPLICATION = {"company": "Linear", "role": "Engineer"}


def test_a_request_without_a_token_is_challenged(alice: Person) -> None:
    response = program(None).get("/me")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="Pursuit"'
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Bearer pursuit_pat_" + "0" * 38,
        "Bearer \x00",
        "bearer é",
    ],
)
def test_an_invalid_token_is_refused(alice: Person, authorization: str) -> None:
    headers = {"Authorization": authorization.encode("latin-1")}
    assert program(None).get("/me", headers=headers).status_code == 401


def test_a_revoked_token_ends_at_once(alice: Person) -> None:
    client = program(alice)
    assert client.get("/me").status_code == 200
    alice.call(access_tokens.revoke, alice.call(access_tokens.own_tokens)[0].id)
    assert client.get("/me").status_code == 401


def test_a_browsers_session_gives_no_access(alice: Person) -> None:
    client = TestClient(routes(), base_url=BASE)
    client.cookies.set(cookie_name(), sessions.open_session(alice.user.user_id, "Firefox"))
    assert client.get("/me").status_code == 401


def test_a_token_is_accepted_in_the_authorization_header_only(alice: Person) -> None:
    secret = secret_of(alice)
    assert program(None).get(f"/me?access_token={secret}").status_code == 401


def test_a_token_that_may_only_read_changes_nothing(alice: Person) -> None:
    client = program(alice, "read")
    assert client.get("/applications").status_code == 200
    response = client.post("/applications", json=APPLICATION)
    assert (response.status_code, response.json()["type"]) == (403, "urn:pursuit:problem:read-only-token")
    assert 'error="insufficient_scope"' in response.headers["www-authenticate"]
    assert alice.rows("SELECT 1 FROM application") == []


def test_me_says_who_the_token_stands_for_and_what_it_may_do(alice: Person) -> None:
    record = program(alice, "read").get("/me").json()
    assert set(record) == {*field_names(MeRecord)}
    assert (record["name"], record["token"]["scopes"]) == ("Alice", ["read"])
    assert program(alice).get("/me").json()["token"]["scopes"] == ["read", "write"]


def test_changes_are_recorded_as_the_apis(alice: Person) -> None:
    created(program(alice), "/applications", APPLICATION)
    assert alice.last_event()["door"] == "api"
