"""Preferences (short form until the rest lands)."""

from zoneinfo import available_timezones

from sqlalchemy import update

from tracker.db import Scope
from tracker.models import Preferences, preferences


def learn_zone(scope: Scope, name: str) -> None:
    """Take a real zone as the person's when they have none."""
    if name in available_timezones():
        scope.session.execute(
            update(Preferences)
            .where(preferences.user_id == scope.user_id, preferences.timezone == "")
            .values(timezone=name)
        )
