"""The skills that postings require, extracted once per text and stored beside the score."""

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
from tracker.shapes.enumerations import Stage
from tracker.shapes.priority import Wishes

RULES = "2"
"""Version of the extraction rules; a higher one makes every posting be read again."""
BATCH = 500
"""Most postings read in one transaction."""

_KEEP = text("""
UPDATE priority p SET asked = coalesce(string_to_array(nullif(n.asked, ''), E'\\x1f'), '{}'), asked_of = n.asked_of
FROM unnest(CAST(:ids AS uuid[]), CAST(:were AS text[]), CAST(:asked AS text[]), CAST(:marks AS text[]))
  AS n(id, was, asked, asked_of)
WHERE p.user_id = :user_id AND p.application_id = n.id AND p.asked_of = n.was
""")


class Read(NamedTuple):
    """An application's posting as read: its mark before and now, and the skills it requires."""

    id: UUID
    was: str
    mark: str
    required: tuple[str, ...]


def of_row(row: Row, wishes: Wishes) -> Read:
    """Return what a row's posting requires: stored, read now, or unread where nothing needs it."""
    was, mark = row["asked_of"] or "", _mark(row["posting_text"])
    if mark == was:
        return Read(row["id"], was, mark, tuple(row["asked"] or ()))
    if not wishes.profile_skills or row["stage"] == Stage.CLOSED:
        return Read(row["id"], was, "", ())
    return _read(row)


def is_unread(row: Row, wishes: Wishes) -> bool:
    """Return whether `of_row` would have to read the posting's text."""
    is_open = bool(wishes.profile_skills) and row["stage"] != Stage.CLOSED
    return is_open and _mark(row["posting_text"]) != (row["asked_of"] or "")


def store_requirements(scope: Scope, read: list[Read]) -> None:
    """Store what was read, unless another transaction has read another text meanwhile."""
    if new := [posting for posting in read if posting.mark != posting.was]:
        values = {
            "user_id": scope.user_id,
            "ids": [posting.id for posting in new],
            "were": [posting.was for posting in new],
            "asked": ["\x1f".join(posting.required) for posting in new],
            "marks": [posting.mark for posting in new],
        }
        scope.session.execute(_KEEP, values)


def supported_skills(scope: Scope) -> list[str]:
    """Return the skills that the user's profile supports, in order; none without a profile."""
    return sorted(profile_skills(profile.read(scope)))


def read_batch(scope: Scope, skills: list[str] | None = None) -> int:
    """Read the next 500 unread open postings, if the user has a profile; return how many there were."""
    if not (supported_skills(scope) if skills is None else skills):
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
    store_requirements(scope, [_read(row) for row in rows])
    return len(rows)


def _read(row: Row) -> Read:
    posting = row["posting_text"]
    return Read(row["id"], row["asked_of"] or "", _mark(posting), required_skills(posting))


def _mark(posting: str) -> str:
    return f"{RULES}:{hashlib.blake2b(posting.encode(), digest_size=8).hexdigest()}" if posting else ""
