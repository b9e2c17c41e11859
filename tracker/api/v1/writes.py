"""Changes over the API: one transaction each, guarded by versions and idempotency keys."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel

from tracker.api.v1 import representations
from tracker.api.v1.callers import Caller, Writer
from tracker.api.v1.problems import ApiError
from tracker.api.v1.representations import Precondition
from tracker.db import Scope, scoped
from tracker.services.idempotency import MAX_KEY_LENGTH, ReusedKey, answer_once
from tracker.services.undo import undoable_batch
from tracker.shapes.enumerations import Door

Read = Callable[..., Any]
"""Service function that returns a record by scope and id, and locks its row with `lock=True`."""
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1, max_length=MAX_KEY_LENGTH, pattern=r"^[\x21-\x7e]+$",
        description="A key of your choice; repeating the request with it within a week has no further effect",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The answer to a POST: a record, and the address of the created row."""

    record: Any
    location: str = ""
    status: int = 201


@dataclass(frozen=True)
class Write:
    """A request that writes: its caller, its operation, and its idempotency key."""

    caller: Caller
    operation: str
    path: str
    key: str | None

    def post(self, body: BaseModel | None, act: Callable[[Scope], Answer]) -> Response:
        """Perform an action once per key; a repeated request gets the stored answer.

        Raises the problem of a key that was used for another request.
        """
        with scoped(self.caller.user, Door.API) as scope:
            try:
                stored, is_replay = answer_once(
                    scope, self.key, self.operation, self._digest(body), lambda: _stored(scope, act(scope))
                )
            except ReusedKey:
                raise ApiError(422, "reused-key", "This idempotency key belongs to another request") from None
        headers = dict(stored["headers"]) | ({"Idempotency-Replayed": "true"} if is_replay else {})
        return Response(
            orjson.dumps(stored["content"]), stored["status"], headers, media_type="application/json"
        )

    def change(
        self, read: Read, row_id: Any, precondition: Precondition, act: Callable[[Scope], Any]
    ) -> Response:
        """Change a row that is as the precondition says, and return it as it is now."""
        with scoped(self.caller.user, Door.API) as scope:
            precondition.check(read(scope, row_id, lock=True))
            act(scope)
            headers = _undo_header(scope)
            scope.reread()
            record = read(scope, row_id)
        return representations.respond(record, headers=headers)

    def delete(
        self, read: Read, row_id: Any, precondition: Precondition, act: Callable[[Scope], Any]
    ) -> Response:
        """Delete a row that is as the precondition says."""
        with scoped(self.caller.user, Door.API) as scope:
            precondition.check(read(scope, row_id, lock=True))
            act(scope)
            headers = _undo_header(scope)
        return Response(status_code=204, headers=headers)

    def _digest(self, body: BaseModel | None) -> str:
        content = body.model_dump_json(exclude_unset=True) if body else ""
        return hashlib.sha256(f"{self.path} {content}".encode()).hexdigest()


def _stored(scope: Scope, answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON values, which are kept under the request's key."""
    headers = _undo_header(scope) | ({"Location": answer.location} if answer.location else {})
    content = representations.plain(answer.record)
    if answer.location:
        headers["ETag"] = representations.etag(answer.record)
    return {"status": answer.status, "content": content, "headers": headers}


def _undo_header(scope: Scope) -> dict[str, str]:
    """Return the header that names this action's undo batch, if it can be undone."""
    batch = undoable_batch(scope)
    return {"Undo-Batch": batch} if batch else {}


def write_of(request: Request, caller: Writer, idempotency_key: IdempotencyKey = None) -> Write:
    """Return the request's write."""
    operation = f"{request.method} {request.scope['route'].path}"
    return Write(caller, operation, request.url.path, idempotency_key)


Writing = Annotated[Write, Depends(write_of)]
"""A write with an idempotency key."""


def change_of(request: Request, caller: Writer) -> Write:
    """Return the request's write, which its precondition makes idempotent."""
    return Write(caller, request.method, request.url.path, None)


Changing = Annotated[Write, Depends(change_of)]
"""A write on an existing row, guarded by `If-Match`."""
