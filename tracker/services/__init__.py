"""Business rules and queries; importing any of them subscribes the listeners of the event log."""

from tracker.services.priority import rescoring as _rescoring  # noqa: F401  Subscribes on import.
