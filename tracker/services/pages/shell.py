"""The shell of every page: the badge and the reminders."""

from tracker.db import Scope
from tracker.services import badge
from tracker.shapes.badge import BadgeAndReminders


def dismiss_reminder(scope: Scope, interview_id: str) -> BadgeAndReminders:
    """Dismiss an interview's reminders on every page."""
    badge.dismiss(scope, interview_id)
    return badge.badge_and_reminders(scope)
