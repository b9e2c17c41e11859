"""What was put off or dismissed: asked of each thing that a rule finds."""

from typing import Any

from sqlalchemy import ColumnElement, and_, cast, or_, select, tuple_
from sqlalchemy import Text as Words

from tracker.db import Scope
from tracker.models import HiddenAction, hidden_actions


def is_aside(
    scope: Scope, application_id: Any, kind: Any, about: Any, *, for_good: bool = False
) -> ColumnElement[bool]:
    """Whether an occasion of an application's was dismissed, or (unless `for_good` is asked) is put off until a later day."""
    same = and_(
        hidden_actions.user_id == scope.user_id,
        hidden_actions.application_id == application_id,
        hidden_actions.kind == kind,
        hidden_actions.about == cast(about, Words),
        hidden_actions.until.is_(None) if for_good else _still(scope),
    )
    return select(HiddenAction).where(same).exists()


def isnt_aside(scope: Scope, application_id: Any, kind: Any, about: Any) -> ColumnElement[bool]:
    """Whether an occasion is neither dismissed nor put off; no join, so that what an index gives in order stays so."""
    all_aside = select(hidden_actions.application_id, hidden_actions.kind, hidden_actions.about)
    mine = all_aside.where(hidden_actions.user_id == scope.user_id, _still(scope))
    return tuple_(application_id, kind, cast(about, Words)).not_in(mine)


def _still(scope: Scope) -> ColumnElement[bool]:
    return or_(hidden_actions.until.is_(None), hidden_actions.until > scope.today)
