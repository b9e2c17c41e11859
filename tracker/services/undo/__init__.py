"""Undo from the event log: a handler for each kind of event, by subject."""

from tracker.services.undo.undo_batches import undo, undoable_batch

__all__ = ["undo", "undoable_batch"]
