"""Programs that call the API with a user's token."""

from typing import Any

from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.routes import routes
from tracker.services import access_tokens

BASE = "http://127.0.0.1:8000/api/v1"


def secret_of(person: Person, access: str = "write") -> str:
    """Return the secret of a new token of the user."""
    typed = {"name": "Test program", "access": access, "days": "30"}
    secret: str = person.call(access_tokens.create, typed).secret
    return secret


def program(person: Person | None, access: str = "write") -> TestClient:
    """Return a client with a token of the user, or without one."""
    client = TestClient(routes(), base_url=BASE, raise_server_exceptions=False)
    if person is not None:
        client.headers["Authorization"] = f"Bearer {secret_of(person, access)}"
    return client


def created(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return what a POST created."""
    response = client.post(path, json=body)
    assert response.status_code == 201, response.text
    record: dict[str, Any] = response.json()
    return record
