"""The cadence a person prefers: read as a form shows it, and kept."""

from sqlalchemy import update

from tracker.db import Scope
from tracker.models import Preferences, preferences
from tracker.services.field_parsers import InvalidField, Parser, parsed_by, whole_number
from tracker.shapes.cadence import CADENCES


def typed(scope: Scope) -> dict[str, str]:
    """Each part of the cadence as the text a form starts from."""
    return {name: str(getattr(scope.who.cadence, name)) for name in CADENCES}


def save(scope: Scope, asked: dict[str, str]) -> str:
    """Keep the cadence typed, in days, for whatever happens from now on; Invalid names each part that can't be."""
    values = parsed_by(_PARSERS, asked)
    kept = {name: getattr(scope.who.cadence, name) for name in CADENCES} | values
    scope.session.execute(
        update(Preferences).where(preferences.user_id == scope.user_id).values(cadence=kept)
    )
    return "Cadence saved"


def _days(least: int, most: int) -> Parser:
    def parse(raw: str) -> int:
        value: int | None = whole_number(least, most, "This")(raw)
        if value is None:
            raise InvalidField(f"Say how many, from {least} to {most}.")
        return value

    return parse


_PARSERS: dict[str, Parser] = {
    "follow_up_first": _days(1, 60),
    "follow_up_again": _days(1, 60),
    "follow_ups": _days(0, 5),
    "reply_first": _days(0, 30),
    "reply_again": _days(1, 30),
    "prepare": _days(0, 14),
    "thank_you": _days(0, 7),
    "close": _days(7, 365),
}
