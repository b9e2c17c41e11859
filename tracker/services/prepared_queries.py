"""Queries that are compiled once and run many times, with the user and the time as parameters.

Building a statement of a few dozen clauses takes longer than PostgreSQL takes to run it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from typing import Any, Self
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from tracker.db import Row, Scope
from tracker.shapes.people import Who

CACHE_SIZE = 64
"""Compiled statements in the cache of one query; the largest takes 0.3 MB."""
_NO_USER = UUID(int=0)
_DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")
_USER_ID = bindparam("scope_user_id", type_=Uuid())
_NOW = bindparam("scope_now", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class _ScopeParameters:
    """Placeholder for the scope while a query is built.

    The day and the locale settings are known; the user and the time are parameters.
    """

    who: Who
    today: date
    user_id: Any = _USER_ID
    now: Any = _NOW


def prepared_query(build: Callable[..., Any]) -> Callable[..., list[Row]]:
    """Return rows of a query that is compiled once per set of arguments.

    It is compiled once for each day, each combination of locale settings (zone, week, cadence, currency) and each set of
    arguments; `build` may read only `who`, `today`, `user_id` and `now` of the scope. Keyword arguments are values of its own
    parameters.
    """

    @lru_cache(CACHE_SIZE)
    def compiled(user_settings: Who, today: date, *args: Hashable) -> _Compiled:
        return _Compiled.of(build(_ScopeParameters(user_settings, today), *args))

    @wraps(build)
    def rows(scope: Scope, *args: Hashable, **values: Any) -> list[Row]:
        settings = replace(
            scope.who, user_id=_NO_USER, session_id=None, name="", email="", locale="", columns=()
        )
        statement = compiled(settings, scope.today, *args)
        parameters = {"scope_user_id": scope.user_id, "scope_now": scope.now, **values}
        return scope.read(statement.sql, statement.values(parameters))

    return rows


@dataclass(frozen=True)
class _Compiled:
    """A statement as raw SQL, with its positional parameters: a name to bind, or a constant without one."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, statement: Any) -> Self:
        compiled = statement.compile(dialect=_DIALECT)
        required = {name for name, parameter in compiled.binds.items() if parameter.required}
        expanded = compiled.construct_expanded_state(dict.fromkeys(required))
        prepare: Any = expanded.processors
        return cls(
            expanded.statement,
            tuple(
                (name, None) if name in required else ("", prepare[name](value) if name in prepare else value)
                for name, value in zip(
                    expanded.positiontup or (), expanded.positional_parameters, strict=True
                )
            ),
        )

    def values(self, named: dict[str, Any]) -> list[Any]:
        """Return the values of all positional parameters."""
        return [named[name] if name else value for name, value in self.parameters]
