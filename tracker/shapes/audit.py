"""The account history: kinds of entries, and an entry as Settings shows it."""

from dataclasses import dataclass
from enum import StrEnum


class AuditKind(StrEnum):
    """Kinds of entries of the account history."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    OTHERS_ENDED = "others_ended"
    KEY_SAVED = "key_saved"
    KEY_REMOVED = "key_removed"
    DELETED = "deleted"
    TOKEN_CREATED = "token_created"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    FEED_CREATED = "feed_created"
    FEED_REPLACED = "feed_replaced"
    FEED_ENDED = "feed_ended"
    EXPORT_REQUESTED = "export_requested"
    EXPORT_DOWNLOADED = "export_downloaded"
    EXPORT_LOADED = "export_loaded"


class Deletable(StrEnum):
    """Kinds of records a user can delete, as the history names them without identifying the record."""

    APPLICATION = "application"
    CONTACT = "contact"
    INTERVIEW = "interview"
    LETTER = "letter version"
    QUESTION = "question"
    POSITION = "position"
    BULLET = "bullet"
    RESUME = "uploaded resume"


@dataclass(frozen=True)
class Client:
    """The user agent and IP address of a request."""

    browser: str = ""
    address: str = ""


@dataclass(frozen=True)
class AuditItem:
    """An entry of the history; `exact` is its full date, and `agent` the user agent."""

    id: str
    at: str
    exact: str
    description: str
    browser: str
    agent: str
    address: str
    is_refusal: bool
