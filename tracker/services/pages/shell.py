"""The shell of every page: the badge and the reminders."""

from tracker.db import Scope
from tracker.services import badge
from tracker.shapes.badge import BadgeAndReminders


def dismiss_reminder(scope: Scope, interview_id: str) -> BadgeAndReminders:
    """Take an interview's reminders off every page."""
    badge.dismiss(scope, interview_id)
    return badge.badge_and_reminders(scope)
