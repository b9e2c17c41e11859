"""The OpenAPI document, and the page that shows it."""

import json
import re
from copy import deepcopy
from html import escape
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from tracker.api.v1.problems import MEDIA_TYPE, Problem

INTRODUCTION = """\\
Read and change your job search from your own programs, over the same rules as the pages.

Create a token in Settings, and send it as `Authorization: Bearer TOKEN`.

- Lists are pages: follow `next_cursor`, or the `Link` header, until it is gone.
- Writes on an existing row need its entity tag (`ETag`) as `If-Match`, so that no change is lost.
- Send an `Idempotency-Key` with a POST that you may repeat.
- Errors are problem details (RFC 9457), with a pointer to each invalid field.
- An answer's `Undo-Batch` can be undone with `POST /undos`.
"""
_PROBLEMS = {
    "400": "The request can't be read",
    "401": "No valid token",
    "403": "The token may only read",
    "404": "Not there, or not yours",
    "405": "Method not allowed",
    "409": "In conflict with the current state",
    "412": "Changed since the version in `If-Match`",
    "413": "Body too large",
    "415": "Body not JSON",
    "422": "Fields aren't valid",
    "428": "`If-Match` is missing",
    "429": "Too many requests",
    "500": "Unexpected error",
    "503": "Temporarily unavailable",
}
_TEXT = {"type": "string"}


def add(api: FastAPI) -> None:
    """Add the document, its page, and the page's files to the API."""
    document = _document(api)
    api.openapi = lambda: document  # type: ignore[method-assign]

    @api.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(document)

    @api.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(_page(document["info"]["title"]))

    api.mount("/docs/files", StaticFiles(directory=str(files("fastapi_offline") / "static")))


def _document(api: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with the problems and headers that every operation has in common."""
    document = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.routes,
        servers=api.servers,
    )
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _describe(method, operation, schemas)
        if "post" in operations:
            _link(path, operations["post"], document["paths"])
    return _with_plain_names(document)


def _with_plain_names(document: dict[str, Any]) -> dict[str, Any]:
    """Name the schemas as clients would: `Application` and `ApplicationPage`."""
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        plain = re.sub(r"^Page_(\w+?)Record_$", r"\1Page", name)
        plain = re.sub(r"^(\w+)Record$", r"\1", plain)
        text = text.replace(f'"{name}"', f'"{plain}"').replace(f'schemas/{name}"', f'schemas/{plain}"')
    renamed: dict[str, Any] = json.loads(text)
    for name, schema in renamed["components"]["schemas"].items():
        schema["title"] = name
    return renamed


def _describe(method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Add an operation's problems, and the headers of its answers."""
    operation["summary"] = operation["description"].partition(";")[0].rstrip(".")
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    for status, description in _PROBLEMS.items():
        if status in _statuses(method, parameters):
            content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
            operation["responses"][status] = {"description": description, "content": content}
    for status, response in operation["responses"].items():
        headers = {"RateLimit": {"schema": _TEXT, "description": "Requests left, and seconds until more"}}
        if status in ("200", "201", "202") and "application/json" in response.get("content", {}):
            headers["ETag"] = {"schema": _TEXT, "description": "Entity tag of this version"}
        if status == "200" and "cursor" in parameters:
            headers["Link"] = {"schema": _TEXT, "description": "The next page"}
        response["headers"] = headers
    if method == "get":
        operation["responses"]["304"] = {"description": "Not changed since `If-None-Match`"}
    if "fields" in parameters:
        _allow_sparse_items(operation["responses"]["200"], schemas)


def _link(path: str, creation: dict[str, Any], paths: dict[str, Any]) -> None:
    """Link what an operation creates to the operations on it, by its id."""
    links = {}
    for other_path, operations in paths.items():
        names = re.findall(r"{(\w+)}", other_path)
        if other_path.startswith(f"{path}/{{") and len(names) == 1:
            for operation in operations.values():
                name = operation["operationId"]
                links[name] = {"operationId": name, "parameters": {names[0]: "$response.body#/id"}}
    if links:
        success = next(status for status in creation["responses"] if status < "300")
        creation["responses"][success]["links"] = links


def _statuses(method: str, parameters: set[str]) -> set[str]:
    """Return the statuses of problems that an operation can answer with."""
    statuses = {"400", "401", "404", "422", "429", "500", "503"}
    if method != "get":
        statuses |= {"403", "409", "413", "415"}
    if "if-match" in parameters:
        statuses |= {"412"} | ({"428"} if method in ("patch", "put", "delete") else set())
    return statuses


def _allow_sparse_items(response: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Require only the id of a list's items: `fields` may leave out the others."""
    reference = response["content"]["application/json"]["schema"]
    page = schemas[reference["$ref"].rpartition("/")[2]]
    item = page["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
    name = f"Sparse{item}"
    schemas[name] = deepcopy(schemas[item]) | {"required": ["id"], "title": name}
    page["properties"]["items"]["items"] = {"$ref": f"#/components/schemas/{name}"}


def _page(title: str) -> str:
    """Return the page that shows the document; its script and styles are files of this server."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/api/v1/docs/files/swagger-ui.css">'
        '</head><body><main id="api"></main><script src="/api/v1/docs/files/swagger-ui-bundle.js"></script>'
        '<script src="/browser/documents/api_docs.js"></script></body></html>'
    )
