"""Backups: one file with the database and the secrets of an installation, made while it runs and restored whole."""

from tracker.errors import Sorry


class Unusable(Sorry):
    """A backup file that can't be restored, with the reason in one line."""
