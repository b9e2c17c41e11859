"""Pursuit: everything about a job search in one place."""

from tracker.zones import use_pinned_rules

__version__ = "0.1.0"
use_pinned_rules()  # Here, because every process imports this package before it reads a time zone.
