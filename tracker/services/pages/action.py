"""One action of a page: carried out once per key, with the batch that undoes it."""

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
    """Perform a verb once per key, and return its message and the batch that undoes it.

    Without a key it is performed each time. Later reads of the transaction see what it changed.
    """
    message, batch = run_once(scope, key, _with_batch(verb), *args, **kwargs)
    scope.reread()
    return Done(message, batch, None)


def edit(
    scope: Scope, verb: Callable[Concatenate[Scope, P], str], *args: P.args, **kwargs: P.kwargs
) -> Done[None]:
    """Perform an edit, and return its message and undo batch, empty where nothing changed."""
    message = verb(scope, *args, **kwargs)
    batch = undoable_batch(scope)
    scope.reread()
    return Done(message if batch else "", batch, None)


def if_there(read: Callable[[Scope, str], R], scope: Scope, row_id: str) -> R | None:
    """Return what is read, or None where the row isn't there."""
    try:
        return read(scope, row_id)
    except NotFound:
        return None


def _with_batch(
    verb: Callable[Concatenate[Scope, P], str],
) -> Callable[Concatenate[Scope, P], tuple[str, str]]:
    """Make a verb return its undo batch beside its message; empty if nothing was recorded."""

    @wraps(verb)
    def performed(scope: Scope, *args: P.args, **kwargs: P.kwargs) -> tuple[str, str]:
        message = verb(scope, *args, **kwargs)
        return message, str(scope.batch) if scope.has_happened else ""

    return cast("Callable[Concatenate[Scope, P], tuple[str, str]]", performed)
