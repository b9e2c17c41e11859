"""Stored scores: of the applications a transaction changed, before it commits, and of all, by a job."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert

from tracker.db import Row, Scope
from tracker.live import CHANGED_ROWS
from tracker.models import Priority, WishList, applications
from tracker.services import jobs
from tracker.services.matching.technologies import found_in, found_in_posting, fragments
from tracker.services.priority import posting_skills
from tracker.services.priority.score import total, worths
from tracker.services.priority.score_facts import (
    canonical_words,
    columns,
    facts_of,
    wishes_of,
    wishes_row,
    with_wishes,
)
from tracker.shapes.enumerations import OFFERED, JobKind, Stage
from tracker.shapes.priority import Facts, Wishes

_UPDATE = text("""
UPDATE priority p SET score = n.score, found = coalesce(string_to_array(nullif(n.found, ''), E'\\x1f'), '{}')
FROM unnest(CAST(:ids AS uuid[]), CAST(:were AS smallint[]), CAST(:scores AS smallint[]), CAST(:found AS text[]))
  AS n(id, was, score, found)
WHERE p.user_id = :user_id AND p.application_id = n.id AND (:whatever OR p.score = n.was)
""")
_INSERT = text("""
INSERT INTO priority (user_id, application_id, score, found)
SELECT :user_id, n.id, n.score, coalesce(string_to_array(nullif(n.found, ''), E'\\x1f'), '{}')
FROM unnest(CAST(:ids AS uuid[]), CAST(:scores AS smallint[]), CAST(:found AS text[])) AS n(id, score, found)
ON CONFLICT DO NOTHING
""")


AT_ONCE = 50
"""Most new postings that are read within the transaction that adds them."""


class ScoreUpdate(NamedTuple):
    """An application's new score and words, beside its previous score or None."""

    id: UUID
    was: int | None
    score: int
    posting_words: list[str]


def rescore(scope: Scope, ids: Iterable[UUID]) -> None:
    """Score these applications again, in two statements; the second only where one changed."""
    unique_ids = set(ids)
    if not unique_ids:
        return
    rows = with_wishes(scope, unique_ids)
    if not rows:
        return
    wishes, setting = wishes_of(scope, rows[0]["wishes"])
    worth, updates = worths(wishes), []
    read = _read_few(scope, rows, wishes)
    for row in rows:
        words = _words_in(row, wishes)
        facts = facts_of(scope, row, words, read[row["id"]].required if row["id"] in read else ())
        updates.append(ScoreUpdate(row["id"], row["score"], total(facts, wishes, setting, worth), words))
    write(scope, [update for update, row in zip(updates, rows, strict=True) if _differs(update, row)])
    posting_skills.store_requirements(scope, list(read.values()))


def facts_now(scope: Scope, row: Row, wishes: Wishes) -> tuple[Facts, list[str]]:
    """Return the facts of a row and the words in its posting, which is read now and stored as read."""
    words, read = _words_in(row, wishes), posting_skills.of_row(row, wishes)
    posting_skills.store_requirements(scope, [read])
    return facts_of(scope, row, words, read.required), words


def _words_in(row: Row, wishes: Wishes) -> list[str]:
    return sorted(found_in_posting(row["role"], row["posting_text"], wishes.words) or ())


def _read_few(scope: Scope, rows: list[Row], wishes: Wishes) -> dict[UUID, posting_skills.Read]:
    """Return what each posting requires; where too many are unread, a job reads them."""
    unread = {row["id"] for row in rows if posting_skills.is_unread(row, wishes)}
    if len(unread) <= AT_ONCE:
        unread = set()
    else:
        jobs.request(scope, JobKind.SCORE_ALL)
    return {row["id"]: posting_skills.of_row(row, wishes) for row in rows if row["id"] not in unread}


