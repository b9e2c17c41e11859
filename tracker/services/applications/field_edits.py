"""Edit one field at a time, with edit conflicts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound
from tracker.models import Application
from tracker.services import timeline
from tracker.services.applications.application_fields import (
    PARSERS,
    as_typed,
    check_salary,
    check_sent,
    parsed,
)
from tracker.services.applications.duplicate_keys import update_keys
from tracker.services.applications.salary_fields import (
    ENDS,
    SALARY,
    salary_as_typed,
    salary_changes,
    spread_salary,
    whole_salary,
)
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.figures import snapshots
from tracker.shapes.enumerations import EventKind, Stage
from tracker.shapes.field_labels import FIELD_LABELS

MAX_LOGGED = 200
"""Longest text in characters that the event log stores as from and to; longer ones are stored as a change."""


def edit(scope: Scope, application_id: str, field: str, raw: str, base: str) -> str:
    """Change one field, and return a sentence for the notice.

    `base` is the text that the edit started from. Raises Conflict when the field holds another value by now.
    """
    if field not in PARSERS and field != SALARY:
        raise NotFound("field")
    row = locked_applications(scope, [application_id])[0]
    values = _values(scope, row, field, raw)
    before = {name: getattr(row, name) for name in values}
    if values == before:
        return f"{FIELD_LABELS[field]} unchanged"
    current = salary_as_typed(row) if field == SALARY else as_typed(before[field])
    if current != as_typed(parsed_or_raw(field, base)):
        raise Conflict(
            f"{FIELD_LABELS[field]} was changed elsewhere while you were writing.",
            field=field,
            mine=str(raw),
            theirs=current,
        )
    _save(scope, row, values, field)
    _record(scope, row, before)
    return f"{FIELD_LABELS[field]} saved"


def edit_fields(scope: Scope, application_id: str, typed: dict[str, str]) -> None:
    """Change several fields at once, without edit conflicts.

    Raises Invalid, which names every field that isn't valid.
    """
    row = locked_applications(scope, [application_id])[0]
    values = parsed(typed)
    before = {name: getattr(row, name) for name in values}
    if values != before:
        _save(scope, row, values)
        _record(scope, row, before)


def _record(scope: Scope, row: Application, before: dict[str, Any]) -> None:
    """Record each changed field in the event log, with the follow-up date that depends on it."""
    changed = [name for name, value in before.items() if value != getattr(row, name)]
    logged = [(row.id, _particulars(name, before[name], getattr(row, name))) for name in changed]
    if "applied_on" in changed:
        snapshots.invalidate(scope, before["applied_on"], row.applied_on)
        if "follow_up_on" not in before:
            logged += _shift_follow_up(scope, row, before["applied_on"], row.applied_on)
    timeline.record_many(scope, EventKind.APPLICATION_EDITED, logged)


def _shift_follow_up(
    scope: Scope, row: Application, before: date | None, value: date | None
) -> list[tuple[UUID, dict[str, Any]]]:
    """Shift the first follow-up with the day of applying, unless the user chose or logged one."""
    delay = timedelta(days=scope.who.cadence.follow_up_first)
    if row.stage != Stage.APPLIED or not (before and value) or row.follow_up_on != before + delay:
        return []
    previous, row.follow_up_on = row.follow_up_on, max(scope.today, value + delay)
    return (
        [(row.id, _particulars("follow_up_on", previous, row.follow_up_on))]
        if previous != row.follow_up_on
        else []
    )


def parsed_or_raw(field: str, raw: str) -> Any:
    """Return the parsed value of a field's text, or the text itself when it is no longer valid."""
    try:
        return PARSERS[field](raw)
    except Exception:
        return raw


def _values(scope: Scope, row: Application, field: str, raw: str) -> dict[str, Any]:
    """Return the column values that an edit sets; a salary sets several columns."""
    if field == SALARY:
        return whole_salary(row, raw, scope.who.currency)
    if field in ENDS:
        return salary_changes(row, field, raw, scope.who.currency)
    if field == "currency":
        raw = spread_salary({field: raw}, scope.who.currency)[field]
    return parsed({field: raw})


def _save(scope: Scope, row: Application, values: dict[str, Any], field: str = "salary_to") -> None:
    """Set the values; raises Invalid at `field` for a salary range that runs backwards."""
    for name, value in values.items():
        setattr(row, name, value)
    if "applied_on" in values:
        check_sent(row.applied_on, scope.today)
    check_salary(row.salary_from, row.salary_to, field)
    if row.salary_from is not None or row.salary_to is not None:
        row.currency = row.currency or scope.who.currency
        row.salary_period = row.salary_period or "year"
    update_keys(row)
    row.touched_at = scope.now
    row.version += 1
    scope.session.flush()


def _particulars(field: str, before: Any, after: Any) -> dict[str, Any]:
    before_text, after_text = as_typed(before), as_typed(after)
    if max(len(before_text), len(after_text)) > MAX_LOGGED or field in ("notes", "posting_text"):
        return {"field": field, **timeline.logged_change({field: [before_text, after_text]})}
    return {"field": field, "from": before_text, "to": after_text}


def tag(scope: Scope, ids: list[str], raw: str, *, remove: bool = False) -> str:
    """Add a tag to applications, or remove it, and return a sentence for the notice."""
    tags = parsed({"tags": raw})["tags"]
    if not tags:
        raise Invalid({"tags": "Enter a tag."})
    logged = []
    for row in locked_applications(scope, ids):
        before = list(row.tags)
        after = (
            [tag_name for tag_name in before if tag_name not in tags]
            if remove
            else [*before, *(tag_name for tag_name in tags if tag_name not in before)]
        )
        if after == before:
            continue
        parsed({"tags": ", ".join(after)})
        row.tags, row.touched_at, row.version = after, scope.now, row.version + 1
        logged.append((row.id, _particulars("tags", before, after)))
    scope.session.flush()
    timeline.record_many(scope, EventKind.APPLICATION_EDITED, logged)
    number = f"{len(logged)} application{'' if len(logged) == 1 else 's'}"
    return f"Tag {', '.join(tags)} {'removed from' if remove else 'added to'} {number}"
