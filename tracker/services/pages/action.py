"""One action of a page: performed once per idempotency key, with its undo batch."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.idempotency import run_once
from tracker.services.undo import undoable_batch
from tracker.shapes.notice import Done

P = ParamSpec("P")
R = TypeVar("R")


def act(
    scope: Scope, key: str, verb: Callable[Concatenate[Scope, P], str], *args: P.args, **kwargs: P.kwargs
) -> Done[None]:
    """Call a service function once per idempotency key; return its message and undo batch.

    An empty key always calls it. Later reads in this transaction see its changes.
    """
    message, batch = run_once(scope, key, _with_batch(verb), *args, **kwargs)
    scope.reread()
    return Done(message, batch, None)


def edit(
    scope: Scope, verb: Callable[Concatenate[Scope, P], str], *args: P.args, **kwargs: P.kwargs
) -> Done[None]:
    """Call a service function that edits; return its message and undo batch, empty if nothing changed."""
    message = verb(scope, *args, **kwargs)
    batch = undoable_batch(scope)
    scope.reread()
    return Done(message if batch else "", batch, None)


def read_or_none(read: Callable[[Scope, str], R], scope: Scope, row_id: str) -> R | None:
    """Return the result of `read`, or None if the row doesn't exist."""
    try:
        return read(scope, row_id)
    except NotFound:
        return None


def _with_batch(
    verb: Callable[Concatenate[Scope, P], str],
) -> Callable[Concatenate[Scope, P], tuple[str, str]]:
    """Make a service function return its undo batch too, empty if it recorded no event."""

    @wraps(verb)
    def performed(scope: Scope, *args: P.args, **kwargs: P.kwargs) -> tuple[str, str]:
        message = verb(scope, *args, **kwargs)
        return message, str(scope.batch) if scope.has_events else ""

    return cast("Callable[Concatenate[Scope, P], tuple[str, str]]", performed)
