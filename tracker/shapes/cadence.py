"""How long a person waits before each next action."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Cadence:
    """The days between what happens and what to do about it, and how often; the best cadence anyone has published."""

    follow_up_first: int = 7
    """After applying, until the first follow-up."""
    follow_up_again: int = 7
    """After a follow-up, until the next."""
    follow_ups: int = 2
    """At most so many on one stage."""
    reply_first: int = 1
    """After a response, until the first follow-up."""
    reply_again: int = 3
    """After that one, until the next."""
    prepare: int = 2
    """Before an interview."""
    thank_you: int = 1
    """After an interview."""
    close: int = 30
    """After applying without a reply, until closing it is proposed."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Cadence":
        """The cadence of which a person chose some parts; the others are the usual ones."""
        return cls(**{name: int(kept[name]) for name in CADENCES if name in kept})


CADENCES = tuple(each.name for each in fields(Cadence))
"""The parts of a cadence, by name, in the order of a search."""
