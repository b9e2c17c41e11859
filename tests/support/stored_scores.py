"""Stored priority scores, and wishes to score by."""

from typing import Any

from sqlalchemy import insert

from tests.support.people import Person
from tracker.models import WishList


def stored_score(person: Person, row_id: str) -> int:
    return int(person.rows("SELECT score FROM priority WHERE application_id = :id", id=row_id)[0]["score"])


def wishes(person: Person, **values: Any) -> None:
    with person.scope() as scope:
        scope.session.execute(insert(WishList).values(user_id=person.user.user_id, **values))
