"""A resume on its way into the profile: taken as a file or as text, read by a job, and dropped or given up."""

from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, as_uuid
from tracker.errors import Invalid, NotFound, Sorry
from tracker.models import ResumeImport, resume_imports
from tracker.models.profile import MOST_BYTES
from tracker.services import audit, jobs
from tracker.services.profile.resume.child import read_apart
from tracker.services.profile.resume.extracting import CHARACTERS
from tracker.services.profile.resume.found import Found
from tracker.services.profile.resume.kinds import PROBLEMS, Unreadable, kind_of
from tracker.shapes.audit import Deletable
from tracker.shapes.words import ImportState, JobKind
from tracker.storable_text import clean

__all__ = [
    "MOST_BYTES",
    "PROBLEMS",
    "content_of",
    "discard",
    "held",
    "propose",
    "read_apart",
    "refuse",
    "take",
    "take_text",
]


def take(scope: Scope, content: bytes, name: str) -> str:
    """Keep a resume's file until a job has read it, in place of one that waits already; its id.

    Invalid when it is too large, or at a glance no resume.
    """
    if len(content) > MOST_BYTES:
        raise Invalid({"file": PROBLEMS["too_large"]})
    try:
        kind_of(content)
    except Unreadable as why:
        raise Invalid({"file": why.message}) from None
    return _kept(scope, content, " ".join(clean(name).split())[-200:] or "a resume")


def take_text(scope: Scope, text: str) -> str:
    """Keep the pasted text of a resume until a job has read it; its id. Invalid when it is empty or far too long."""
    typed = clean(text).strip()
    if not typed:
        raise Invalid({"text": "Paste the text of your resume."})
    if len(typed) > CHARACTERS:
        raise Invalid({"text": f"At most {CHARACTERS:,} characters; this has {len(typed):,}."})
    return _kept(scope, typed.encode(), "the pasted text")


def _kept(scope: Scope, content: bytes, name: str) -> str:
    import_id = uuid4()
    values = {
        "id": import_id, "state": ImportState.WAITING.value, "name": name, "content": content, "proposal": {},
        "reason": "", "created_at": scope.now,
    }  # fmt: skip
    made = insert(ResumeImport).values(user_id=scope.user_id, **values)
    scope.session.execute(made.on_conflict_do_update(index_elements=["user_id"], set_=values))
    jobs.request(scope, JobKind.READ_RESUME, import_id)
    return str(import_id)


def held(scope: Scope, import_id: UUID | str | None, *, lock: bool = False) -> ResumeImport:
    """The resume of that id; NotFound when it was dropped, or another one took its place, or it is someone else's."""
    if import_id is None:
        raise NotFound("resume")
    query = select(ResumeImport).where(
        resume_imports.user_id == scope.user_id, resume_imports.id == _uuid(import_id)
    )
    row = scope.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound("resume")
    return row


def content_of(scope: Scope, import_id: UUID | None) -> bytes:
    """The bytes that are to be read; Sorry with the reason when they were given up already."""
    row = held(scope, import_id)
    if row.content is None:
        raise Sorry(row.reason or "This resume has been read already.")
    return row.content


def propose(scope: Scope, import_id: UUID | None, found: Found) -> None:
    """Keep what was read until the person has reviewed it; the file is dropped."""
    _settle(scope, import_id, state=ImportState.READY.value, proposal=found.as_plain())


def refuse(scope: Scope, import_id: UUID | None, reason: str) -> None:
    """Keep why it can't be read; the file is dropped."""
    _settle(scope, import_id, state=ImportState.FAILED.value, reason=reason[:500])


def _settle(scope: Scope, import_id: UUID | None, **values: object) -> None:
    held(scope, import_id, lock=True)
    mine = (resume_imports.user_id == scope.user_id, resume_imports.id == import_id)
    scope.session.execute(update(ResumeImport).where(*mine).values(content=None, **values))


def discard(scope: Scope, import_id: str) -> str:
    """Drop a resume that was read, or can't be, or is still waiting; NotFound when it is gone already."""
    row = held(scope, import_id, lock=True)
    mine = (resume_imports.user_id == scope.user_id, resume_imports.id == row.id)
    scope.session.execute(delete(ResumeImport).where(*mine))
    audit.deleted(scope, Deletable.RESUME)
    return "Discarded; the profile is as it was"


def _uuid(import_id: UUID | str) -> UUID:
    try:
        return as_uuid(import_id)
    except NotFound:
        raise NotFound("resume") from None
