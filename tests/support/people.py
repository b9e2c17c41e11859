"""The people of the tests, who act: each `does` is one action in a transaction of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from tracker.db import Scope, scoped
from tracker.services import people
from tracker.services.applications import creation
from tracker.services.undo import undo
from tracker.shapes.people import Who

ABSENT = "01890000-0000-7000-8000-000000000000"


@dataclass
class Person:
    """Someone who acts."""

    who: Who
    batch: str = ""

    @contextmanager
    def scope(self) -> Iterator[Scope]:
        """One transaction of this person's."""
        with scoped(self.who) as scope:
            self.batch = str(scope.batch)
            yield scope

    def does(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What a verb gives this person."""
        with self.scope() as scope:
            return verb(scope, *args, **kwargs)

    def undoes(self, batch: str = "") -> str:
        """Take back an action, the last one unless told."""
        return self.does(undo, batch or self.batch)

    def adds(self, company: str = "Linear", role: str = "Engineer", stage: str = "saved", **more: str) -> str:
        """A new application's id."""
        return self.does(creation.add, {"company": company, "role": role, **more}, stage)

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """What raw SQL answers this person, whatever became of their session."""
        with scoped(replace(self.who, session_id=None)) as scope:
            return [dict(row) for row in scope.rows(text(query), values)]

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """One row as it is in the table."""
        return self.rows(f"SELECT * FROM {table} WHERE id = :id", id=row_id)[0]

    def is_dated_later(self, row_id: str, day: str) -> None:
        """Have an application be sent on a day to come, as it is for someone who has moved west since."""
        self.rows("UPDATE application SET applied_on = :day WHERE id = :id RETURNING id", id=row_id, day=day)

    def log(self) -> list[str]:
        """The kinds of everything recorded for this person, the first first."""
        return [row["kind"] for row in self.rows("SELECT kind FROM event ORDER BY id")]

    def last_event(self) -> dict[str, Any]:
        """The latest event's row."""
        return self.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1")[0]

    def living(self, **other: Any) -> "Person":
        """The same person with another zone, locale or week."""
        return Person(replace(self.who, **other))


def newcomer(name: str, **known: Any) -> Person:
    """A person seen for the first time, who lives in Berlin unless told otherwise."""
    email = f"{name.lower()}@example.com"
    user_id = people.welcome("https://id.example.com", f"{name}-{uuid4()}", name=name, email=email)
    return Person(Who(user_id, name=name, email=email, **{"timezone": "Europe/Berlin", **known}))
