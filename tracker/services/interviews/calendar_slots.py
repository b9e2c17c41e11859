"""Slots of the calendar: a day, or a local time on the user's clock."""

from datetime import date, datetime, time

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.services.interviews.scheduling import locked_interview, move
from tracker.zones import instant, named

PROPOSED_TIME = time(10)
"""Time of a new interview whose day was clicked."""


def drop(scope: Scope, interview_id: str, starts_at: str) -> str:
    """Move an interview to a day, or to a local time on the user's clock; its own time zone stays.

    A time in a gap of the user's clock is taken as the clock runs on, and of two instants the first.
    """
    row, zone = locked_interview(scope, interview_id), scope.who.zone
    local = _local_time(starts_at, row.starts_at.astimezone(zone).time())
    own = instant(local, zone, fold=0).astimezone(named(row.zone))
    typed = {"starts_at": f"{own:%Y-%m-%dT%H:%M}", "zone": row.zone, "fold": str(own.fold)}
    return move(scope, interview_id, typed)


def proposed_start(slot: str) -> str:
    """Return the form text of a day or a local time of the calendar; a day begins at ten."""
    return f"{_local_time(slot, PROPOSED_TIME):%Y-%m-%dT%H:%M}"


def _local_time(slot: str, on_a_day: time) -> datetime:
    """Return the local time of a slot, which is an ISO date or time; Invalid for another text."""
    try:
        if len(slot) == len("2026-11-30"):
            return datetime.combine(date.fromisoformat(slot), on_a_day)
        return datetime.strptime(slot, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a local time has no zone yet
    except ValueError:
        raise Invalid({"starts_at": "Enter a date and time."}) from None
