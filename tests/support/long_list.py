"""A long list of applications with many equal and many unknown values."""

from datetime import date, timedelta
from random import Random

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.models import Application


def a_long_list(person: Person, number: int = 137) -> set[str]:
    """Applications with many equal and many unknown values, so that ties and nulls meet page ends."""
    chance = Random(7)
    with person.scope() as scope:
        for count in range(number):
            low = chance.choice([None, 50_000, 60_000])
            stage = chance.choice(["saved", "applied", "offer", "closed"])
            scope.session.add(
                Application(
                    user_id=person.user.user_id, company=f"Company {chance.randint(1, 9)}",
                    role=chance.choice(["Cook", "Écrivain", "engineer"]), stage=stage,
                    outcome="rejected" if stage == "closed" else None, salary_from=low, salary_to=low,
                    currency=low and chance.choice(["EUR", "JPY", "XAU"]), salary_period=low and chance.choice(["year", "hour"]), excitement=chance.choice([None, 1, 5]),
                    applied_on=chance.choice([None, date(2026, 10, 1), date(2026, 11, 1)]),
                    deadline=chance.choice([None, date(2026, 11, 3), date(2026, 12, 1)]),
                    touched_at=NOW - timedelta(hours=count // 10),
                )
            )  # fmt: skip
        scope.session.flush()
    return {str(row["id"]) for row in person.rows("SELECT id FROM application")}
