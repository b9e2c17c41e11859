"""Parsers of an interview's fields, and conversion of local times to instants."""

import re
from datetime import datetime
from typing import Any

from tracker import zones
from tracker.errors import AmbiguousTime, Invalid
from tracker.models import Interview
from tracker.services.field_parsers import InvalidField, Parser, parsed_by, text, whole_number
from tracker.shapes.dates import offset_in_words
from tracker.shapes.enumerations import InterviewKind

FIELD_LABELS = {
    "kind": "Kind",
    "round": "Round",
    "starts_at": "Starts",
    "zone": "Time zone",
    "minutes": "Minutes",
    "place": "Place or link",
    "interviewers": "Interviewers",
    "preparation": "Preparation",
}
MAX_MINUTES = 1440
"""Longest interview in minutes: a day, for take-home work."""


def _kind(raw: str) -> str:
    if raw not in set(InterviewKind):
        raise InvalidField("Choose one of the listed kinds.")
    return raw


def _zone(raw: str) -> str:
    if raw not in zones.names():
        raise InvalidField("Choose a time zone such as Europe/Berlin.")
    return raw


def _local_time(raw: str) -> datetime:
    """Return a local time without a zone."""
    if not raw.strip():
        raise InvalidField("Enter a date and time.")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", raw.strip(), re.ASCII):
        raise InvalidField("Use a date and time such as 2026-11-03 14:30.")
    try:
        local = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise InvalidField("There is no such date or time.") from None
    if not 1990 <= local.year <= 2100:
        raise InvalidField("Enter a year from 1990 to 2100.")
    return local.replace(second=0)


def _fold(raw: str) -> int | None:
    if raw.strip() not in ("", "0", "1"):
        raise InvalidField("Choose the first or the second.")
    return int(raw) if raw.strip() else None


def _required_number(parser: Parser) -> Parser:
    def parse(raw: str) -> int:
        number: int | None = parser(raw)
        if number is None:
            raise InvalidField("Enter a number.")
        return number

    return parse


PARSERS: dict[str, Parser] = {
    "kind": _kind,
    "round": _required_number(whole_number(1, 50, "The round")),
    "starts_at": _local_time,
    "zone": _zone,
    "fold": _fold,
    "minutes": _required_number(whole_number(5, MAX_MINUTES, "The length in minutes")),
    "place": text(2000),
    "interviewers": text(1000),
    "preparation": text(100_000, lines=True),
    "debrief": text(100_000, lines=True),
}


def parsed(typed: dict[str, str]) -> dict[str, Any]:
    """Parse submitted fields; `starts_at` and `zone` together also give the instant. Raises Invalid."""
    values = parsed_by(PARSERS, typed)
    fold = values.pop("fold", None)
    if "starts_at" in values and "zone" in values:
        values |= time_columns(values["starts_at"], values["zone"], fold)
    return values


def time_columns(local: datetime, zone: str, fold: int | None) -> dict[str, Any]:
    """Return the columns of a local time in a zone.

    Raises Invalid when the time is skipped there, or when it occurs twice and `fold` doesn't say which.
    """
    candidates = zones.instants(local, zones.named(zone))
    if not candidates:
        raise Invalid({"starts_at": skipped_message(local, zone)})
    if len(candidates) == 2 and fold is None:
        raise AmbiguousTime(ambiguous_message(local), fold_choices(local, zone))
    second = int(len(candidates) == 2 and fold == 1)
    return {"starts_at": candidates[second], "wall_time": local, "fold": second}


def current_instant(wall_time: datetime, fold: int, zone: str, fallback: datetime) -> datetime:
    """Return the instant of a local time under current zone rules, or `fallback` for an unknown zone."""
    return zones.instant(wall_time, zones.named(zone), fold) if zone in zones.names() else fallback


def agreed_time(row: Interview) -> dict[str, Any]:
    """Return the columns of the agreed local time as JSON values; new zone rules don't change them."""
    return {"wall_time": row.wall_time.isoformat(), "fold": row.fold, "zone": row.zone}


def skipped_message(local: datetime, zone: str) -> str:
    """Return the message for a local time that a zone skips."""
    return f"{local:%H:%M} doesn't exist on that day in {zone}: the clocks go forward. Choose a time before or after."


def ambiguous_message(local: datetime) -> str:
    """Return the message for a local time that occurs twice."""
    return f"{local:%H:%M} occurs twice that night"


def fold_choices(local: datetime, zone: str) -> list[tuple[str, str]]:
    """Return both occurrences of an ambiguous local time as `fold` values and labels, else nothing."""
    tz = zones.named(zone)
    candidates = zones.instants(local, tz)
    names = ("First", "Second")
    labelled = [(str(n), f"{names[n]} ({offset_in_words(at, tz)})") for n, at in enumerate(candidates)]
    return labelled if len(labelled) == 2 else []


def as_typed(row: Interview) -> dict[str, str]:
    """Return each field as the text that a form shows: the inverse of `parsed`."""
    return {
        "kind": row.kind,
        "round": str(row.round),
        "starts_at": f"{row.wall_time:%Y-%m-%dT%H:%M}",
        "zone": row.zone,
        "fold": str(row.fold) if fold_choices(row.wall_time, row.zone) else "",
        "minutes": str(row.minutes),
        "place": row.place,
        "interviewers": row.interviewers,
        "preparation": row.preparation,
    }
