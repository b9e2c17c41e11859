"""Requests that are carried out once, however often they arrive: forms by the key each was opened with, and API requests by theirs.

The first request under a key stands: one that comes again gets its result, even if its content was changed meanwhile. Whoever
makes the keys makes a new one for new content, as the forms do; an API may compare the content first and refuse.
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
KEPT = timedelta(days=7)
LONGEST = 200
"""Characters of a key."""


def once(
    scope: Scope, key: str, verb: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    """Perform a verb unless this key was used for it before; its result, or the one it had then. Without a key, perform it.

    The key is kept in the verb's own transaction. Of two requests at the same time the second waits for the first to commit;
    if the first is rolled back, the second is performed.
    """
    if not key:
        return verb(scope, *args, **kwargs)
    if len(key) > LONGEST:
        raise Sorry(f"An idempotency key has at most {LONGEST} characters.")
    operation = f"{verb.__module__}.{verb.__qualname__}"
    row = {"user_id": scope.user_id, "operation": operation, "key": key}
    first = insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(idempotency_keys.key)
    mine = [idempotency_keys[name] == value for name, value in row.items()]
    if scope.session.execute(first).first() is None:
        return cast(R, _restored(scope.session.scalar(select(idempotency_keys.result).where(*mine))))
    result = verb(scope, *args, **kwargs)
    scope.session.execute(update(IdempotencyKey).where(*mine).values(result=result))
    return result


def expire() -> int:
    """Forget the keys made more than seven days ago; their number."""
    with upkeep() as session:
        old = delete(IdempotencyKey.__table__).where(idempotency_keys.created_at < clock.now() - KEPT)  # type: ignore[attr-defined]
        number: int = session.execute(old).rowcount  # type: ignore[attr-defined]
        return number


def _restored(result: Any) -> Any:
    """A result as the verb returned it: JSON knows no tuples."""
    return tuple(result) if isinstance(result, list) else result
