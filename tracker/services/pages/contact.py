"""A contact's page: read, edit, link applications and delete."""

from tracker.db import Scope
from tracker.services.contacts import contact_changes, contact_list
from tracker.services.pages.action import act, edit, read_or_none
from tracker.shapes.contacts import ContactDetail
from tracker.shapes.notice import Done


def page(scope: Scope, contact_id: str) -> ContactDetail | None:
    """Return everything that the page shows; None if the contact doesn't exist."""
    return read_or_none(contact_list.detail, scope, contact_id)


def edit_field(scope: Scope, contact_id: str, field: str, value: str, was: str) -> Done[ContactDetail | None]:
    """Change one field; raises Conflict if it is no longer `was`."""
    return edit(scope, contact_changes.edit, contact_id, field, value, was).showing(page(scope, contact_id))


def link(scope: Scope, contact_id: str, application_id: str) -> Done[None]:
    """Link the contact to an application."""
    return act(scope, "", contact_changes.link, contact_id, application_id)


def unlink(scope: Scope, contact_id: str, application_id: str, key: str) -> Done[ContactDetail | None]:
    """Unlink an application from the contact; both stay."""
    return act(scope, key, contact_changes.unlink, contact_id, application_id).showing(
        page(scope, contact_id)
    )


def delete(scope: Scope, contact_id: str, key: str) -> Done[None]:
    """Delete the contact."""
    return act(scope, key, contact_changes.delete, contact_id)