def write(scope: Scope, updates: list[ScoreUpdate], *, overwrites: bool = True) -> None:
    """Store scores; unless `overwrites`, a score that another transaction stored meanwhile stays."""
    for statement, some in (
        (_UPDATE, [update for update in updates if update.was is not None]),
        (_INSERT, [update for update in updates if update.was is None]),
    ):
        if some:
            values = {
                "user_id": scope.user_id,
                "ids": [update.id for update in some],
                "scores": [update.score for update in some],
                "found": ["\x1f".join(update.posting_words) for update in some],
            }
            if statement is _UPDATE:
                values |= {"were": [update.was for update in some], "whatever": overwrites}
            options = {CHANGED_ROWS: {Priority.__tablename__: values["ids"]}}
            scope.session.execute(statement, values, execution_options=options)


def _differs(update: ScoreUpdate, row: Row) -> bool:
    return (update.was, update.posting_words) != (update.score, list(row["found"] or ()))


def score_all(scope: Scope) -> str:
    """Count source responses and supported skills, and score every application again; return a summary.

    Words are searched again only where a word is new, and a few hundred unread postings are read: users with thousands have them
    read beforehand, in steps. A second run changes nothing.
    """
    stored, skills = wishes_row(scope) or {}, posting_skills.supported_skills(scope)
    counted = {"sources": _count_sources(scope), "borne_out": skills}
    wishes, setting = wishes_of(scope, {**stored, **counted})
    words = canonical_words(wishes)
    fresh = set(words) - set(stored.get("scanned") or ())
    posting_skills.read_batch(scope, skills)
    _store_counts(scope, {**counted, "scanned": words})
    scanned = _scan(scope, wishes, fresh) if fresh else {}
    now_wished, worth, updates = set(words), worths(wishes), []
    for row in scope.rows(columns(scope)):
        before = row["found"] or []
        posting_words = (
            scanned[row["id"]] if row["id"] in scanned else sorted(now_wished.intersection(before))
        )
        facts = facts_of(scope, row, posting_words)
        update = ScoreUpdate(row["id"], row["score"], total(facts, wishes, setting, worth), posting_words)
        if (update.was, posting_words) != (update.score, before):
            updates.append(update)
    write(scope, updates, overwrites=False)
    return f"{len(updates)} application{'' if len(updates) == 1 else 's'} scored again"


def _count_sources(scope: Scope) -> dict[str, list[int]]:
    """Return how many applications of each source led to an interview, and how many were sent.

    A rejection is an answer, but a source that rejects quickly isn't a better one.
    """
    a = applications
    interviewed = or_(
        a.furthest.in_([Stage.INTERVIEWING, Stage.OFFER]), func.coalesce(a.outcome.in_(OFFERED), False)
    )
    query = select(a.source, func.count().filter(interviewed), func.count()).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.source != "",
        or_(a.applied_on.is_not(None), a.furthest != Stage.SAVED),
    )
    return {row[0]: [row[1], row[2]] for row in scope.session.execute(query.group_by(a.source))}


def _store_counts(scope: Scope, counted: dict[str, Any]) -> None:
    values = {**counted, "counted_on": scope.today}
    insertion = insert(WishList).values(user_id=scope.user_id, **values)
    scope.session.execute(insertion.on_conflict_do_update(index_elements=["user_id"], set_=values))


def _scan(scope: Scope, wishes: Wishes, fresh: set[str]) -> dict[UUID, list[str]]:
    """Return the words in the postings that may contain a new one, by application."""
    a = applications
    parts = literal([f"%{part}%" for word in fresh for part in fragments(word)], ARRAY(Text))
    query = select(a.id, a.role, a.posting_text).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.stage != Stage.CLOSED,
        or_(a.posting_text.ilike(func.any(parts)), a.role.ilike(func.any(parts))),
    )
    return {
        row["id"]: sorted(found_in(f"{row['role']}\n{row['posting_text']}", wishes.words))
        for row in scope.rows(query)
    }
