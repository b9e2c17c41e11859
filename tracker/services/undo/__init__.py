"""Undo: an action's events in the log, each put right by the part of the domain it belongs to."""

from tracker.services.undo.taking_back import offered, undo

__all__ = ["offered", "undo"]
