"""The user of a token over the API, and their preferences."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, line, number, typed
from tracker.api.v1.representations import IfMatch, Precondition
from tracker.api.v1.writes import Changing
from tracker.services import preferences
from tracker.services.records import account as records
from tracker.shapes.records import MeRecord, PreferencesRecord, TokenRecord

router = APIRouter(tags=["Account"])


def _listed(locale: str) -> str:
    if locale not in preferences.LOCALES:
        raise ValueError("choose one of the listed locales")
    return locale


class PreferenceChanges(Input):
    """Preferences to change; those that aren't sent stay."""

    time_zone: Annotated[str, line(100)] = ""
    locale: Annotated[
        str, AfterValidator(_listed), Field(json_schema_extra={"enum": [*preferences.LOCALES]})
    ] = "en-GB"
    currency: Annotated[str, line(3)] = ""
    weekly_goal: Annotated[int, number(0, 200)] = 5
    week_start: Literal[1, 6, 7] = 1

    model_config = ConfigDict(json_schema_extra={"examples": [{"weekly_goal": 8}]})


@router.get("/me", response_model=MeRecord)
def get_me(request: Request, caller: Reader) -> Response:
    """Return the user of the token, and what the token may do."""
    user, holder = caller.user, caller.holder
    scopes = ["read", "write"] if holder.can_write else ["read"]
    token = TokenRecord(
        id=UUID(holder.token_id), name=holder.token_name, scopes=scopes, expires_at=holder.expires_at
    )
    record = MeRecord(
        id=user.user_id, name=user.name, email=user.email, time_zone=user.timezone, locale=user.locale,
        currency=user.currency, token=token,
    )  # fmt: skip
    return representations.respond(record, request)


@router.get("/preferences", response_model=PreferencesRecord)
def get_preferences(request: Request, caller: Reader) -> Response:
    """Return the preferences that decide how days, weeks and money are counted."""
    return representations.respond(caller.read(records.preferences_record), request)


@router.patch("/preferences", response_model=PreferencesRecord)
def change_preferences(body: PreferenceChanges, write: Changing, if_match: IfMatch = None) -> Response:
    """Change the preferences that are sent."""
    changes = typed(body.model_dump(exclude_unset=True))
    if "time_zone" in changes:
        changes["timezone"] = changes.pop("time_zone")
    return write.change(
        records.preferences_record,
        None,
        Precondition(if_match),
        lambda scope: preferences.save(scope, changes),
    )
