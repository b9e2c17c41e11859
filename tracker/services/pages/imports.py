"""The pages of imports."""

from tracker.db import Scope
from tracker.services.idempotency import run_once
from tracker.services.imports import data_imports, undo_import
from tracker.services.imports.import_page import import_page, past_imports
from tracker.services.pages.action import act, read_or_none
from tracker.shapes.imports import ImportItem, ImportPage
from tracker.shapes.notice import Done


def page(scope: Scope, import_id: str, verdict: str = "", number: int = 1) -> ImportPage | None:
    """Return an import with one page of its rows, or None if it doesn't exist."""
    return read_or_none(lambda scope, row_id: import_page(scope, row_id, verdict, number), scope, import_id)


def store_text(scope: Scope, text: str, key: str) -> str:
    """Store a pasted table for a job to read; return the import's id."""
    return run_once(scope, key, data_imports.store_text, text)


def change(scope: Scope, import_id: str, name: str, value: str, verdict: str, number: int) -> ImportPage:
    """Change one part of a mapping, and return the import."""
    data_imports.change(scope, import_id, {name: value})
    scope.reread()
    return import_page(scope, import_id, verdict, number)


def apply(scope: Scope, import_id: str, key: str) -> Done[ImportPage]:
    """Request that an import is applied."""
    done = act(scope, key, data_imports.request_apply, import_id)
    return done.showing(import_page(scope, import_id))


def discard(scope: Scope, import_id: str, key: str) -> Done[None]:
    """Discard an import that wasn't applied."""
    return act(scope, key, data_imports.discard, import_id)


def undo(scope: Scope, import_id: str, key: str) -> Done[list[ImportItem]]:
    """Undo an import, and return the list of imports."""
    done = Done(run_once(scope, key, undo_import.undo, import_id), "", None)
    scope.reread()
    return done.showing(past_imports(scope))
