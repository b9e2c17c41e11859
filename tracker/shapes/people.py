"""The signed-in user, and sessions as Settings lists them."""

from dataclasses import dataclass, field
from datetime import tzinfo
from uuid import UUID

from tracker import zones
from tracker.shapes.audit import Client
from tracker.shapes.cadence import Cadence


@dataclass(frozen=True)
class Who:
    """The signed-in user of an action, identified by the server.

    `session_id` and `client` describe the browser; both are empty for the command line and jobs.
    """

    user_id: UUID
    session_id: UUID | None = None
    name: str = ""
    email: str = ""
    timezone: str = ""
    locale: str = "en-GB"
    currency: str = "USD"
    weekly_goal: int = 5
    week_start: int = 1
    columns: tuple[str, ...] = ()
    cadence: Cadence = field(default_factory=Cadence)
    client: Client = field(default_factory=Client)

    @property
    def zone(self) -> tzinfo:
        """The user's time zone, UTC until it is known."""
        return zones.named(self.timezone)


@dataclass(frozen=True)
class SessionItem:
    """A session in the list of sessions."""

    id: str
    browser: str
    agent: str
    seen: str
    began: str
    is_this_one: bool
