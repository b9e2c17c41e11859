"""Scores kept in their table: of the applications that a transaction changed, before it is kept, and of all by a job."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert

from tracker.db import Row, Scope
from tracker.live import TELLS
from tracker.models import Priority, WishList, applications
from tracker.services import jobs
from tracker.services.matching.technologies import found_in, found_in_posting, fragments
from tracker.services.priority import asked
from tracker.services.priority.facts import (
    canonical_words,
    columns,
    facts_of,
    wishes_of,
    wishes_row,
    with_wishes,
)
from tracker.services.priority.score import total, worths
from tracker.shapes.priority import Facts, Wishes
from tracker.shapes.words import RESPONSES, JobKind, Stage

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
"""So many new postings are read for what they ask in the transaction that brings them."""


class Kept(NamedTuple):
    """One application's new score and words beside the score it had, None where it had none."""

    id: UUID
    was: int | None
    score: int
    found: list[str]


def keep(scope: Scope, ids: Iterable[UUID]) -> None:
    """Score these applications again, in two statements however many they are; the second only if one changed."""
    wanted = set(ids)
    if not wanted:
        return
    rows = with_wishes(scope, wanted)
    if not rows:
        return
    wished, setting = wishes_of(scope, rows[0]["wishes"])
    worth, new = worths(wished), []
    read = _read_few(scope, rows, wished)
    for row in rows:
        found = _words_in(row, wished)
        facts = facts_of(scope, row, found, read[row["id"]].asked if row["id"] in read else ())
        new.append(Kept(row["id"], row["score"], total(facts, wished, setting, worth), found))
    write(scope, [one for one, row in zip(new, rows, strict=True) if _differs(one, row)])
    asked.keep(scope, list(read.values()))


def facts_now(scope: Scope, row: Row, wished: Wishes) -> tuple[Facts, list[str]]:
    """The facts of a row that holds its posting's text, which is read now and kept as read, and the words found in it."""
    found, read = _words_in(row, wished), asked.of_row(row, wished)
    asked.keep(scope, [read])
    return facts_of(scope, row, found, read.asked), found


def _words_in(row: Row, wished: Wishes) -> list[str]:
    return sorted(found_in_posting(row["role"], row["posting_text"], wished.words) or ())


def _read_few(scope: Scope, rows: list[Row], wished: Wishes) -> dict[UUID, asked.Read]:
    """What each posting asks for; where too many are new to be read in this transaction, a job reads those."""
    unread = {row["id"] for row in rows if asked.is_unread(row, wished)}
    if len(unread) <= AT_ONCE:
        unread = set()
    else:
        jobs.request(scope, JobKind.SCORE_ALL)
    return {row["id"]: asked.of_row(row, wished) for row in rows if row["id"] not in unread}


def write(scope: Scope, new: list[Kept], *, over_anything: bool = True) -> None:
    """Keep scores; unless `over_anything`, not where another transaction has scored one meanwhile."""
    for statement, some in (
        (_UPDATE, [one for one in new if one.was is not None]),
        (_INSERT, [one for one in new if one.was is None]),
    ):
        if some:
            values = {
                "user_id": scope.user_id,
                "ids": [one.id for one in some],
                "scores": [one.score for one in some],
                "found": ["\x1f".join(one.found) for one in some],
            }
            if statement is _UPDATE:
                values |= {"were": [one.was for one in some], "whatever": over_anything}
            told = {TELLS: {Priority.__tablename__: values["ids"]}}
            scope.session.execute(statement, values, execution_options=told)


def _differs(one: Kept, row: Row) -> bool:
    return (one.was, one.found) != (one.score, list(row["found"] or ()))


def score_all(scope: Scope) -> str:
    """Count how the sources answer and what the profile bears out, and score every application again; how many stand elsewhere
    now, in words.

    The words of the postings are looked for again only where a word is new, and of those whose asks weren't read yet some
    hundreds are: whoever has thousands reads them first, in steps. Run twice, it changes nothing.
    """
    kept, mine = wishes_row(scope) or {}, asked.known(scope)
    counted = {"sources": _count_sources(scope), "borne_out": mine}
    wished, setting = wishes_of(scope, {**kept, **counted})
    words = canonical_words(wished)
    fresh = set(words) - set(kept.get("scanned") or ())
    asked.read_some(scope, mine)
    _note(scope, {**counted, "scanned": words})
    seen = _scan(scope, wished, fresh) if fresh else {}
    now_wished, worth, new = set(words), worths(wished), []
    for row in scope.rows(columns(scope)):
        before = row["found"] or []
        found = seen[row["id"]] if row["id"] in seen else sorted(now_wished.intersection(before))
        facts = facts_of(scope, row, found)
        one = Kept(row["id"], row["score"], total(facts, wished, setting, worth), found)
        if (one.was, found) != (one.score, before):
            new.append(one)
    write(scope, new, over_anything=False)
    return f"{len(new)} application{'' if len(new) == 1 else 's'} scored anew"


def _count_sources(scope: Scope) -> dict[str, list[int]]:
    """How many of the applications sent through each source were answered, and how many were sent."""
    a = applications
    answered = or_(a.furthest.not_in([Stage.SAVED, Stage.APPLIED]), a.outcome.in_(RESPONSES))
    query = select(a.source, func.count().filter(answered), func.count()).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.source != "",
        or_(a.applied_on.is_not(None), a.furthest != Stage.SAVED),
    )
    return {row[0]: [row[1], row[2]] for row in scope.session.execute(query.group_by(a.source))}


def _note(scope: Scope, counted: dict[str, Any]) -> None:
    values = {**counted, "counted_on": scope.today}
    made = insert(WishList).values(user_id=scope.user_id, **values)
    scope.session.execute(made.on_conflict_do_update(index_elements=["user_id"], set_=values))


def _scan(scope: Scope, wished: Wishes, fresh: set[str]) -> dict[UUID, list[str]]:
    """The words of the postings that may hold a new one, by application."""
    a = applications
    parts = literal([f"%{part}%" for word in fresh for part in fragments(word)], ARRAY(Text))
    query = select(a.id, a.role, a.posting_text).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.stage != Stage.CLOSED,
        or_(a.posting_text.ilike(func.any(parts)), a.role.ilike(func.any(parts))),
    )
    return {
        row["id"]: sorted(found_in(f"{row['role']}\n{row['posting_text']}", wished.words))
        for row in scope.rows(query)
    }
