"""The profile page: headline, positions, bullets and resume imports."""

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.idempotency import run_once
from tracker.services.pages.action import act
from tracker.services.profile import edits, profile_page
from tracker.services.resume import imports, review
from tracker.services.undo import undoable_batch
from tracker.shapes.notice import Done
from tracker.shapes.profile_page import ProfilePage

Fields = dict[str, str]
"""The fields of an entry, which is named by its kind and identifier: `head`, `position:…`, `bullet:…`, or `new:…` for a
new bullet of the position named."""


def save(scope: Scope, entry: str, typed: Fields, was: Fields, by: str, key: str) -> Done[ProfilePage]:
    """Save an entry; raises Conflict if one of its fields is no longer as in `was`."""
    message, batch = run_once(scope, key, _save, entry, typed, was)
    return _shown(scope, message, batch, by)


def move(scope: Scope, entry: str, way: str, by: str) -> Done[ProfilePage]:
    """Move a position or a bullet up or down."""
    kind, _, row_id = entry.partition(":")
    if kind == "position":
        message = edits.move_position(scope, row_id, way)
    else:
        message = edits.move_bullet(scope, row_id, way)
    return _shown(scope, message, undoable_batch(scope), by)


def remove(scope: Scope, entry: str, by: str, key: str) -> Done[ProfilePage]:
    """Remove a position with its bullets, or a bullet."""
    kind, _, row_id = entry.partition(":")
    if kind == "position":
        done = act(scope, key, edits.remove_position, row_id)
    else:
        done = act(scope, key, edits.remove_bullet, row_id)
    return done.showing(profile_page.page(scope, by))


def import_text(scope: Scope, text: str, key: str) -> str:
    """Store a resume's pasted text for a job to parse; return the import's id."""
    return run_once(scope, key, imports.store_text, text)


def save_review(scope: Scope, import_id: str, ticked: list[str], typed: Fields, key: str) -> Done[None]:
    """Save the ticked parts of a resume, all or none; raises Invalid, which names every invalid field."""
    return Done(*run_once(scope, key, _save_review, import_id, ticked, typed), None)


def discard_review(scope: Scope, import_id: str, key: str) -> Done[None]:
    """Discard a resume import; the profile stays as it is."""
    return Done(run_once(scope, key, imports.discard, import_id), "", None)


def _save(scope: Scope, entry: str, typed: Fields, was: Fields) -> tuple[str, str]:
    kind, _, row_id = entry.partition(":")
    match kind:
        case "head":
            message = edits.edit_about(scope, typed, was)
        case "position":
            message = edits.edit_position(scope, row_id, typed, was)
        case "bullet":
            message = edits.edit_bullet(scope, row_id, typed, was)
        case "new":
            edits.add_bullet(scope, {**typed, "position_id": row_id})
            message = "Bullet added"
        case _:
            raise NotFound("entry")
    return message, undoable_batch(scope)


def _save_review(scope: Scope, import_id: str, ticked: list[str], typed: Fields) -> tuple[str, str]:
    return review.save_ticked(scope, import_id, ticked, typed), undoable_batch(scope)


def _shown(scope: Scope, message: str, batch: str, by: str) -> Done[ProfilePage]:
    scope.reread()
    return Done(message, batch, profile_page.page(scope, by))
