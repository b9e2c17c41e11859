"""Statements that are built once and asked many times: whose rows and at which moment are parameters.

To build a statement of a few dozen parts costs more than PostgreSQL's answer to it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam
from sqlalchemy.engine import RowMapping

from tracker.db import Scope
from tracker.shapes.people import Who

REMEMBERED = 64
"""So many statements of one kind are kept; the largest takes 0.3 MB."""
_NOBODY = UUID(int=0)
_WHOSE, _WHEN = bindparam("whose", type_=Uuid()), bindparam("moment", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class _Anyone:
    """Stands for the scope while a statement is built: the day and the person's ways are known, not who it is."""

    who: Who
    today: date
    user_id: Any = _WHOSE
    now: Any = _WHEN


def built_once(build: Callable[..., Any]) -> Callable[..., list[RowMapping]]:
    """What the statement answers that `build` makes of a scope and some arguments, row by row.

    It is made once for each day, each person's ways (zone, week, cadence, currency) and each set of arguments, and may ask of the
    scope nothing but `who`, `today`, `user_id` and `now`. What is given by name are values of parameters of its own.
    """

    @lru_cache(REMEMBERED)
    def built(who: Who, today: date, *args: Hashable) -> Any:
        return build(_Anyone(who, today), *args)

    @wraps(build)
    def rows(scope: Scope, *args: Hashable, **values: Any) -> list[RowMapping]:
        ways = replace(scope.who, user_id=_NOBODY, session_id=None, name="", email="", locale="", columns=())
        statement = built(ways, scope.today, *args)
        return scope.rows(statement, {"whose": scope.user_id, "moment": scope.now, **values})

    return rows
