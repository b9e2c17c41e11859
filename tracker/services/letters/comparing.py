"""Two versions of a letter held side by side, the earlier first."""

from collections.abc import Sequence

from tracker.db import Scope
from tracker.errors import NotFound, Sorry
from tracker.models import Letter
from tracker.services.letters.differences import differences
from tracker.services.letters.showing import MOST, line, versions, whole
from tracker.shapes.letters import Writer
from tracker.shapes.versions import Aligned, Comparison, Side


def compare(scope: Scope, letter_id: str, other: str = "") -> Comparison:
    """A version beside another of the same application, the one before it unless told; NotFound where either isn't there."""
    shown, job = whole(scope, letter_id)
    rows = list(scope.session.scalars(versions(scope, job).limit(MOST)))
    if len(rows) < 2:
        raise Sorry("There is no other version to compare this one with.")
    beside = next((row for row in rows if str(row.id) == other), None) if other else _before(rows, shown)
    if beside is None or beside.id == shown.id:
        raise NotFound("letter")
    earlier, later = sorted((shown, beside), key=_made)
    found = differences(_texts(earlier), _texts(later))
    return Comparison(
        str(shown.id),
        str(beside.id),
        _side(scope, earlier, shown),
        _side(scope, later, shown),
        found,
        _said(found),
        [_side(scope, row, shown) for row in rows if row.id != shown.id],
    )


def _made(row: Letter) -> str:
    """What orders versions by when they were made, which being sent doesn't change."""
    return str(row.id)


def _before(rows: Sequence[Letter], shown: Letter) -> Letter:
    """The version made before one; of the first, the one made after it."""
    others = sorted((row for row in rows if row.id != shown.id), key=_made)
    return next((row for row in reversed(others) if _made(row) < _made(shown)), others[0])


def _side(scope: Scope, row: Letter, shown: Letter) -> Side:
    of = line(scope, row)
    how = f"{of.label}, {row.tone} and {row.length}" if row.writer != Writer.HAND else of.label
    return Side(of.id, how, ", ".join(filter(None, (of.when, of.sent))), row.id == shown.id)


def _texts(row: Letter) -> list[str]:
    return [one["text"] for one in row.paragraphs]


def _said(rows: Sequence[Aligned]) -> str:
    """How much differs, in words."""
    differing = sum(not row.is_same for row in rows)
    if not differing:
        return "The two are the same."
    return f"{differing} of {len(rows)} paragraphs differ{'s' if differing == 1 else ''}."
