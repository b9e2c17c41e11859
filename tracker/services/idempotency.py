"""Idempotency: a submission with a key has its effect once, however often it arrives.

A repeated submission gets the result of the first. Forms use a new key for new content; API clients choose their keys, so
that a key is refused for other content.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker import clock
from tracker.db import Scope, upkeep
from tracker.errors import Sorry
from tracker.models import IdempotencyKey, idempotency_keys

P = ParamSpec("P")
R = TypeVar("R", bound=str | tuple[str, ...] | None)
RETENTION = timedelta(days=7)
MAX_KEY_LENGTH = 200
"""Maximum length of a key."""


def run_once(
    scope: Scope, key: str, verb: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    """Run a service function unless this key was used for it, and return the first result.

    An empty key always runs it. The key is stored in the function's transaction. Of two concurrent submissions the second
    waits for the first to commit, and runs if the first rolls back.
    """
    if not key:
        return verb(scope, *args, **kwargs)
    if len(key) > MAX_KEY_LENGTH:
        raise Sorry(f"An idempotency key has at most {MAX_KEY_LENGTH} characters.")
    operation = f"{verb.__module__}.{verb.__qualname__}"
    result, is_stored = _once(scope, operation, key, lambda: verb(scope, *args, **kwargs))
    return cast("R", _as_returned(result) if is_stored else result)


class ReusedKey(Exception):
    """The key was used before, for other content."""


def answer_once(
    scope: Scope, key: str | None, operation: str, digest: str, act: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Return the answer of `act`, or the stored one of an earlier request, and whether it is stored.

    Without a key it always acts. `digest` identifies the content. Raises ReusedKey when the key was used for other content.
    """
    if key is None:
        return act(), False
    result, is_stored = _once(scope, operation, key, lambda: {"digest": digest, "answer": act()})
    if result["digest"] != digest:
        raise ReusedKey
    return result["answer"], is_stored


def _once(scope: Scope, operation: str, key: str, act: Callable[[], Any]) -> tuple[Any, bool]:
    """Return the result of `act`, or the one stored under this key, and whether it is stored."""
    row = {"user_id": scope.user_id, "operation": operation, "key": key}
    insertion = insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(idempotency_keys.key)
    own_key = [idempotency_keys[name] == value for name, value in row.items()]
    if scope.session.execute(insertion).first() is None:
        return scope.session.scalar(select(idempotency_keys.result).where(*own_key)), True
    result = act()
    scope.session.execute(update(IdempotencyKey).where(*own_key).values(result=result))
    return result, False


def expire() -> int:
    """Delete keys older than seven days and return their number."""
    with upkeep() as session:
        table = IdempotencyKey.__table__  # type: ignore[attr-defined]
        statement = delete(table).where(idempotency_keys.created_at < clock.now() - RETENTION)
        number: int = session.execute(statement).rowcount  # type: ignore[attr-defined]
        return number


def _as_returned(result: Any) -> Any:
    """Return a stored result with its tuple restored, which JSON stores as a list."""
    return tuple(result) if isinstance(result, list) else result
