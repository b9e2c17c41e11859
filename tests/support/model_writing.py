"""Somebody who has a model write, and what of it can be seen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.paced_model import letter
from tests.support.people import Person
from tracker.services.letters import model_letters
from tracker.services.writing import progress
from tracker.shapes.writing import Progress
from worker.jobs import carry_out

WISHES = {"tone": "plain", "length": "short", "language": "en", "instruction": ""}
LETTER = letter("Dear team,", "I moved 40 services to PostgreSQL. " * 6, "Kind regards")


def asks(person: Person, of: str = "", **wishes: str) -> str:
    """An application for which a letter is asked for."""
    of = of or person.adds("Brightwater", "Engineer", posting_text="You know PostgreSQL.")
    person.does(model_letters.request_letter, of, {**WISHES, **wishes})
    return of


def now(person: Person, of: str) -> Progress:
    told: Progress = person.does(progress.of_application, of)
    return told


def job(person: Person, of: str) -> dict[str, Any]:
    return person.rows("SELECT * FROM job WHERE subject = :id", id=now(person, of).id)[-1]


def carry(person: Person, of: str) -> Progress:
    """One try of a worker's, in this process."""
    carry_out(str(person.who.user_id), str(job(person, of)["id"]))
    return now(person, of)


@contextmanager
def being_written(person: Person, of: str) -> Iterator[None]:
    """A worker is at it meanwhile, in a thread of this process."""
    working = threading.Thread(target=carry, args=(person, of))
    working.start()
    yield
    working.join(30)
    assert not working.is_alive()


def letters(person: Person) -> list[dict[str, Any]]:
    return person.rows("SELECT * FROM letter ORDER BY id")


def calls(person: Person) -> list[dict[str, Any]]:
    return person.rows("SELECT * FROM model_call ORDER BY id")
