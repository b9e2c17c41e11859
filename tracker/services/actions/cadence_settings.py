"""The user's cadence, as form text."""

from sqlalchemy import update

from tracker.db import Scope
from tracker.models import Preferences, preferences
from tracker.services import jobs
from tracker.services.field_parsers import InvalidField, Parser, parsed_by, whole_number
from tracker.shapes.cadence import CADENCES
from tracker.shapes.enumerations import JobKind


def typed(scope: Scope) -> dict[str, str]:
    """Return each part of the cadence as form text."""
    return {name: str(getattr(scope.who.cadence, name)) for name in CADENCES}


def save(scope: Scope, submitted: dict[str, str]) -> str:
    """Save the submitted parts of the cadence, in days, for future actions and scores. Raises Invalid."""
    values = parsed_by(_PARSERS, submitted)
    cadence = {name: getattr(scope.who.cadence, name) for name in CADENCES} | values
    scope.session.execute(
        update(Preferences).where(preferences.user_id == scope.user_id).values(cadence=cadence)
    )
    jobs.request(scope, JobKind.SCORE_ALL)
    return "Cadence saved"


def _days(low: int, high: int) -> Parser:
    def parse(raw: str) -> int:
        value: int | None = whole_number(low, high, "This")(raw)
        if value is None:
            raise InvalidField(f"Enter a number from {low} to {high}.")
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
