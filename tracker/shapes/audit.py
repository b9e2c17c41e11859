"""The account history: what is recorded, where from, and a line of it as Settings shows it."""

from dataclasses import dataclass
from enum import StrEnum


class AuditKind(StrEnum):
    """What happened to a person's access, or to what they had kept."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    OTHERS_ENDED = "others_ended"
    KEY_SAVED = "key_saved"
    KEY_REMOVED = "key_removed"
    DELETED = "deleted"


class Deletable(StrEnum):
    """What a person can delete, as the history names its kind; the history outlives the thing itself and never identifies it."""

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
    """The browser a request came from, in its own words, and its network address."""

    browser: str = ""
    address: str = ""


@dataclass(frozen=True)
class AuditLine:
    """One entry of the history; `exact` is its date in full, `agent` the browser's own words."""

    id: str
    at: str
    exact: str
    what: str
    browser: str
    agent: str
    address: str
    is_refusal: bool
