"""The settings page."""

from dataclasses import dataclass

from tracker.shapes.audit import AuditLine
from tracker.shapes.jobs import JobItem
from tracker.shapes.model import ServiceSheet
from tracker.shapes.people import SessionLine
from tracker.shapes.preferences import Choices, PreferencesSheet, RemindersForm


@dataclass(frozen=True)
class SettingsPage:
    """Each part of the page; `pace` holds the days of each step of the cadence as they can be typed."""

    preferences: PreferencesSheet
    choices: Choices
    sessions: list[SessionLine]
    pace: dict[str, str]
    history: list[AuditLine]
    is_fresh: bool
    reminders: RemindersForm
    service: ServiceSheet
    jobs: list[JobItem]
