"""The OpenAPI document: complete and stable, with examples that work."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.api_client import program, secret_of
from tests.support.people import Person
from tests.support.server import serve
from tracker.api.v1.rest_api import operations

DOCUMENT: dict[str, Any] = operations().openapi()
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
STABLE_IDS = (Path(__file__).parent / "operation_ids.txt").read_text().splitlines()
ADD = """
from pursuit_api_client import AuthenticatedClient
from pursuit_api_client.api.applications import create_application
from pursuit_api_client.models import NewApplication
client = AuthenticatedClient(base_url={base!r}, token={token!r})
print(create_application.sync(client=client, body=NewApplication(company="Linear", role="Engineer")).id)
"""


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        target: dict[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return target
    return schema


def test_the_document_is_served_without_a_token() -> None:
    response = program(None).get("/openapi.json")
    assert response.json() == DOCUMENT
    assert response.json()["openapi"] == "3.1.0"


def test_operation_ids_never_change() -> None:
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(ids) == len(set(ids))
    assert set(STABLE_IDS) - set(ids) == set(), "clients call these operations"
    assert sorted(ids) == STABLE_IDS, "add the new operations to operation_ids.txt"


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_is_described_and_has_an_example(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    assert operation["description"].endswith(".")
    assert operation["security"] == [{"AccessToken": []}]
    success = next(status for status in operation["responses"] if status < "300")
    content = operation["responses"][success].get("content", {})
    assert bool(content) == (success != "204")
    for part in (content, operation.get("requestBody", {}).get("content", {})):
        assert (
            has_example(part["application/json"]["schema"]) if "application/json" in part else is_file(part)
        )
    for status in ("401", "422", "429", "500"):
        assert "application/problem+json" in operation["responses"][status]["content"]
    if method != "get":
        assert "403" in operation["responses"]
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    assert ("idempotency-key" in {name.lower() for name in names}) == (method == "post")


def is_file(content: dict[str, Any]) -> bool:
    schemas = [media["schema"] for media in content.values()]
    return all(schema.get("format") == "binary" or "contentMediaType" in schema for schema in schemas)


def has_example(schema: dict[str, Any]) -> bool:
    whole = resolved(schema)
    items = whole.get("properties", {}).get("items", {}).get("items", {})
    return bool(whole.get("examples") or resolved(items).get("examples"))


@pytest.mark.parametrize(
    "path", [path for path, method, _ in OPERATIONS if method == "get" and "{" not in path]
)
def test_every_list_can_be_read_by_a_new_user(charlie: Person, path: str) -> None:
    assert program(charlie, "read").get(path).status_code == 200


@pytest.mark.parametrize("name", ["NewApplication", "NewContact", "NewPosition", "NewBullet"])
def test_an_example_can_be_sent_as_it_is(alice: Person, name: str) -> None:
    path = {"NewPosition": "/profile/positions", "NewBullet": "/profile/bullets"}.get(
        name, f"/{name.removeprefix('New').lower()}s"
    )
    [example] = DOCUMENT["components"]["schemas"][name]["examples"]
    assert program(alice).post(path, json=example).status_code == 201


def test_the_documentation_loads_nothing_from_elsewhere() -> None:
    client = program(None)
    page = client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "://" not in page.text.replace("http-equiv", "")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert client.get(f"/docs/files/{name}").status_code == 200
    assert client.get("/docs/files/../../routes.py").status_code == 404


def test_a_generated_client_adds_an_application_in_five_lines(alice: Person, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(DOCUMENT))
    binaries = Path(sys.executable).parent
    subprocess.run(
        [binaries / "openapi-python-client", "generate", "--path", document, "--output-path", tmp_path / "pursuit_api_client",
         "--meta", "none", "--fail-on-warning"],
        check=True, capture_output=True, env={"PATH": str(binaries)},
    )  # fmt: skip
    (tmp_path / "server").mkdir()
    with serve(tmp_path / "server") as served:
        script = ADD.format(base=f"{served.origin}/api/v1", token=secret_of(alice))
        run = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert run.returncode == 0, run.stderr
    assert alice.row("application", run.stdout.strip())["company"] == "Linear"
