"""The Settings page."""

from dataclasses import dataclass

from tracker.shapes.audit import AuditItem
from tracker.shapes.jobs import JobItem
from tracker.shapes.model import ServiceForm
from tracker.shapes.people import SessionItem
from tracker.shapes.preferences import Choices, PreferencesForm, RemindersForm


@dataclass(frozen=True)
class SettingsPage:
    """The parts of the Settings page; `cadence` holds the cadence as form text."""

    preferences: PreferencesForm
    choices: Choices
    sessions: list[SessionItem]
    cadence: dict[str, str]
    history: list[AuditItem]
    is_fresh: bool
    reminders: RemindersForm
    service: ServiceForm
    jobs: list[JobItem]
