"""Who is acting, and what Settings shows of them."""

from dataclasses import dataclass, field
from datetime import tzinfo
from uuid import UUID

from tracker import zones
from tracker.shapes.audit import Client
from tracker.shapes.cadence import Cadence


@dataclass(frozen=True)
class Who:
    """The signed-in person of one action, found on the server.

    `session_id` names the browser's session, and `client` where the action came from; empty for the command line and jobs.
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
        """The person's time zone, UTC until it is known."""
        return zones.named(self.timezone)


@dataclass(frozen=True)
class SessionLine:
    """One session as Settings lists it."""

    id: str
    browser: str
    agent: str
    seen: str
    began: str
    is_this_one: bool
