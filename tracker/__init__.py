"""Pursuit: everything about a job search in one place."""

from tracker.zones import use_pinned_rules

__version__ = "0.1.0"
use_pinned_rules()  # here, since every process imports this package before it can read a zone
