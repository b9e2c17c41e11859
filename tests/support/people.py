"""Users of the tests; each `call` is one action in a transaction of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from tracker.db import Scope, scoped
from tracker.services import people, undo
from tracker.services.applications import creation
from tracker.shapes.people import Who

ABSENT = "01890000-0000-7000-8000-000000000000"


@dataclass
class Person:
    """User of a test."""

    user: Who
    batch: str = ""

    @contextmanager
    def scope(self) -> Iterator[Scope]:
        """Open one transaction of this user."""
        with scoped(self.user) as scope:
            self.batch = str(scope.batch)
            yield scope

    def call(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a service function; return its result."""
        with self.scope() as scope:
            return service(scope, *args, **kwargs)

    def undo(self, batch: str = "") -> str:
        """Undo an action, the last one by default."""
        return self.call(undo.undo, batch or self.batch)

    def add_application(
        self, company: str = "Linear", role: str = "Engineer", stage: str = "saved", **more: str
    ) -> str:
        """Add an application; return its id."""
        return self.call(creation.add, {"company": company, "role": role, **more}, stage)

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of raw SQL under this user's row-level security, signed in or not."""
        with scoped(replace(self.user, session_id=None)) as scope:
            return [dict(row) for row in scope.rows(text(query), values)]

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """Return one row of a table."""
        return self.rows(f"SELECT * FROM {table} WHERE id = :id", id=row_id)[0]

    def set_sent_date(self, row_id: str, day: str) -> None:
        """Set the day an application was sent on; it may be in the future, as after a move to the west."""
        self.rows("UPDATE application SET applied_on = :day WHERE id = :id RETURNING id", id=row_id, day=day)

    def log(self) -> list[str]:
        """Return the kinds of all recorded events, oldest first."""
        return [row["kind"] for row in self.rows("SELECT kind FROM event ORDER BY id")]

    def last_event(self) -> dict[str, Any]:
        """Return the latest event's row."""
        return self.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1")[0]

    def with_settings(self, **settings: Any) -> "Person":
        """Return the same user with another time zone, locale or first day of the week."""
        return Person(replace(self.user, **settings))


def newcomer(name: str, **settings: Any) -> Person:
    """Return a new user, in Berlin by default."""
    email = f"{name.lower()}@example.com"
    user_id = people.sign_up("https://id.example.com", f"{name}-{uuid4()}", name=name, email=email)
    return Person(Who(user_id, name=name, email=email, **{"timezone": "Europe/Berlin", **settings}))
