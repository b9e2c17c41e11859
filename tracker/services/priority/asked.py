"""The skills that postings ask for, read once from each text and kept beside the score."""

import hashlib
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from tracker.db import Row, Scope
from tracker.models import Application, applications, priorities
from tracker.models.priority import Priority
from tracker.services import profile
from tracker.services.matching.profile_skills import profile_skills
from tracker.services.matching.requirements import required_skills
from tracker.shapes.priority import Wishes
from tracker.shapes.words import Stage

RULES = "1"
"""Goes up when postings are to be read anew, since the same text gives other skills."""
BATCH = 500
"""Postings that are read in one transaction."""

_KEEP = text("""
UPDATE priority p SET asked = coalesce(string_to_array(nullif(n.asked, ''), E'\\x1f'), '{}'), asked_of = n.asked_of
FROM unnest(CAST(:ids AS uuid[]), CAST(:were AS text[]), CAST(:asked AS text[]), CAST(:marks AS text[]))
  AS n(id, was, asked, asked_of)
WHERE p.user_id = :user_id AND p.application_id = n.id AND p.asked_of = n.was
""")


class Read(NamedTuple):
    """One application's posting as it was read: the mark it had, the one it has now, and what it asks for."""

    id: UUID
    was: str
    mark: str
    asked: tuple[str, ...]


def of_row(row: Row, wished: Wishes) -> Read:
    """What the posting of a row that holds its text asks for: as it is kept, read now, or unread where nothing needs it."""
    was, mark = row["asked_of"] or "", _mark(row["posting_text"])
    if mark == was:
        return Read(row["id"], was, mark, tuple(row["asked"] or ()))
    if not wished.borne_out or row["stage"] == Stage.CLOSED:
        return Read(row["id"], was, "", ())
    return _read(row)


def is_unread(row: Row, wished: Wishes) -> bool:
    """Whether `of_row` would have to read the posting's text."""
    is_open = bool(wished.borne_out) and row["stage"] != Stage.CLOSED
    return is_open and _mark(row["posting_text"]) != (row["asked_of"] or "")


def keep(scope: Scope, read: list[Read]) -> None:
    """Keep what was read, unless another transaction has read another text meanwhile."""
    if new := [one for one in read if one.mark != one.was]:
        values = {
            "user_id": scope.user_id,
            "ids": [one.id for one in new],
            "were": [one.was for one in new],
            "asked": ["\x1f".join(one.asked) for one in new],
            "marks": [one.mark for one in new],
        }
        scope.session.execute(_KEEP, values)


def known(scope: Scope) -> list[str]:
    """The skills that the person's profile bears out now, in order; none without a profile."""
    return sorted(profile_skills(profile.read(scope)))


def read_some(scope: Scope, mine: list[str] | None = None) -> int:
    """Read the next five hundred open postings that weren't read yet, if the person has a profile; how many there were."""
    if not (known(scope) if mine is None else mine):
        return 0
    a, p = applications, priorities
    query = (
        select(a.id, a.posting_text, p.asked_of)
        .select_from(Application)
        .join(Priority, (p.user_id == a.user_id) & (p.application_id == a.id))
        .where(
            a.user_id == scope.user_id, a.deleted_at.is_(None), a.stage != Stage.CLOSED, a.posting_text != "",
            p.asked_of.not_like(f"{RULES}:%"),
        )
        .order_by(a.id)
        .limit(BATCH)
    )  # fmt: skip
    rows = scope.rows(query)
    keep(scope, [_read(row) for row in rows])
    return len(rows)


def _read(row: Row) -> Read:
    posting = row["posting_text"]
    return Read(row["id"], row["asked_of"] or "", _mark(posting), required_skills(posting))


def _mark(posting: str) -> str:
    return f"{RULES}:{hashlib.blake2b(posting.encode(), digest_size=8).hexdigest()}" if posting else ""
