"""Generation request of bob's, and the service functions by which another user would reach it."""

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
class GenerationRows:
    """Generation request and its model call."""

    id: str
    call: str


def create_rows(person: Person, application: str, secret: str) -> GenerationRows:
    """Create a generation request, a model call and an AI service of the user."""
    writing = person.rows(f"INSERT INTO writing {WRITING} RETURNING id", of=application, secret=secret)[0][
        "id"
    ]
    call = person.rows(f"INSERT INTO model_call {CALL} RETURNING id", of=writing, secret=secret)[0]["id"]
    person.rows(
        "INSERT INTO own_service (user_id, base_url, model) VALUES (:me, 'https://bobcorp.example/v1', :secret) RETURNING 1",
        me=person.user.user_id,
        secret=secret,
    )
    return GenerationRows(str(writing), str(call))


REFUSED: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "letters.model_letters.request_letter": lambda t: (
        t.application,
        {"tone": "plain", "length": "short", "language": "en"},
    ),
    "letters.model_letters.request_paragraph": lambda t: (t.version, 0),
    "preparation.model_questions.request_questions": lambda t: (t.interview,),
    "generation.progress.of_application": lambda t: (t.application,),
    "generation.progress.of_interview": lambda t: (t.interview,),
    "generation.progress.sent": lambda t: (t.writing.call,),
    "generation_requests.retry_request": lambda t: (t.writing.id,),
    "generation_requests.cancel": lambda t: (t.writing.id,),
}
SEES_NOTHING: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "model.usage_limits.end": lambda t: (UUID(t.writing.call), Usage(7, 7)),
    "model.usage_limits.require_allowance": lambda t: (SERVICE,),
    "model.usage_limits.user_usage": lambda t: (),
    "model.usage_limits.installation_usage": lambda t: (),
    "model.usage_limits.user_usage_lines": lambda t: (),
    "model.usage_limits.installation_usage_lines": lambda t: (),
    "model.user_service.model_label": lambda t: (),
    "model.user_service.forget": lambda t: (),
    "model.user_service.read": lambda t: (),
    "model.user_service.save": lambda t: ({"base_url": "https://a.example/v1", "model": "m", "key": "k"},),
    "model.user_service.service_of": lambda t: (),
    "generation_requests.job_of": lambda t: (UUID(t.writing.id),),
}
FENCED: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "model.usage_limits.begin": lambda t: (UUID(t.writing.id), SERVICE, Request("x", "y")),
}
NO_ROWS = {
    "letters.model_letters.letter_prompt", "letters.model_letters.paragraph_prompt", "letters.model_letters.store_letter", "letters.model_letters.store_paragraph",
    "preparation.model_questions.questions_prompt", "preparation.model_questions.store_questions", "preparation.edits.require_room", "model.user_service.require_service", "generation_requests.open_request",
}  # fmt: skip
