"""The profile over the API: headline, languages, positions and bullets."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, Tag, line, required_line, typed
from tracker.api.v1.representations import IfMatch, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.profile import edits
from tracker.services.records import account as records
from tracker.shapes.enumerations import PositionKind
from tracker.shapes.records import BulletRecord, PositionRecord, ProfileRecord

router = APIRouter(prefix="/profile", tags=["Profile"])
Month = Annotated[
    str, Field(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$", description="`2021`, `2021-03` or empty")
]
Skill = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f,]+$")]


class ProfileChanges(Input):
    """Fields to change; those that aren't sent stay."""

    headline: Annotated[str, line(200)] = ""
    languages: Annotated[list[Tag], Field(max_length=30)] = []

    model_config = ConfigDict(json_schema_extra={"examples": [{"headline": "Backend engineer"}]})


class PositionFields(Input):
    """The fields of a position other than its title."""

    kind: PositionKind = PositionKind.JOB
    organisation: Annotated[str, line(200)] = ""
    begun: Month = ""
    ended: Month = ""
    is_current: Annotated[bool, Field(strict=True)] = False


class NewPosition(PositionFields):
    """A position to add: a job, degree, project or other entry."""

    title: Annotated[str, required_line(200)]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"title": "Engineer", "organisation": "Acme", "begun": "2021-03", "is_current": True}
            ]
        }
    )


class PositionChanges(PositionFields):
    """Fields to change; those that aren't sent stay."""

    title: Annotated[str, required_line(200)] = ""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ended": "2026-10", "is_current": False}]})


class BulletFields(Input):
    """The fields of a bullet other than its text."""

    skills: Annotated[list[Skill], Field(max_length=30)] = []
    position_id: UUID | None = None


class NewBullet(BulletFields):
    """A bullet to add: something the user did or knows."""

    text: Annotated[str, required_line(1000)]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"text": "Moved 40 services to PostgreSQL", "skills": ["PostgreSQL"]}]
        }
    )


class BulletChanges(BulletFields):
    """Fields to change; those that aren't sent stay."""

    text: Annotated[str, required_line(1000)] = ""

    model_config = ConfigDict(json_schema_extra={"examples": [{"skills": ["PostgreSQL", "Python"]}]})


@router.get("", response_model=ProfileRecord)
def get_profile(request: Request, caller: Reader) -> Response:
    """Return the whole profile."""
    return representations.respond(caller.read(records.profile_record), request)


@router.patch("", response_model=ProfileRecord)
def change_profile(body: ProfileChanges, write: Changing, if_match: IfMatch = None) -> Response:
    """Change headline and languages."""
    changes = typed(body.model_dump(exclude_unset=True))
    return write.change(
        records.profile_record,
        None,
        Precondition(if_match),
        lambda scope: edits.set_about(scope, changes),
    )


@router.post("/positions", status_code=201, response_model=PositionRecord)
def create_position(body: NewPosition, write: Writing) -> Response:
    """Add a position, before the first that began earlier."""

    def act(scope: Scope) -> Answer:
        row_id = edits.add_position(scope, typed(body.model_dump(exclude_unset=True)))
        scope.reread()
        return Answer(records.position(scope, row_id), f"/api/v1/profile/positions/{row_id}")

    return write.post(body, act)


@router.get("/positions/{position_id}", response_model=PositionRecord)
def get_position(request: Request, caller: Reader, position_id: UUID) -> Response:
    """Return a position."""
    return representations.respond(caller.read(records.position, position_id), request)


@router.patch("/positions/{position_id}", response_model=PositionRecord)
def change_position(
    position_id: UUID, body: PositionChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent."""
    changes = typed(body.model_dump(exclude_unset=True))
    return write.change(
        records.position,
        position_id,
        Precondition(if_match),
        lambda scope: edits.set_position(scope, str(position_id), changes),
    )


@router.delete("/positions/{position_id}", status_code=204)
def delete_position(position_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Remove a position and its bullets."""
    return write.delete(
        records.position,
        position_id,
        Precondition(if_match),
        lambda scope: edits.remove_position(scope, str(position_id)),
    )


@router.post("/bullets", status_code=201, response_model=BulletRecord)
def create_bullet(body: NewBullet, write: Writing) -> Response:
    """Add a bullet at the end of its position."""

    def act(scope: Scope) -> Answer:
        row_id = edits.add_bullet(scope, typed(body.model_dump(exclude_unset=True)))
        scope.reread()
        return Answer(records.bullet(scope, row_id), f"/api/v1/profile/bullets/{row_id}")

    return write.post(body, act)


@router.get("/bullets/{bullet_id}", response_model=BulletRecord)
def get_bullet(request: Request, caller: Reader, bullet_id: UUID) -> Response:
    """Return a bullet."""
    return representations.respond(caller.read(records.bullet, bullet_id), request)


@router.patch("/bullets/{bullet_id}", response_model=BulletRecord)
def change_bullet(
    bullet_id: UUID, body: BulletChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent."""
    changes = typed(body.model_dump(exclude_unset=True))
    return write.change(
        records.bullet,
        bullet_id,
        Precondition(if_match),
        lambda scope: edits.set_bullet(scope, str(bullet_id), changes),
    )


@router.delete("/bullets/{bullet_id}", status_code=204)
def delete_bullet(bullet_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Remove a bullet."""
    return write.delete(
        records.bullet,
        bullet_id,
        Precondition(if_match),
        lambda scope: edits.remove_bullet(scope, str(bullet_id)),
    )
