"""Next actions over the API: list, snooze, dismiss."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, number, required_line
from tracker.api.v1.writes import Answer, Writing
from tracker.db import Scope
from tracker.services.actions import action_decisions
from tracker.services.records import insights
from tracker.shapes.enumerations import ActionKind
from tracker.shapes.records import ActionsRecord

router = APIRouter(tags=["Actions"])
EXAMPLE: dict[str, Any] = {
    "application_id": "01890000-0000-7000-8000-000000000001",
    "kind": "follow_up",
    "about": "2026-11-03",
}


class ActionQuery(Input):
    """The group to list with up to a hundred actions; the others have five."""

    group: Literal["first", ""] | ActionKind = ""


class Dismissal(Input):
    """An action to dismiss; its next occurrence comes back."""

    application_id: UUID
    kind: ActionKind
    about: Annotated[str, required_line(60)]

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})


class Snooze(Dismissal):
    """An action to snooze for some days."""

    days: Annotated[int, number(1, action_decisions.MAX_DAYS)]

    model_config = ConfigDict(json_schema_extra={"examples": [{**EXAMPLE, "days": 3}]})


@router.get("/actions", response_model=ActionsRecord)
def list_actions(request: Request, caller: Reader, query: Annotated[ActionQuery, Query()]) -> Response:
    """List what to do next, the most important first."""
    return representations.respond(caller.read(insights.actions, query.group), request)


@router.post("/actions/snoozes", status_code=201, response_model=ActionsRecord)
def snooze_action(body: Snooze, write: Writing) -> Response:
    """Snooze an action, and return what is left to do."""

    def act(scope: Scope) -> Answer:
        action_decisions.snooze(scope, str(body.application_id), body.kind, body.about, body.days)
        return _answer(scope)

    return write.post(body, act)


@router.post("/actions/dismissals", status_code=201, response_model=ActionsRecord)
def dismiss_action(body: Dismissal, write: Writing) -> Response:
    """Dismiss an action, and return what is left to do."""

    def act(scope: Scope) -> Answer:
        action_decisions.dismiss(scope, str(body.application_id), body.kind, body.about)
        return _answer(scope)

    return write.post(body, act)


def _answer(scope: Scope) -> Answer:
    scope.reread()
    return Answer(insights.actions(scope))
