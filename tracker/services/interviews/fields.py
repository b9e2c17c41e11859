"""What each field of an interview accepts, and how a time typed on a clock somewhere becomes an instant."""

import re
from datetime import datetime
from typing import Any

from tracker import zones
from tracker.errors import Invalid
from tracker.models import Interview
from tracker.services.typed import Parser, Wrong, parsed_by, text, whole
from tracker.shapes.dates import offset_in_words
from tracker.shapes.words import InterviewKind

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
LONGEST = 1440
"""Minutes an interview can last: a day, for take-home work."""


def _kind(raw: str) -> str:
    if raw not in set(InterviewKind):
        raise Wrong("Choose one of the kinds listed.")
    return raw


def _zone(raw: str) -> str:
    if raw not in zones.names():
        raise Wrong("Choose a time zone such as Europe/Berlin.")
    return raw


def _local(raw: str) -> datetime:
    """The time on a clock, without a zone."""
    if not raw.strip():
        raise Wrong("When does it begin?")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", raw.strip(), re.ASCII):
        raise Wrong("Use a date and time such as 2026-11-03 14:30.")
    try:
        local = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise Wrong("There is no such date or time.") from None
    if not 1990 <= local.year <= 2100:
        raise Wrong("The year must lie between 1990 and 2100.")
    return local.replace(second=0)


def _fold(raw: str) -> int | None:
    if raw.strip() not in ("", "0", "1"):
        raise Wrong("Choose the first or the second.")
    return int(raw) if raw.strip() else None


def _required_number(parser: Parser) -> Parser:
    def parse(raw: str) -> int:
        number: int | None = parser(raw)
        if number is None:
            raise Wrong("This needs a number.")
        return number

    return parse


PARSERS: dict[str, Parser] = {
    "kind": _kind,
    "round": _required_number(whole(1, 50, "The round")),
    "starts_at": _local,
    "zone": _zone,
    "fold": _fold,
    "minutes": _required_number(whole(5, LONGEST, "The length in minutes")),
    "place": text(2000),
    "interviewers": text(1000),
    "preparation": text(100_000, lines=True),
    "debrief": text(100_000, lines=True),
}


def parsed(typed: dict[str, str]) -> dict[str, Any]:
    """The values of the fields typed; the time on a clock is an instant too when `starts_at` and `zone` are given."""
    values = parsed_by(PARSERS, typed)
    fold = values.pop("fold", None)
    if "starts_at" in values and "zone" in values:
        values |= placed(values["starts_at"], values["zone"], fold)
    return values


def placed(local: datetime, zone: str, fold: int | None) -> dict[str, Any]:
    """The columns of a time on the clocks of a zone; Invalid when they skip it, or show it twice and `fold` doesn't say which."""
    found = zones.instants(local, zones.named(zone))
    if not found:
        raise Invalid({"starts_at": skipped(local, zone)})
    if len(found) == 2 and fold is None:
        raise Invalid({"fold": f"{twice(local)}. Choose which."})
    second = int(len(found) == 2 and fold == 1)
    return {"starts_at": found[second], "wall_time": local, "fold": second}


def instant(wall_time: datetime, fold: int, zone: str, known: datetime) -> datetime:
    """When the clocks show a time, by the present rules of their zone; `known` where there is no such zone any more."""
    return zones.instant(wall_time, zones.named(zone), fold) if zone in zones.names() else known


def agreed(row: Interview) -> dict[str, Any]:
    """The columns that say which time was agreed, as JSON holds them; new zone rules change none of them."""
    return {"wall_time": row.wall_time.isoformat(), "fold": row.fold, "zone": row.zone}


def skipped(local: datetime, zone: str) -> str:
    """Say that the clocks of a zone never show a time."""
    return f"{local:%H:%M} doesn't exist on that day in {zone}: the clocks go forward. Choose a time before or after."


def twice(local: datetime) -> str:
    """Say that the clocks show a time twice."""
    return f"{local:%H:%M} occurs twice that night"


def both_times(local: datetime, zone: str) -> list[tuple[str, str]]:
    """The two times that the clocks show it, as values of `fold` and labels; none where they show it once or never."""
    there = zones.named(zone)
    found = zones.instants(local, there)
    names = ("First", "Second")
    both = [(str(n), f"{names[n]} ({offset_in_words(at, there)})") for n, at in enumerate(found)]
    return both if len(both) == 2 else []


def as_typed(row: Interview) -> dict[str, str]:
    """Each field of an interview as the text a form would show; the reverse of `parsed`."""
    return {
        "kind": row.kind,
        "round": str(row.round),
        "starts_at": f"{row.wall_time:%Y-%m-%dT%H:%M}",
        "zone": row.zone,
        "fold": str(row.fold) if both_times(row.wall_time, row.zone) else "",
        "minutes": str(row.minutes),
        "place": row.place,
        "interviewers": row.interviewers,
        "preparation": row.preparation,
    }
