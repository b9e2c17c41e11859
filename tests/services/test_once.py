"""Statements that are built once: what they answer is the person's who asks, at the moment of asking."""

from typing import Any

from sqlalchemy import cast, literal, select

from tests.acting import Person
from tracker.db import Scope
from tracker.models import applications
from tracker.services.once import built_once

built: list[str] = []


@built_once
def companies(scope: Scope, stage: str) -> Any:
    built.append(stage)
    mine = select(
        applications.company,
        cast(scope.now, applications.touched_at.type).label("now"),
        literal(scope.today).label("today"),
    )
    return mine.where(applications.user_id == scope.user_id, applications.stage == stage)


def test_each_person_gets_their_own_rows_from_one_statement(alice: Person, bob: Person) -> None:
    alice.adds("Acme")
    bob.adds("Globex")
    built.clear()
    assert [row["company"] for row in alice.does(companies, "saved")] == ["Acme"]
    assert [row["company"] for row in bob.does(companies, "saved")] == ["Globex"]
    assert built == ["saved"]


def test_another_argument_and_another_day_are_another_statement(alice: Person, clock: Any) -> None:
    alice.adds("Acme", stage="applied")
    built.clear()
    assert alice.does(companies, "offer") == []
    (before,) = alice.does(companies, "applied")
    clock.shift(86_400)
    (after,) = alice.does(companies, "applied")
    assert (after["now"] - before["now"]).days == (after["today"] - before["today"]).days == 1
    assert built == ["offer", "applied", "applied"]
