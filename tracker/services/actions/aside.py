"""What was put off or dismissed: asked of each thing that a rule finds."""

from typing import Any

from sqlalchemy import ColumnElement, and_, cast, or_, select
from sqlalchemy import Text as Words

from tracker.db import Scope
from tracker.models import SetAside, set_aside


def is_aside(
    scope: Scope, application_id: Any, kind: Any, about: Any, *, for_good: bool = False
) -> ColumnElement[bool]:
    """Whether an occasion of an application's was dismissed, or (unless `for_good` is asked) is put off until a later day."""
    until = or_(set_aside.until.is_(None), set_aside.until > scope.today)
    same = and_(
        set_aside.user_id == scope.user_id,
        set_aside.application_id == application_id,
        set_aside.kind == kind,
        set_aside.about == cast(about, Words),
        set_aside.until.is_(None) if for_good else until,
    )
    return select(SetAside).where(same).exists()
