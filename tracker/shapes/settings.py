"""The Settings page."""

from dataclasses import dataclass

from tracker.shapes.access_tokens import TokenItem
from tracker.shapes.archives import YourData
from tracker.shapes.audit import AuditItem
from tracker.shapes.calendar_files import FeedForm
from tracker.shapes.jobs import JobItem
from tracker.shapes.model import ServiceForm
from tracker.shapes.people import SessionItem
from tracker.shapes.preferences import Choices, RemindersForm


@dataclass(frozen=True)
class SettingsForm:
    """The form of name, preferences, cadence and reminders; `typed` holds each field as text."""

    typed: dict[str, str]
    now_there: str
    reminders: RemindersForm


@dataclass(frozen=True)
class SettingsPage:
    """The parts of the Settings page."""

    form: SettingsForm
    choices: Choices
    sessions: list[SessionItem]
    history: list[AuditItem]
    is_fresh: bool
    service: ServiceForm
    jobs: list[JobItem]
    tokens: list[TokenItem]
    feed: FeedForm
    data: YourData
