"""Two versions of a letter side by side, the earlier first."""

from collections.abc import Sequence

from tracker.db import Scope
from tracker.errors import NotFound, Sorry
from tracker.models import Letter
from tracker.services.letters.differences import differences
from tracker.services.letters.letter_page import (
    MAX_VERSIONS,
    version_item,
    version_with_application,
    versions_query,
)
from tracker.shapes.letter_versions import Aligned, Comparison, Side
from tracker.shapes.letters import Writer


def compare(scope: Scope, letter_id: str, other: str = "") -> Comparison:
    """Compare a version with another of its application, by default the previous one.

    Raises NotFound when either doesn't exist.
    """
    shown, job = version_with_application(scope, letter_id)
    rows = list(scope.session.scalars(versions_query(scope, job).limit(MAX_VERSIONS)))
    if len(rows) < 2:
        raise Sorry("There is no other version to compare this one with.")
    beside = next((row for row in rows if str(row.id) == other), None) if other else _previous(rows, shown)
    if beside is None or beside.id == shown.id:
        raise NotFound("letter")
    earlier, later = sorted((shown, beside), key=_creation_order)
    paragraphs = differences(_texts(earlier), _texts(later))
    return Comparison(
        str(shown.id),
        str(beside.id),
        _side(scope, earlier, shown),
        _side(scope, later, shown),
        paragraphs,
        _summary(paragraphs),
        [_side(scope, row, shown) for row in rows if row.id != shown.id],
    )


def _creation_order(row: Letter) -> str:
    """Return the sort key for creation order, which sending doesn't change."""
    return str(row.id)


def _previous(rows: Sequence[Letter], shown: Letter) -> Letter:
    """Return the previous version; for the first, the next one."""
    rest = sorted((row for row in rows if row.id != shown.id), key=_creation_order)
    return next((row for row in reversed(rest) if _creation_order(row) < _creation_order(shown)), rest[0])


def _side(scope: Scope, row: Letter, shown: Letter) -> Side:
    of = version_item(scope, row)
    how = f"{of.label}, {row.tone} and {row.length}" if row.writer != Writer.HAND else of.label
    return Side(of.id, how, ", ".join(filter(None, (of.when, of.sent))), row.id == shown.id)


def _texts(row: Letter) -> list[str]:
    return [paragraph["text"] for paragraph in row.paragraphs]


def _summary(rows: Sequence[Aligned]) -> str:
    """Summarize how much differs."""
    differing = sum(not row.is_same for row in rows)
    if not differing:
        return "The two are the same."
    return f"{differing} of {len(rows)} paragraphs differ{'s' if differing == 1 else ''}."
