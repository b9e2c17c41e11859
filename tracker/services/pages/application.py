"""An application's page: read, edit, move, follow up, link contacts and delete."""

from dataclasses import replace

from tracker.db import Scope
from tracker.services.applications import application_page, creation, deletion, field_edits, stage_moves
from tracker.services.contacts import contact_changes as contacts
from tracker.services.pages.action import act, edit, read_or_none
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.notice import Done

IDENTIFYING = ("company", "role", "posting_url")
"""Fields by which a duplicate application is recognised."""


def page(scope: Scope, application_id: str) -> ApplicationDetail | None:
    """Return everything that the page shows; None if the application doesn't exist."""
    return read_or_none(application_page.detail, scope, application_id)


def edit_field(
    scope: Scope, application_id: str, field: str, value: str, was: str
) -> Done[ApplicationDetail | None]:
    """Change one field; raises Conflict if it is no longer `was`.

    The message names another application if the edit makes this one its duplicate.
    """
    done = edit(scope, field_edits.edit, application_id, field, value, was).showing(
        page(scope, application_id)
    )
    like = _similar(scope, done.page) if done.batch and done.page and field in IDENTIFYING else ""
    return replace(done, message=f"{done.message}. Is it the same as {like}?") if like else done


def _similar(scope: Scope, detail: ApplicationDetail) -> str:
    """Return the name of another application that may be for the same job; empty without one."""
    others = creation.possible_duplicates(scope, detail.company, detail.role, detail.posting_url)
    return next((f"{other.name} ({other.standing})" for other in others if other.id != detail.id), "")


def move(scope: Scope, application_id: str, stage: str, outcome: str) -> Done[ApplicationDetail | None]:
    """Move the application to a stage, or close it with an outcome."""
    return act(scope, "", stage_moves.move, [application_id], stage, outcome).showing(
        page(scope, application_id)
    )


def follow_up(
    scope: Scope, application_id: str, typed: dict[str, str], key: str
) -> Done[ApplicationDetail | None]:
    """Log a follow-up, with the way and note typed."""
    done = act(scope, key, stage_moves.follow_up, application_id, typed)
    return done.showing(page(scope, application_id))


def delete(scope: Scope, application_id: str, key: str) -> Done[None]:
    """Delete the application."""
    return act(scope, key, deletion.remove, [application_id])


def link_contact(scope: Scope, application_id: str, contact_id: str) -> Done[None]:
    """Link a contact to the application."""
    return act(scope, "", contacts.link, contact_id, application_id)


def unlink_contact(scope: Scope, application_id: str, contact_id: str, key: str) -> Done[None]:
    """Unlink a contact from the application; the contact stays."""
    return act(scope, key, contacts.unlink, contact_id, application_id)
