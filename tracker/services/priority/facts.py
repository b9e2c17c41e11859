"""What the score is made from, read in one statement for a few applications, or in one for all."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Row, Scope
from tracker.models import Application, Interview, applications, interviews, links, priorities, wishes
from tracker.models.priority import Priority
from tracker.services.matching.technologies import canonical
from tracker.services.once import built_once
from tracker.shapes.priority import Factor, Facts, Setting, Wishes
from tracker.shapes.words import InterviewState, Stage

_REFERRAL = "referr"
"""A source or a tag that begins so says that somebody referred the person."""


def columns(scope: Scope, ids: Any = None) -> Select[Any]:
    """The facts of these applications (an array of identifiers), or of all; closed ones that stand at nought already are left out of all."""
    a, p = applications, priorities
    met, known = _meetings(scope, ids), _contacts(scope, ids)
    query = (
        select(
            a.id, a.role, a.stage, a.outcome, a.location, a.country, a.workplace, a.salary_from, a.salary_to, a.currency,
            a.salary_period, a.excitement, a.deadline, a.touched_at, a.stage_since, a.source, a.tags, a.industry,
            a.company_size, (a.posting_text != "").label("has_posting"), p.score, p.found, p.asked, p.asked_of, met.c.next, met.c.last,
            func.coalesce(known.c.number, 0).label("contacts"),
        )
        .select_from(Application)
        .outerjoin(Priority, (p.user_id == a.user_id) & (p.application_id == a.id))
        .outerjoin(met, met.c.application_id == a.id)
        .outerjoin(known, known.c.application_id == a.id)
        .where(a.user_id == scope.user_id, a.deleted_at.is_(None))
    )  # fmt: skip
    if ids is None:
        settled = (a.stage == Stage.CLOSED) & func.coalesce(p.score == 0, False)
        return query.where(~settled).order_by(a.id)
    return query.where(a.id == func.any(ids)).order_by(a.id)


def _meetings(scope: Scope, ids: Any) -> Any:
    i = interviews
    ahead = (i.state == InterviewState.SCHEDULED) & (i.starts_at > scope.now)
    past = (i.state != InterviewState.CANCELLED) & (i.starts_at <= scope.now)
    query = select(
        i.application_id,
        func.min(i.starts_at).filter(ahead).label("next"),
        func.max(i.starts_at).filter(past).label("last"),
    ).where(i.user_id == scope.user_id)
    query = query if ids is None else query.where(i.application_id == func.any(ids))
    return query.group_by(i.application_id).select_from(Interview).subquery()


def _contacts(scope: Scope, ids: Any) -> Any:
    query = select(links.application_id, func.count().label("number")).where(links.user_id == scope.user_id)
    query = query if ids is None else query.where(links.application_id == func.any(ids))
    return query.group_by(links.application_id).subquery()


def with_wishes(scope: Scope, ids: Collection[UUID]) -> list[Row]:
    """The facts of a few applications, with the person's wishes and the posting's text in every row."""
    return _with_wishes(scope, ids=list(ids))


@built_once
def _with_wishes(scope: Scope) -> Select[Any]:
    mine = select(func.to_jsonb(text("wishes"))).select_from(wishes.user_id.table)
    return columns(scope, bindparam("ids", type_=ARRAY(Uuid()))).add_columns(
        mine.where(wishes.user_id == applications.user_id).scalar_subquery().label("wishes"),
        applications.posting_text,
        applications.company,
        literal(True).label("is_whole"),
    )


def facts_of(scope: Scope, row: Row, found: Collection[str], asked: Iterable[str] | None = None) -> Facts:
    """An application's row as facts in the person's own calendar; `found` are the words its posting and role hold, `asked` the
    skills its posting asks for, those that are kept unless told otherwise."""
    zone = scope.who.zone

    def day(instant: Any) -> Any:
        return instant.astimezone(zone).date() if instant else None

    referred = row["source"].lower().startswith(_REFERRAL) or any(
        tag.startswith(_REFERRAL) for tag in row["tags"]
    )
    return Facts(
        role=row["role"],
        stage=row["stage"],
        outcome=row["outcome"] or "",
        location=row["location"],
        country=row["country"],
        workplace=row["workplace"],
        salary_from=row["salary_from"],
        salary_to=row["salary_to"],
        currency=row["currency"],
        salary_period=row["salary_period"],
        found=frozenset(found) if found or row["has_posting"] else None,
        asked=tuple((row["asked"] or ()) if asked is None else asked),
        excitement=row["excitement"],
        deadline=row["deadline"],
        touched_on=day(row["touched_at"]),
        stage_since=day(row["stage_since"]),
        next_interview=day(row["next"]),
        last_interview=day(row["last"]),
        contacts=row["contacts"],
        is_referred=referred,
        source=row["source"],
        industry=row["industry"],
        company_size=row["company_size"],
    )


def wishes_of(scope: Scope, row: Mapping[str, Any] | None) -> tuple[Wishes, Setting]:
    """The person's wishes from their row, and the day; the usual ones while there is no row."""
    kept = row or {}
    sources = {name: (int(a), int(n)) for name, (a, n) in (kept.get("sources") or {}).items()}
    setting = Setting(scope.today, sources, scope.who.locale)
    names = ("countries", "cities", "workplaces", "wanted", "known", "avoided", "levels", "industries", "sizes",
             "breakers", "breaking_words")  # fmt: skip
    return Wishes(
        **{name: tuple(kept.get(name) or ()) for name in names},
        borne_out=frozenset(kept.get("borne_out") or ()),
        salary_target=_amount(kept.get("salary_target")),
        salary_floor=_amount(kept.get("salary_floor")),
        currency=kept.get("currency") or scope.who.currency,
        salary_period=kept.get("salary_period") or "year",
        weights={Factor(name): int(weight) for name, weight in (kept.get("weights") or {}).items()},
        rates={name: float(rate) for name, rate in (kept.get("rates") or {}).items()},
    ), setting


def _amount(kept: Any) -> Decimal | None:
    return None if kept is None else Decimal(str(kept))


def wishes_row(scope: Scope) -> dict[str, Any] | None:
    """The row of the person's wishes; None while they have none."""
    found = scope.rows(select(*wishes).where(wishes.user_id == scope.user_id))
    return dict(found[0]) if found else None


def canonical_words(wished: Wishes) -> list[str]:
    """The words to look for under their one name, each once."""
    return sorted({canonical(word) for word in wished.words})
