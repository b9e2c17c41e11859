"""Listener that keeps the stored scores in step with the event log."""

from uuid import UUID

from tracker.db import Scope
from tracker.services import timeline
from tracker.services.priority.stored_scores import rescore
from tracker.shapes.enumerations import EventKind


@timeline.on_record
def rescore_after_event(scope: Scope, kind: EventKind, application_ids: list[UUID]) -> None:
    """Score the applications of an event again before commit; a deleted one has no score."""
    if kind is not EventKind.APPLICATION_DELETED:
        scope.defer(rescore, application_ids)
