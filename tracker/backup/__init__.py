"""Backups: one file with an installation's database and secrets, made while Pursuit runs."""

from tracker.errors import Sorry


class Unusable(Sorry):
    """A backup file that can't be restored, with the reason in one line."""
