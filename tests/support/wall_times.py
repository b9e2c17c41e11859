"""Interviews as stored: the instant, and the local time that was agreed."""

from datetime import datetime

from tests.support.people import Person

VANCOUVER = {"kind": "technical", "starts_at": "2026-12-01T17:00", "zone": "America/Vancouver"}


def when(person: Person, interview: str) -> tuple[datetime, str, int]:
    """Return an interview's instant, the time on the clock, and which of two it is."""
    row = person.row("interview", interview)
    return row["starts_at"], f"{row['wall_time']:%Y-%m-%d %H:%M}", row["fold"]
