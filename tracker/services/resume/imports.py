"""Resume imports: stored as a file or text, parsed by a job, and discarded."""

from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, as_uuid
from tracker.errors import Invalid, NotFound, Sorry
from tracker.models import ResumeImport, resume_imports
from tracker.models.profile import MAX_RESUME_BYTES
from tracker.services import audit, jobs
from tracker.services.isolated_process import Unreadable
from tracker.services.resume.file_text import CHARACTERS
from tracker.services.resume.file_types import PROBLEMS, kind_of
from tracker.services.resume.parsed_resume import ParsedResume
from tracker.services.resume.reader_process import read_isolated
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import ImportState, JobKind
from tracker.storable_text import clean

__all__ = [
    "MAX_RESUME_BYTES",
    "PROBLEMS",
    "content_of",
    "discard",
    "propose",
    "read_isolated",
    "refuse",
    "resume_import",
    "store_file",
    "store_text",
]


def store_file(scope: Scope, content: bytes, name: str) -> str:
    """Store a resume's file for a job to parse, replacing an earlier import; return the import's id.

    Raises Invalid for a file that is too large or of an unsupported type.
    """
    if len(content) > MAX_RESUME_BYTES:
        raise Invalid({"file": PROBLEMS["too_large"]})
    try:
        kind_of(content)
    except Unreadable as error:
        raise Invalid({"file": error.message}) from None
    return _store(scope, content, " ".join(clean(name).split())[-200:] or "a resume")


def store_text(scope: Scope, text: str) -> str:
    """Store a resume's pasted text for a job to parse, and return the import's id; may raise Invalid."""
    typed = clean(text).strip()
    if not typed:
        raise Invalid({"text": "Paste the text of your resume."})
    if len(typed) > CHARACTERS:
        raise Invalid({"text": f"At most {CHARACTERS:,} characters; this has {len(typed):,}."})
    return _store(scope, typed.encode(), "the pasted text")


def _store(scope: Scope, content: bytes, name: str) -> str:
    import_id = uuid4()
    values = {
        "id": import_id, "state": ImportState.WAITING.value, "name": name, "content": content, "proposal": {},
        "reason": "", "created_at": scope.now,
    }  # fmt: skip
    insertion = insert(ResumeImport).values(user_id=scope.user_id, **values)
    scope.session.execute(insertion.on_conflict_do_update(index_elements=["user_id"], set_=values))
    jobs.request(scope, JobKind.READ_RESUME, import_id)
    return str(import_id)


def resume_import(scope: Scope, import_id: UUID | str | None, *, lock: bool = False) -> ResumeImport:
    """Return a resume import; raises NotFound when it was discarded, replaced or is another user's."""
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
    """Return the file to parse; raises Sorry, with the reason, when it was deleted already."""
    row = resume_import(scope, import_id)
    if row.content is None:
        raise Sorry(row.reason or "This resume has been read already.")
    return row.content


def propose(scope: Scope, import_id: UUID | None, parsed: ParsedResume) -> None:
    """Store the parsed resume for the user's review, and delete the file."""
    _finish(scope, import_id, state=ImportState.READY.value, proposal=parsed.as_plain())


def refuse(scope: Scope, import_id: UUID | None, reason: str) -> None:
    """Store why a resume can't be read, and delete the file."""
    _finish(scope, import_id, state=ImportState.FAILED.value, reason=reason[:500])


def _finish(scope: Scope, import_id: UUID | None, **values: object) -> None:
    resume_import(scope, import_id, lock=True)
    mine = (resume_imports.user_id == scope.user_id, resume_imports.id == import_id)
    scope.session.execute(update(ResumeImport).where(*mine).values(content=None, **values))


def discard(scope: Scope, import_id: str) -> str:
    """Discard a resume import in any state; raises NotFound when it no longer exists."""
    row = resume_import(scope, import_id, lock=True)
    mine = (resume_imports.user_id == scope.user_id, resume_imports.id == row.id)
    scope.session.execute(delete(ResumeImport).where(*mine))
    audit.note_deletion(scope, Deletable.RESUME)
    return "Resume discarded. Your profile is unchanged"


def _uuid(import_id: UUID | str) -> UUID:
    try:
        return as_uuid(import_id)
    except NotFound:
        raise NotFound("resume") from None
