"""Statements that are built once and asked many times: whose rows and at which moment are parameters.

To build a statement of a few dozen parts costs more than PostgreSQL's answer to it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam
from sqlalchemy.engine import RowMapping

from tracker.db import Scope
from tracker.shapes.people import Who

P = ParamSpec("P")
REMEMBERED = 256
_NOBODY = UUID(int=0)
_WHOSE, _WHEN = bindparam("whose", type_=Uuid()), bindparam("moment", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class _Anyone:
    """Stands for the scope while a statement is built: the day and the person's ways are known, not who it is."""

    who: Who
    today: date
    user_id: Any = _WHOSE
    now: Any = _WHEN


def built_once(
    build: Callable[Concatenate[Scope, P], Any],
) -> Callable[Concatenate[Scope, P], list[RowMapping]]:
    """What the statement answers that `build` makes, row by row; it is made once for each day, each person's ways (zone,
    week, cadence …) and each set of arguments, and may ask of the scope nothing but `who`, `today`, `user_id` and `now`."""

    @lru_cache(REMEMBERED)
    def built(who: Who, today: date, *args: Hashable, **kwargs: Hashable) -> Any:
        stand_in: Any = _Anyone(who, today)
        return build(stand_in, *args, **kwargs)  # type: ignore[arg-type]

    @wraps(build)
    def rows(scope: Scope, *args: P.args, **kwargs: P.kwargs) -> list[RowMapping]:
        ways = replace(scope.who, user_id=_NOBODY, session_id=None, name="", email="")
        statement = built(ways, scope.today, *args, **kwargs)  # type: ignore[arg-type]
        return scope.rows(statement, {"whose": scope.user_id, "moment": scope.now})

    return rows
