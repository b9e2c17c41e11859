"""The columns that the rules for actions have in common."""

from typing import Any

from sqlalchemy import Integer, Select, Text, cast, func, literal, null, select, true

from tracker.db import Scope
from tracker.models import applications, interviews
from tracker.shapes.enumerations import TALKING, ActionKind, Stage

LATE, NOW, AHEAD, TIDY = -1, 0, 1, 2
"""Periods; tidying up is never late."""
PURSUED = [stage for stage in Stage if stage not in (Stage.OFFER, Stage.CLOSED)]
"""Stages in which a follow-up makes sense."""


def own_live(scope: Scope) -> Any:
    """Return the condition that an application is the user's and not deleted."""
    return (applications.user_id == scope.user_id) & applications.deleted_at.is_(None)


def action_rows(kind: ActionKind, day: Any, bucket: Any, about: Any, interview: Any = None) -> Select[Any]:
    """Return a rule's columns: the action's kind, day, period and occurrence, and whether talks are on."""
    return select(
        literal(kind.value, Text).label("kind"),
        literal(list(ActionKind).index(kind)).label("rank"),
        day.label("day"),
        cast(bucket, Integer).label("bucket"),
        cast(about, Text).label("about"),
        (applications.id if interview is None else interviews.application_id).label("application_id"),
        cast(null() if interview is None else interview, interviews.id.type).label("interview_id"),
        (applications.stage.in_(TALKING) if interview is None else true()).label("is_talking"),
    )


def period(scope: Scope, day: Any) -> Any:
    """Return the period of a day."""
    return func.sign(day - scope.today)
