"""Access tokens: what Settings lists, and the user of a request's token."""

from dataclasses import dataclass, field
from datetime import datetime

from tracker.shapes.people import Who

LIFETIMES = [("30", "30 days"), ("90", "90 days"), ("365", "1 year"), ("", "No expiry")]
"""Choices of a token's lifetime: days as form text, and label."""
ACCESS = [("read", "Read"), ("write", "Read and write")]
"""Choices of what a token may do."""


@dataclass(frozen=True)
class TokenItem:
    """A token in the list of tokens."""

    id: str
    name: str
    ending: str
    access: str
    created: str
    used: str
    expires: str
    is_expired: bool


@dataclass(frozen=True)
class NewToken:
    """The secret of a token that was just created, with the list; it is shown once."""

    secret: str
    tokens: list[TokenItem] = field(default_factory=list)


@dataclass(frozen=True)
class TokenHolder:
    """The user of a request's token, and what the token may do."""

    user: Who
    token_id: str
    token_name: str
    can_write: bool
    expires_at: datetime | None
