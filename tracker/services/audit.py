"""The account history: recorded with each change of access and each deletion, shown to its person, expired by upkeep."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import redis
from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cache import valkey
from tracker.db import Scope, anonymous, upkeep
from tracker.live import Changed, Rows, tell
from tracker.models import AuditEntry, audit_entries
from tracker.shapes.agents import browser_in_words
from tracker.shapes.audit import AuditItem, AuditKind, Client, Deletable
from tracker.shapes.dates import exact_day, moment_in_words, time_of
from tracker.shapes.sign_in import Problem

KEPT = timedelta(days=400)
AT_MOST = 500
"""Entries of one person, and as many of deletions: those never push a sign-in out. The oldest go first."""
SHOWN = 50
"""Of either sort."""
SINGLY = 3
"""Refusals of a day that have an entry each; of more, only the tenth, the hundredth and so on."""
log = logging.getLogger(__name__)
_IS_DELETION = audit_entries.kind == AuditKind.DELETED.value


def record(
    session: Session, user_id: UUID, kind: AuditKind, client: Client, detail: str = "", number: int = 1
) -> None:
    """Add an entry in the transaction that does what it tells of; it can be neither read nor changed there."""
    values = {
        "user_id": user_id,
        "created_at": clock.now(),
        "kind": kind.value,
        "detail": detail[:300],
        "browser": client.browser[:300],
        "address": client.address[:100],
        "number": number,
    }
    session.execute(insert(AuditEntry).values(**values).inline())


def note(scope: Scope, kind: AuditKind, detail: str = "", number: int = 1) -> None:
    """Add an entry for something the signed-in person does, with where they do it from."""
    record(scope.session, scope.user_id, kind, scope.who.client, detail, number)


def deleted(scope: Scope, what: Deletable, number: int = 1) -> None:
    """Add an entry for what the signed-in person deletes."""
    note(scope, AuditKind.DELETED, what, number)


def refuse(user_id: UUID, problem: Problem, client: Client) -> None:
    """Record a refused sign-in of a known person; a flood of them leaves a handful of entries a day.

    They are counted in Redis: while that is away, nothing is recorded but the log line of the refusal.
    """
    try:
        number = _refusals_today(user_id)
    except redis.RedisError:
        log.warning("A refused sign-in isn't in the history: Redis doesn't answer")
        return
    if number <= SINGLY or (set(str(number)) == {"1", "0"} and str(number).count("1") == 1):
        with anonymous() as session:
            record(session, user_id, AuditKind.REFUSED, client, problem, number)
        tell_tabs(user_id, {AuditEntry.__tablename__: None})


def tell_tabs(user_id: UUID, rows: Rows) -> None:
    """Have the person's open tabs follow what happened outside of their own transactions; lost while Redis is away."""
    try:
        tell(Changed(str(user_id), rows))
    except redis.RedisError:
        log.warning("Open tabs weren't told of a sign-in or its end: Redis doesn't answer")


def of_mine(scope: Scope) -> list[AuditItem]:
    """Return the person's history, the latest first, in their time zone: at most 50 deletions, and 50 of all else."""
    mine = select(AuditEntry).where(audit_entries.user_id == scope.user_id)
    newest = mine.order_by(audit_entries.id.desc()).limit(SHOWN)
    rows = [
        row for sort in (_IS_DELETION, ~_IS_DELETION) for row in scope.session.scalars(newest.where(sort))
    ]
    return [_line(scope, row) for row in sorted(rows, key=lambda row: row.id, reverse=True)]


def expire() -> int:
    """Delete entries older than 400 days, and all but the newest 500 of each person and sort; the number deleted."""
    own_key = (audit_entries.user_id, audit_entries.id)
    sort = (audit_entries.user_id, _IS_DELETION)
    place = func.row_number().over(partition_by=sort, order_by=audit_entries.id.desc())
    ranked = select(*own_key, place.label("place")).subquery()
    excess = select(ranked.c.user_id, ranked.c.id).where(ranked.c.place > AT_MOST)
    old = audit_entries.created_at < clock.now() - KEPT
    with upkeep() as session:
        ended: Any = session.execute(delete(AuditEntry.__table__).where(old | tuple_(*own_key).in_(excess)))  # type: ignore[attr-defined]
        return int(ended.rowcount)


def _refusals_today(user_id: UUID) -> int:
    name = f"refusals:{user_id}:{clock.now():%Y%m%d}"
    with valkey().pipeline() as pipe:
        pipe.incr(name)
        pipe.expire(name, 2 * 86_400)
        return int(pipe.execute()[0])


def _line(scope: Scope, row: AuditEntry) -> AuditItem:
    who = scope.who
    local = row.created_at.astimezone(who.zone)
    return AuditItem(
        id=str(row.id),
        at=moment_in_words(row.created_at, who.zone, scope.today, who.locale),
        exact=f"{exact_day(local.date(), who.locale)}, {time_of(row.created_at, who.zone, who.locale)}",
        description=_sentence(AuditKind(row.kind), row.detail, row.number),
        browser=browser_in_words(row.browser),
        agent=row.browser,
        address=row.address,
        is_refusal=row.kind == AuditKind.REFUSED,
    )


def _sentence(kind: AuditKind, detail: str, number: int) -> str:
    """What an entry says to its person."""
    times = f", {number} times that day" if number > 1 else ""
    return {
        AuditKind.SIGNED_IN: "Signed in",
        AuditKind.REFUSED: f"Sign-in refused: {_REASONS.get(detail, 'not accepted')}{times}",
        AuditKind.SIGNED_OUT: "Signed out",
        AuditKind.SESSION_ENDED: f"Session ended: {browser_in_words(detail) or 'unknown browser'}",
        AuditKind.OTHERS_ENDED: f"{number} other session{'' if number == 1 else 's'} ended",
        AuditKind.KEY_SAVED: f"AI service saved: {detail}",
        AuditKind.KEY_REMOVED: "AI service removed",
        AuditKind.DELETED: f"{number} {detail}{'' if number == 1 else 's'} deleted",
    }[kind]


_REASONS = {
    Problem.UNVERIFIED.value: "email address not verified",
    Problem.NOT_ALLOWED.value: "not on the list of people who may sign in",
    Problem.USED.value: "one-time address already used or replaced",
    Problem.OTHER_PERSON.value: "somebody else signed in at the provider",
    Problem.NOT_FRESH.value: "the provider didn't ask for a new sign-in",
}
