"""All tables, with the columns of each under a plural name; importing it registers the schema."""

from tracker.models.access_token import AccessToken
from tracker.models.action import HiddenAction
from tracker.models.application import Application
from tracker.models.archive import Archive, ArchivePart
from tracker.models.audit import AuditEntry
from tracker.models.base import columns_of
from tracker.models.calendar_feed import CalendarFeed
from tracker.models.capture import Capture
from tracker.models.contact import ApplicationContact, Contact
from tracker.models.data_import import DataImport
from tracker.models.event import Event
from tracker.models.generation import ModelCall, OwnService, Writing
from tracker.models.idempotency import IdempotencyKey
from tracker.models.interview import Interview
from tracker.models.job import Job
from tracker.models.letter import Letter
from tracker.models.people import Preferences, User, UserSession
from tracker.models.priority import Priority, WishList
from tracker.models.profile import Bullet, Position, Profile, ResumeImport
from tracker.models.question import Question
from tracker.models.reminder import Reminder
from tracker.models.snapshot import Snapshot

access_tokens = columns_of(AccessToken)
applications = columns_of(Application)
archives = columns_of(Archive)
archive_parts = columns_of(ArchivePart)
audit_entries = columns_of(AuditEntry)
bullets = columns_of(Bullet)
calendar_feeds = columns_of(CalendarFeed)
links = columns_of(ApplicationContact)
contacts = columns_of(Contact)
data_imports = columns_of(DataImport)
events = columns_of(Event)
idempotency_keys = columns_of(IdempotencyKey)
interviews = columns_of(Interview)
jobs = columns_of(Job)
letters = columns_of(Letter)
model_calls = columns_of(ModelCall)
own_services = columns_of(OwnService)
positions = columns_of(Position)
preferences = columns_of(Preferences)
posting_captures = columns_of(Capture)
priorities = columns_of(Priority)
questions = columns_of(Question)
profiles = columns_of(Profile)
reminders = columns_of(Reminder)
resume_imports = columns_of(ResumeImport)
snapshots = columns_of(Snapshot)
hidden_actions = columns_of(HiddenAction)
users = columns_of(User)
user_sessions = columns_of(UserSession)
wishes = columns_of(WishList)
writings = columns_of(Writing)

__all__ = [
    "AccessToken",
    "Application",
    "ApplicationContact",
    "Archive",
    "ArchivePart",
    "AuditEntry",
    "Bullet",
    "CalendarFeed",
    "Capture",
    "Contact",
    "DataImport",
    "Event",
    "HiddenAction",
    "IdempotencyKey",
    "Interview",
    "Job",
    "Letter",
    "ModelCall",
    "OwnService",
    "Position",
    "Preferences",
    "Priority",
    "Profile",
    "Question",
    "Reminder",
    "ResumeImport",
    "Snapshot",
    "User",
    "UserSession",
    "WishList",
    "Writing",
    "access_tokens",
    "applications",
    "archive_parts",
    "archives",
    "audit_entries",
    "bullets",
    "calendar_feeds",
    "columns_of",
    "contacts",
    "data_imports",
    "events",
    "hidden_actions",
    "idempotency_keys",
    "interviews",
    "jobs",
    "letters",
    "links",
    "model_calls",
    "own_services",
    "positions",
    "posting_captures",
    "preferences",
    "priorities",
    "profiles",
    "questions",
    "reminders",
    "resume_imports",
    "snapshots",
    "user_sessions",
    "users",
    "wishes",
    "writings",
]
