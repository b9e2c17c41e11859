"""The shell of every page: the badge and the reminders."""

from tracker.db import Scope
from tracker.services import badge
from tracker.shapes.waiting import Waiting


def dismiss_reminder(scope: Scope, interview_id: str) -> Waiting:
    """Take an interview's reminders off every page."""
    badge.dismiss(scope, interview_id)
    return badge.waiting(scope)
