"""The cadence: how many days to wait before each kind of action."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Cadence:
    """Days to wait before each action, and the number of follow-ups; the defaults follow common advice."""

    follow_up_first: int = 7
    """After applying, until the first follow-up."""
    follow_up_again: int = 7
    """After a follow-up, until the next."""
    follow_ups: int = 2
    """Maximum number in one stage."""
    reply_first: int = 1
    """After a response, until the first follow-up."""
    reply_again: int = 3
    """After that follow-up, until the next."""
    prepare: int = 2
    """Before an interview."""
    thank_you: int = 1
    """After an interview."""
    close: int = 30
    """After applying without a response, until closing is suggested."""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Cadence":
        """Return the stored cadence, with defaults for missing parts."""
        return cls(**{name: int(stored[name]) for name in CADENCES if name in stored})


CADENCES = tuple(each.name for each in fields(Cadence))
"""Names of the parts of a cadence, in the order of a job search."""
