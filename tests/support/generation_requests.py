"""Generation requests of a user, and what they lead to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.paced_model import letter
from tests.support.people import Person
from tracker.services.generation import progress
from tracker.services.letters import model_letters
from tracker.shapes.generation import Progress
from worker.jobs import carry_out

WISHES = {"tone": "plain", "length": "short", "language": "en", "instruction": ""}
LETTER = letter("Dear team,", "I moved 40 services to PostgreSQL. " * 6, "Kind regards")


def request_letter(person: Person, application_id: str = "", **options: str) -> str:
    """Request a letter; return its application."""
    application_id = application_id or person.add_application(
        "Brightwater", "Engineer", posting_text="You know PostgreSQL."
    )
    person.call(model_letters.request_letter, application_id, {**WISHES, **options})
    return application_id


def progress_of(person: Person, application_id: str) -> Progress:
    latest: Progress = person.call(progress.of_application, application_id)
    return latest


def letter_job(person: Person, application_id: str) -> dict[str, Any]:
    return person.rows("SELECT * FROM job WHERE subject = :id", id=progress_of(person, application_id).id)[-1]


def run_job(person: Person, application_id: str) -> Progress:
    """Run the letter's job once in this process; return the progress."""
    carry_out(str(person.user.user_id), str(letter_job(person, application_id)["id"]))
    return progress_of(person, application_id)


@contextmanager
def running_job(person: Person, application_id: str) -> Iterator[None]:
    """Run the letter's job in a thread meanwhile."""
    thread = threading.Thread(target=run_job, args=(person, application_id))
    thread.start()
    yield
    thread.join(30)
    assert not thread.is_alive()


def letters(person: Person) -> list[dict[str, Any]]:
    return person.rows("SELECT * FROM letter ORDER BY id")


def calls(person: Person) -> list[dict[str, Any]]:
    return person.rows("SELECT * FROM model_call ORDER BY id")
