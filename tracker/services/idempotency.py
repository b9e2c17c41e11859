"""Idempotency: a submission with a key has its effect once, however often it arrives.

A repeated submission gets the result of the first, even if its content differs. Clients therefore use a new key for new
content, as the forms do; an API may instead compare the content and reject it.
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
    row = {"user_id": scope.user_id, "operation": operation, "key": key}
    insertion = insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(idempotency_keys.key)
    own_key = [idempotency_keys[name] == value for name, value in row.items()]
    if scope.session.execute(insertion).first() is None:
        return cast("R", _as_returned(scope.session.scalar(select(idempotency_keys.result).where(*own_key))))
    result = verb(scope, *args, **kwargs)
    scope.session.execute(update(IdempotencyKey).where(*own_key).values(result=result))
    return result


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
