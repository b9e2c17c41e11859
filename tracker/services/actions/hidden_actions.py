"""Conditions for snoozed and dismissed actions."""

from typing import Any

from sqlalchemy import ColumnElement, and_, cast, or_, select, tuple_
from sqlalchemy import Text as Words

from tracker.db import Scope
from tracker.models import HiddenAction, hidden_actions


def is_hidden(
    scope: Scope, application_id: Any, kind: Any, about: Any, *, for_good: bool = False
) -> ColumnElement[bool]:
    """Return the condition that an action is dismissed or, unless `for_good`, snoozed past today."""
    conditions = and_(
        hidden_actions.user_id == scope.user_id,
        hidden_actions.application_id == application_id,
        hidden_actions.kind == kind,
        hidden_actions.about == cast(about, Words),
        hidden_actions.until.is_(None) if for_good else _hidden_today(scope),
    )
    return select(HiddenAction).where(conditions).exists()


def is_visible(scope: Scope, application_id: Any, kind: Any, about: Any) -> ColumnElement[bool]:
    """Return the condition that an action isn't hidden, without a join, which would lose the index order."""
    query = select(hidden_actions.application_id, hidden_actions.kind, hidden_actions.about)
    hidden = query.where(hidden_actions.user_id == scope.user_id, _hidden_today(scope))
    return tuple_(application_id, kind, cast(about, Words)).not_in(hidden)


def _hidden_today(scope: Scope) -> ColumnElement[bool]:
    return or_(hidden_actions.until.is_(None), hidden_actions.until > scope.today)
