"""The account history: sign-ins, refusals, ended sessions and deletions."""

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
from tracker.live import ChangeNotification, Rows, publish
from tracker.models import AuditEntry, audit_entries
from tracker.services.plurals import counted
from tracker.shapes.audit import AuditItem, AuditKind, Client, Deletable
from tracker.shapes.browser_names import browser_name
from tracker.shapes.dates import exact_day, moment_in_words, time_of
from tracker.shapes.sign_in import Problem

RETENTION = timedelta(days=400)
MAX_ENTRIES = 500
"""Maximum deletions per user, and maximum other entries, so that deletions never displace sign-ins."""
MAX_SHOWN = 50
"""Number of deletions, and of other entries, that are shown."""
MAX_SINGLE_REFUSALS = 3
"""Refusals of a day with an entry each; after them, only the 10th, the 100th and so on."""
log = logging.getLogger(__name__)
_IS_DELETION = audit_entries.kind == AuditKind.DELETED.value


def record(
    session: Session, user_id: UUID, kind: AuditKind, client: Client, detail: str = "", number: int = 1
) -> None:
    """Add an entry in the transaction of the change it records.

    That transaction's role can't read or change entries.
    """
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
    """Add an entry for an action of the signed-in user, with its browser and IP address."""
    record(scope.session, scope.user_id, kind, scope.who.client, detail, number)


def note_deletion(scope: Scope, record_kind: Deletable, number: int = 1) -> None:
    """Add an entry for records that the signed-in user deletes."""
    note(scope, AuditKind.DELETED, record_kind, number)


def note_refusal(user_id: UUID, problem: Problem, client: Client) -> None:
    """Record a refused sign-in of a known user; a flood of them adds only a few entries a day.

    They are counted in Redis; without Redis only the log line remains.
    """
    try:
        number = _refusals_today(user_id)
    except redis.RedisError:
        log.warning("A refused sign-in wasn't recorded: Redis doesn't answer")
        return
    if number <= MAX_SINGLE_REFUSALS or (set(str(number)) == {"1", "0"} and str(number).count("1") == 1):
        with anonymous() as session:
            record(session, user_id, AuditKind.REFUSED, client, problem, number)
        notify_tabs(user_id, {AuditEntry.__tablename__: None})


def notify_tabs(user_id: UUID, rows: Rows) -> None:
    """Publish a change made outside a user's own transactions to their open tabs; dropped without Redis."""
    try:
        publish(ChangeNotification(str(user_id), rows))
    except redis.RedisError:
        log.warning("Open tabs weren't notified of a session change: Redis doesn't answer")


def own_history(scope: Scope) -> list[AuditItem]:
    """Return the user's latest 50 deletions and 50 other entries, the latest first."""
    own_entries = select(AuditEntry).where(audit_entries.user_id == scope.user_id)
    newest = own_entries.order_by(audit_entries.id.desc()).limit(MAX_SHOWN)
    rows = [
        row
        for condition in (_IS_DELETION, ~_IS_DELETION)
        for row in scope.session.scalars(newest.where(condition))
    ]
    return [_item(scope, row) for row in sorted(rows, key=lambda row: row.id, reverse=True)]


def expire() -> int:
    """Delete entries older than 400 days or beyond the newest 500 of a user, and return their number."""
    own_key = (audit_entries.user_id, audit_entries.id)
    partition = (audit_entries.user_id, _IS_DELETION)
    rank = func.row_number().over(partition_by=partition, order_by=audit_entries.id.desc())
    ranked = select(*own_key, rank.label("place")).subquery()
    excess = select(ranked.c.user_id, ranked.c.id).where(ranked.c.place > MAX_ENTRIES)
    is_old = audit_entries.created_at < clock.now() - RETENTION
    with upkeep() as session:
        table = AuditEntry.__table__  # type: ignore[attr-defined]
        result: Any = session.execute(delete(table).where(is_old | tuple_(*own_key).in_(excess)))
        return int(result.rowcount)


def _refusals_today(user_id: UUID) -> int:
    name = f"refusals:{user_id}:{clock.now():%Y%m%d}"
    with valkey().pipeline() as pipe:
        pipe.incr(name)
        pipe.expire(name, 2 * 86_400)
        return int(pipe.execute()[0])


def _item(scope: Scope, row: AuditEntry) -> AuditItem:
    user = scope.who
    local = row.created_at.astimezone(user.zone)
    return AuditItem(
        id=str(row.id),
        at=moment_in_words(row.created_at, user.zone, scope.today, user.locale),
        exact=f"{exact_day(local.date(), user.locale)}, {time_of(row.created_at, user.zone, user.locale)}",
        description=_sentence(AuditKind(row.kind), row.detail, row.number),
        browser=browser_name(row.browser),
        agent=row.browser,
        address=row.address,
        is_refusal=row.kind == AuditKind.REFUSED,
    )


def _sentence(kind: AuditKind, detail: str, number: int) -> str:
    """Return the text of an entry."""
    times = f", {number} times that day" if number > 1 else ""
    return {
        AuditKind.SIGNED_IN: "Signed in",
        AuditKind.REFUSED: f"Sign-in refused: {_REASONS.get(detail, 'not accepted')}{times}",
        AuditKind.SIGNED_OUT: "Signed out",
        AuditKind.SESSION_ENDED: f"Session ended: {browser_name(detail) or 'unknown browser'}",
        AuditKind.OTHERS_ENDED: f"{counted(number, 'other session')} ended",
        AuditKind.KEY_SAVED: f"AI service saved: {detail}",
        AuditKind.KEY_REMOVED: "AI service removed",
        AuditKind.DELETED: f"{counted(number, detail)} deleted",
        AuditKind.TOKEN_CREATED: f"Access token created: {detail}",
        AuditKind.TOKEN_REVOKED: f"Access token revoked: {detail}",
        AuditKind.FEED_CREATED: "Calendar feed created",
        AuditKind.FEED_REPLACED: "Calendar feed replaced; its previous address no longer works",
        AuditKind.FEED_ENDED: "Calendar feed ended",
        AuditKind.EXPORT_REQUESTED: "Export of everything requested",
        AuditKind.EXPORT_DOWNLOADED: "Export of everything downloaded",
        AuditKind.EXPORT_LOADED: "Export loaded",
    }[kind]


_REASONS = {
    Problem.UNVERIFIED.value: "email address not verified",
    Problem.NOT_ALLOWED.value: "not on the list of allowed addresses",
    Problem.USED.value: "one-time link already used or replaced",
    Problem.OTHER_PERSON.value: "another user signed in at the provider",
    Problem.NOT_FRESH.value: "the provider didn't ask for a new sign-in",
}
