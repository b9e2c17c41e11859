"""Statements that are built once and asked many times: whose rows and at which moment are parameters.

To build a statement of a few dozen parts costs more than PostgreSQL's answer to it.
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

REMEMBERED = 64
"""So many statements of one kind are kept; the largest takes 0.3 MB."""
_NOBODY = UUID(int=0)
_OWN_WORDS = PGDialect_psycopg(paramstyle="numeric_dollar")
_WHOSE, _WHEN = bindparam("whose", type_=Uuid()), bindparam("moment", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class _Anyone:
    """Stands for the scope while a statement is built: the day and the person's ways are known, not who it is."""

    who: Who
    today: date
    user_id: Any = _WHOSE
    now: Any = _WHEN


def built_once(build: Callable[..., Any]) -> Callable[..., list[Row]]:
    """What the statement answers that `build` makes of a scope and some arguments, row by row.

    It is made once for each day, each person's ways (zone, week, cadence, currency) and each set of arguments, and may ask of the
    scope nothing but `who`, `today`, `user_id` and `now`. What is given by name are values of parameters of its own.
    """

    @lru_cache(REMEMBERED)
    def worded(who: Who, today: date, *args: Hashable) -> _Worded:
        return _Worded.of(build(_Anyone(who, today), *args))

    @wraps(build)
    def rows(scope: Scope, *args: Hashable, **values: Any) -> list[Row]:
        ways = replace(scope.who, user_id=_NOBODY, session_id=None, name="", email="", locale="", columns=())
        statement = worded(ways, scope.today, *args)
        given = {"whose": scope.user_id, "moment": scope.now, **values}
        return scope.read(statement.words, statement.values(given))

    return rows


@dataclass(frozen=True)
class _Worded:
    """A statement in PostgreSQL's own words, and its parameters in their order: the name of what is given at each look, as the
    driver takes it, or no name and a value that is always the same."""

    words: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, statement: Any) -> Self:
        compiled = statement.compile(dialect=_OWN_WORDS)
        given = {name for name, parameter in compiled.binds.items() if parameter.required}
        expanded = compiled.construct_expanded_state(dict.fromkeys(given))
        prepare: Any = expanded.processors
        return cls(
            expanded.statement,
            tuple(
                (name, None) if name in given else ("", prepare[name](value) if name in prepare else value)
                for name, value in zip(
                    expanded.positiontup or (), expanded.positional_parameters, strict=True
                )
            ),
        )

    def values(self, given: dict[str, Any]) -> list[Any]:
        """All values of one look."""
        return [given[name] if name else value for name, value in self.parameters]
