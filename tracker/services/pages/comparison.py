"""The page that compares two applications."""

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.applications import application_list
from tracker.services.priority import comparison
from tracker.shapes.filters import Filters
from tracker.shapes.priority import ComparePage, Comparison


def page(scope: Scope, left_id: str, right_id: str) -> ComparePage:
    """Return the open applications, the highest scores first, and the comparison of two."""
    others = application_list.page(scope, Filters(sort="score", stage="open")).cards
    return ComparePage(others, compare(scope, left_id, right_id))


def compare(scope: Scope, left_id: str, right_id: str) -> Comparison | None:
    """Compare two applications; None if one isn't chosen or doesn't exist."""
    if not left_id or not right_id:
        return None
    try:
        return comparison.compare(scope, left_id, right_id)
    except NotFound:
        return None
