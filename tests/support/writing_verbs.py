"""What bob has had a model write, and the verbs by which a stranger would reach it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.support.people import Person
from tracker.shapes.model import Request, Service, Usage

WRITING = "(user_id, application_id, purpose, text) SELECT user_id, id, 'letter', :secret FROM application WHERE id = :of"
CALL = "(user_id, writing_id, host, model, rules, matter) SELECT user_id, id, 'h', 'm', :secret, :secret FROM writing WHERE id = :of"
SERVICE = Service("https://bobcorp.example/v1", "m")


@dataclass(frozen=True)
class Theirs:
    """One thing that is being written, and the question put for it."""

    id: str
    call: str


def written(person: Person, application: str, secret: str) -> Theirs:
    """Have something on the way, and a service of one's own."""
    writing = person.rows(f"INSERT INTO writing {WRITING} RETURNING id", of=application, secret=secret)[0][
        "id"
    ]
    call = person.rows(f"INSERT INTO model_call {CALL} RETURNING id", of=writing, secret=secret)[0]["id"]
    person.rows(
        "INSERT INTO own_service (user_id, base_url, model) VALUES (:me, 'https://bobcorp.example/v1', :secret) RETURNING 1",
        me=person.who.user_id,
        secret=secret,
    )
    return Theirs(str(writing), str(call))


REFUSED: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "letters.written.ask": lambda t: (t.application, {"tone": "plain", "length": "short", "language": "en"}),
    "letters.written.ask_paragraph": lambda t: (t.version, 0),
    "preparation.suggesting.ask": lambda t: (t.interview,),
    "writing.following.of_application": lambda t: (t.application,),
    "writing.following.of_interview": lambda t: (t.interview,),
    "writing.following.sent": lambda t: (t.writing.call,),
    "writing.opening.again": lambda t: (t.writing.id,),
    "writing.opening.cancel": lambda t: (t.writing.id,),
}
SEES_NOTHING: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "model.budget.end": lambda t: (UUID(t.writing.call), Usage(7, 7)),
    "model.budget.insist": lambda t: (SERVICE,),
    "model.budget.spent": lambda t: (),
    "model.budget.spent_by_all": lambda t: (),
    "model.budget.used": lambda t: (),
    "model.budget.used_by_all": lambda t: (),
    "model.own.asked_in_words": lambda t: (),
    "model.own.forget": lambda t: (),
    "model.own.read": lambda t: (),
    "model.own.save": lambda t: ({"base_url": "https://a.example/v1", "model": "m", "key": "k"},),
    "model.own.service_of": lambda t: (),
    "writing.opening.job_of": lambda t: (UUID(t.writing.id),),
}
FENCED: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "model.budget.begin": lambda t: (UUID(t.writing.id), SERVICE, Request("x", "y")),
}
NO_ROWS = {
    "letters.written.letter", "letters.written.paragraph", "letters.written.keep_letter", "letters.written.keep_paragraph",
    "preparation.suggesting.request", "preparation.suggesting.keep", "preparation.changing.room", "model.own.insist", "writing.opening.open_one",
}  # fmt: skip
