"""The facts that scores are computed from, read in one statement for a few applications or for all."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Row, Scope
from tracker.models import Application, Interview, applications, interviews, links, priorities, wishes
from tracker.models.priority import Priority
from tracker.services.matching.technologies import canonical
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import InterviewState, Stage
from tracker.shapes.priority import Factor, Facts, ScoreContext, Wishes

_REFERRAL = "referr"
"""Prefix of a source or tag that marks a referral."""


def columns(scope: Scope, ids: Any = None) -> Select[Any]:
    """Return a query for the facts of these applications (an array of ids), or of all.

    Of all, closed ones with a score of 0 are left out.
    """
    a, p = applications, priorities
    meetings, contacts = _meetings(scope, ids), _contacts(scope, ids)
    query = (
        select(
            a.id, a.role, a.stage, a.outcome, a.location, a.country, a.workplace, a.salary_from, a.salary_to, a.currency,
            a.salary_period, a.excitement, a.deadline, a.touched_at, a.stage_since, a.source, a.tags, a.industry,
            a.company_size, (a.posting_text != "").label("has_posting"), p.score, p.found, p.asked, p.asked_of, meetings.c.next, meetings.c.last,
            func.coalesce(contacts.c.number, 0).label("contacts"),
        )
        .select_from(Application)
        .outerjoin(Priority, (p.user_id == a.user_id) & (p.application_id == a.id))
        .outerjoin(meetings, meetings.c.application_id == a.id)
        .outerjoin(contacts, contacts.c.application_id == a.id)
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
    """Return the facts of a few applications, each with the user's wishes and the posting's text."""
    return _with_wishes(scope, ids=list(ids))


@prepared_query
def _with_wishes(scope: Scope) -> Select[Any]:
    mine = select(func.to_jsonb(text("wishes"))).select_from(wishes.user_id.table)
    return columns(scope, bindparam("ids", type_=ARRAY(Uuid()))).add_columns(
        mine.where(wishes.user_id == applications.user_id).scalar_subquery().label("wishes"),
        applications.posting_text,
        applications.company,
    )


def facts_of(
    scope: Scope, row: Row, posting_words: Collection[str], required: Iterable[str] | None = None
) -> Facts:
    """Return an application's row as facts, with instants as the user's local days.

    `posting_words` are the words found in posting and role; `required` are the required skills, by default the stored ones.
    """
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
        posting_words=frozenset(posting_words) if posting_words or row["has_posting"] else None,
        required=tuple((row["asked"] or ()) if required is None else required),
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


def wishes_of(scope: Scope, row: Mapping[str, Any] | None) -> tuple[Wishes, ScoreContext]:
    """Return the user's wishes from their row, and the setting; defaults where there is no row."""
    stored = row or {}
    sources = {name: (int(a), int(n)) for name, (a, n) in (stored.get("sources") or {}).items()}
    setting = ScoreContext(scope.today, sources, scope.who.locale, scope.who.cadence)
    names = ("countries", "cities", "workplaces", "wanted", "known", "avoided", "levels", "industries", "sizes",
             "breakers", "breaking_words")  # fmt: skip
    return Wishes(
        **{name: tuple(stored.get(name) or ()) for name in names},
        profile_skills=frozenset(stored.get("borne_out") or ()),
        salary_target=_amount(stored.get("salary_target")),
        salary_floor=_amount(stored.get("salary_floor")),
        currency=stored.get("currency") or scope.who.currency,
        salary_period=stored.get("salary_period") or "year",
        weights={Factor(name): int(weight) for name, weight in (stored.get("weights") or {}).items()},
        rates={name: float(rate) for name, rate in (stored.get("rates") or {}).items()},
    ), setting


def _amount(stored: Any) -> Decimal | None:
    return None if stored is None else Decimal(str(stored))


def wishes_row(scope: Scope) -> dict[str, Any] | None:
    """Return the row of the user's wishes; None where there is none."""
    rows = scope.rows(select(*wishes).where(wishes.user_id == scope.user_id))
    return dict(rows[0]) if rows else None


def canonical_words(wishes: Wishes) -> list[str]:
    """Return the canonical names of the words to look for."""
    return sorted({canonical(word) for word in wishes.words})
