"""The tables; importing this package makes the whole schema known to Alembic."""

from tracker.models.application import Application
from tracker.models.contact import ApplicationContact, Contact
from tracker.models.event import Event
from tracker.models.interview import Interview
from tracker.models.people import Preferences, User, UserSession

__all__ = [
    "Application",
    "ApplicationContact",
    "Contact",
    "Event",
    "Interview",
    "Preferences",
    "User",
    "UserSession",
]
