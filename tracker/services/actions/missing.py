"""Facts nobody has noted that would move a score: of the applications that stand highest, the weightiest fact of each."""

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
from tracker.services.actions.aside import is_aside
from tracker.shapes.priority import WEIGHTS, Factor, Wishes
from tracker.shapes.words import ActionKind, Stage

LOOKED_AT = 50
"""So many of the open applications with the highest scores are looked at: a fact about the others matters little."""
FACTS: dict[str, tuple[str, Factor]] = {
    "excitement": ("You haven't rated it", Factor.EXCITEMENT),
    "salary_from": ("The salary isn't known", Factor.SALARY),
    "workplace": ("Remote, hybrid or on-site isn't known", Factor.PLACE),
    "location": ("The place isn't known", Factor.PLACE),
    "posting_text": ("The posting's text isn't kept", Factor.STACK),
    "industry": ("The industry isn't known", Factor.COMPANY),
    "company_size": ("The company's size isn't known", Factor.COMPANY),
}
"""Each fact by the field it is noted in: what is said while it is missing, and the factor that weighs it."""


def first_missing(scope: Scope, most: int) -> Subquery:
    """At most so many applications (`id`), each with the weightiest `fact` that is missing and wasn't set aside."""
    top = _highest(scope)
    asked = _asked(top)
    place = func.row_number().over(partition_by=top.c.id, order_by=(asked.c.weight.desc(), asked.c.place))
    found = (
        select(top.c.id, top.c.score, asked.c.fact, place.label("nth"))
        .select_from(top.outerjoin(WishList, wishes.user_id == scope.user_id).join(asked, true()))
        .where(
            asked.c.is_missing,
            asked.c.weight > 0,
            ~is_aside(scope, top.c.id, ActionKind.COMPLETE.value, asked.c.fact),
        )
        .subquery()
    )
    first = select(found.c.id, found.c.fact).where(found.c.nth == 1)
    return first.order_by(found.c.score.desc(), found.c.id.desc()).limit(most).subquery()


def most_points(fact: str, wished: Wishes, worth: dict[Factor, int]) -> int:
    """By how many points a fact could move a score at most; one of two that make up a factor moves half of it."""
    factor = FACTS[fact][1]
    shared = (
        (factor is Factor.PLACE and bool(wished.workplaces) and bool(wished.countries or wished.cities)),
        (factor is Factor.COMPANY and bool(wished.industries) and bool(wished.sizes)),
    )
    points = worth.get(factor, 0)
    return (points + 1) // 2 if any(shared) else points


def _highest(scope: Scope) -> Any:
    a, p = applications, priorities
    return (
        select(
            a.id, p.score, p.found, a.excitement, a.workplace, a.location, a.country, a.industry, a.company_size,
            func.coalesce(a.salary_from, a.salary_to).label("salary"), (a.posting_text == "").label("is_bare"),
        )
        .select_from(Application)
        .join(Priority, (p.user_id == a.user_id) & (p.application_id == a.id))
        .where(p.user_id == scope.user_id, a.deleted_at.is_(None), a.stage != Stage.CLOSED)
        .order_by(p.score.desc(), p.application_id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )  # fmt: skip


def _asked(top: Any) -> Any:
    """Every fact of an application: its place in `FACTS`, how much the person weighs it, and whether it is missing."""
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
    # Not VALUES: a statement with those would be put into words anew each time, which takes longer than its answer.
    each = (
        array([literal(fact, Text) for fact in missing]),
        array([literal(place) for place in range(len(missing))]),
        array([_weight(FACTS[fact][1]) for fact in missing]),
        array([func.coalesce(is_missing, False) for is_missing in missing.values()]),
    )
    columns = (
        column("fact", Text),
        column("place", Integer),
        column("weight", Integer),
        column("is_missing", Boolean),
    )
    return func.unnest(*each).table_valued(*columns, name="asked").render_derived().lateral()


def _weight(factor: Factor) -> Any:
    return func.coalesce(cast(wishes.weights[factor.value].astext, Integer), WEIGHTS[factor])
