"""Empty fields that would change a high score: the most important one of each application."""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Subquery,
    Text,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import array

from tracker.db import Scope
from tracker.models import (
    Application,
    Priority,
    WishList,
    applications,
    priorities,
    wishes,
)
from tracker.services.actions.hidden_actions import is_hidden
from tracker.services.priority.score import CAP
from tracker.shapes.enumerations import ActionKind, Stage
from tracker.shapes.priority import WEIGHTS, Factor, Wishes

MAX_APPLICATIONS = 50
"""Number of open applications with the highest scores that are considered; no fact moves a capped one."""
FIELDS: dict[str, tuple[str, Factor]] = {
    "excitement": ("You haven't rated it", Factor.EXCITEMENT),
    "salary_from": ("The salary isn't known", Factor.SALARY),
    "workplace": ("Remote, hybrid or on-site isn't known", Factor.PLACE),
    "location": ("The place isn't known", Factor.PLACE),
    "posting_text": ("The posting's text isn't saved", Factor.STACK),
    "industry": ("The industry isn't known", Factor.COMPANY),
    "company_size": ("The company's size isn't known", Factor.COMPANY),
}
"""Fields with the reason shown while they are empty, and the factor they affect."""


def first_missing(scope: Scope, limit: int) -> Subquery:
    """Return up to `limit` applications (`id`), each with its most important missing field (`fact`)."""
    top = _highest_scores(scope)
    fields = _field_rows(top)
    rank = func.row_number().over(partition_by=top.c.id, order_by=(fields.c.weight.desc(), fields.c.place))
    ranked = (
        select(top.c.id, top.c.score, fields.c.fact, rank.label("nth"))
        .select_from(top.outerjoin(WishList, wishes.user_id == scope.user_id).join(fields, true()))
        .where(
            fields.c.is_missing,
            fields.c.weight > 0,
            ~is_hidden(scope, top.c.id, ActionKind.COMPLETE.value, fields.c.fact),
        )
        .subquery()
    )
    first = select(ranked.c.id, ranked.c.fact).where(ranked.c.nth == 1)
    return first.order_by(ranked.c.score.desc(), ranked.c.id.desc()).limit(limit).subquery()


def max_points(fact: str, wished: Wishes, worth: dict[Factor, int]) -> int:
    """Return the points by which a field can change a score at most.

    A factor with two fields gives half of its points to each.
    """
    factor = FIELDS[fact][1]
    shared = (
        (factor is Factor.PLACE and bool(wished.workplaces) and bool(wished.countries or wished.cities)),
        (factor is Factor.COMPANY and bool(wished.industries) and bool(wished.sizes)),
    )
    points = worth.get(factor, 0)
    return (points + 1) // 2 if any(shared) else points


def _highest_scores(scope: Scope) -> Any:
    a, p = applications, priorities
    return (
        select(
            a.id, p.score, p.found, a.excitement, a.workplace, a.location, a.country, a.industry, a.company_size,
            func.coalesce(a.salary_from, a.salary_to).label("salary"), (a.posting_text == "").label("is_bare"),
        )
        .select_from(Application)
        .join(Priority, (p.user_id == a.user_id) & (p.application_id == a.id))
        .where(
            p.user_id == scope.user_id,
            a.deleted_at.is_(None),
            a.stage != Stage.CLOSED,
            p.score > CAP,
            ~((a.stage == Stage.SAVED) & func.coalesce(a.deadline < scope.today, False)),
        )
        .order_by(p.score.desc(), p.application_id.desc())
        .limit(MAX_APPLICATIONS)
        .subquery()
    )  # fmt: skip


def _field_rows(top: Any) -> Any:
    """Return a row for each field: its place in `FIELDS`, its weight, and whether it is missing."""
    w, t = wishes, top.c
    words = func.cardinality(w.wanted) + func.cardinality(w.known) + func.cardinality(w.avoided)
    missing: dict[str, ColumnElement[bool]] = {
        "excitement": t.excitement.is_(None),
        "salary_from": t.salary.is_(None) & or_(w.salary_target.is_not(None), w.salary_floor.is_not(None)),
        "workplace": t.workplace.is_(None) & (func.cardinality(w.workplaces) > 0),
        "location": (t.location == "")
        & t.country.is_(None)
        & (func.cardinality(w.cities) + func.cardinality(w.countries) > 0),
        "posting_text": t.is_bare & (func.cardinality(t.found) == 0) & (words > 0),
        "industry": (t.industry == "") & (func.cardinality(w.industries) > 0),
        "company_size": t.company_size.is_(None) & (func.cardinality(w.sizes) > 0),
    }
    # Not VALUES, which SQLAlchemy can't cache: compiling would take longer than running the query.
    arrays = (
        array([literal(fact, Text) for fact in missing]),
        array([literal(place) for place in range(len(missing))]),
        array([_weight(FIELDS[fact][1]) for fact in missing]),
        array([func.coalesce(is_missing, False) for is_missing in missing.values()]),
    )
    columns = (
        column("fact", Text),
        column("place", Integer),
        column("weight", Integer),
        column("is_missing", Boolean),
    )
    return func.unnest(*arrays).table_valued(*columns, name="asked").render_derived().lateral()


def _weight(factor: Factor) -> Any:
    return func.coalesce(cast(wishes.weights[factor.value].astext, Integer), WEIGHTS[factor])
