"""New and updated contacts of an import, written in bulk."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from tracker.db import Scope
from tracker.models import Contact, contacts
from tracker.services import timeline
from tracker.services.imports.comparison import ContactPlan
from tracker.shapes.enumerations import EventKind


def add_contacts(scope: Scope, plans: Sequence[ContactPlan]) -> None:
    """Insert new contacts; the event of each has the day on which the file says they connected."""
    if not plans:
        return
    ids = list(
        scope.session.scalars(select(func.uuidv7()).select_from(func.generate_series(1, len(plans)).alias()))
    )
    pairs = list(zip(ids, plans, strict=True))
    rows = [
        {
            "user_id": scope.user_id,
            "id": row_id,
            "touched_at": scope.now,
            "created_at": scope.now,
            **target.values,
        }
        for row_id, target in pairs
    ]
    scope.session.execute(insert(Contact.__table__), rows)  # type: ignore[attr-defined]
    entries = [(None, {"id": str(row_id), "name": target.values["name"]}) for row_id, target in pairs]
    timeline.record_many(
        scope, EventKind.CONTACT_ADDED, entries, [target.met_at or scope.now for target in plans]
    )


def update_contacts(scope: Scope, plans: Sequence[ContactPlan]) -> None:
    """Fill empty fields of stored contacts; what was filled meanwhile stays."""
    targets = {target.id: target for target in plans}
    query = select(Contact).where(contacts.user_id == scope.user_id, contacts.id.in_(targets))
    entries = []
    for row in scope.session.scalars(query.order_by(contacts.id).with_for_update()):
        for name, value in targets[row.id].filled.items():
            if not getattr(row, name):
                setattr(row, name, value)
                particulars = {
                    "id": str(row.id),
                    "name": row.name,
                    "field": name,
                    "changed": {name: ["", value]},
                }
                entries.append((None, particulars))
        row.touched_at = scope.now
    scope.session.flush()
    timeline.record_many(scope, EventKind.CONTACT_EDITED, entries)
