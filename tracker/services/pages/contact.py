"""A contact's page: read, edited, linked to applications and deleted."""

from tracker.db import Scope
from tracker.services.contacts import contact_changes, contact_list
from tracker.services.pages.action import act, edit, if_there
from tracker.shapes.contacts import ContactDetail
from tracker.shapes.notice import Done


def page(scope: Scope, contact_id: str) -> ContactDetail | None:
    """Return everything the page shows; None where there is no such contact."""
    return if_there(contact_list.detail, scope, contact_id)


def edit_field(scope: Scope, contact_id: str, field: str, value: str, was: str) -> Done[ContactDetail | None]:
    """Change one field from the text it was read with; Conflict when it was changed elsewhere."""
    return edit(scope, contact_changes.edit, contact_id, field, value, was).showing(page(scope, contact_id))


def link(scope: Scope, contact_id: str, application_id: str) -> Done[None]:
    """Link an application; every part of the page may show it."""
    return act(scope, "", contact_changes.link, contact_id, application_id)


def unlink(scope: Scope, contact_id: str, application_id: str, key: str) -> Done[ContactDetail | None]:
    """Take an application off the contact; both stay."""
    return act(scope, key, contact_changes.unlink, contact_id, application_id).showing(
        page(scope, contact_id)
    )


def delete(scope: Scope, contact_id: str, key: str) -> Done[None]:
    """Delete the contact; there is no page then."""
    return act(scope, key, contact_changes.delete, contact_id)
