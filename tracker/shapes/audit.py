"""The sign-in history: what is recorded, where from, and a line of it as Settings shows it."""

from dataclasses import dataclass
from enum import StrEnum


class AuditKind(StrEnum):
    """What happened to a person's access."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    OTHERS_ENDED = "others_ended"
    KEY_SAVED = "key_saved"
    KEY_REMOVED = "key_removed"


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
