"""Editing in place: one field at a time, made on the text that was read, so that two tabs lose nothing."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound
from tracker.models import Application
from tracker.services import snapshots, timeline
from tracker.services.applications.fields import PARSERS, as_typed, check_salary, check_sent, parsed
from tracker.services.applications.labels import FIELD_LABELS
from tracker.services.applications.moving import chosen
from tracker.services.postings import posting_key
from tracker.shapes.words import EventKind, Stage

QUOTED = 200
"""Longest text, in characters, that the log repeats; of a longer one it says only that it was edited."""


def edit(scope: Scope, application_id: str, field: str, raw: str, was: str) -> str:
    """Change one field from the text it was read with; Conflict when it was changed to another one meanwhile."""
    if field not in PARSERS:
        raise NotFound("field")
    row = chosen(scope, [application_id])[0]
    value = parsed({field: raw})[field]
    before = getattr(row, field)
    if value == before:
        return f"{FIELD_LABELS[field]} unchanged"
    if as_typed(before) != as_typed(parsed_or_same(field, was)):
        raise Conflict(
            f"{FIELD_LABELS[field]} was changed elsewhere while you were writing.",
            field=field,
            mine=str(raw),
            theirs=as_typed(before),
        )
    _change(scope, row, field, value)
    happened = [(row.id, _particulars(field, before, value))]
    if field == "applied_on":
        snapshots.touched(scope, before, value)
        happened += _follow_up_moved(scope, row, before, value)
    timeline.record_many(scope, EventKind.APPLICATION_EDITED, happened)
    return f"{FIELD_LABELS[field]} saved"


def _follow_up_moved(
    scope: Scope, row: Application, before: date | None, value: date | None
) -> list[tuple[UUID, dict[str, Any]]]:
    """The first follow-up goes with the day it was reckoned from; one that somebody chose, or that was done, doesn't."""
    first = timedelta(days=scope.who.cadence.follow_up_first)
    if row.stage != Stage.APPLIED or not (before and value) or row.follow_up_on != before + first:
        return []
    was, row.follow_up_on = row.follow_up_on, max(scope.today, value + first)
    return [(row.id, _particulars("follow_up_on", was, row.follow_up_on))] if was != row.follow_up_on else []


def parsed_or_same(field: str, raw: str) -> Any:
    """What a field's old text stood for; the text itself when it can't be read any more."""
    try:
        return PARSERS[field](raw)
    except Exception:
        return raw


def _change(scope: Scope, row: Application, field: str, value: Any) -> None:
    setattr(row, field, value)
    if field == "applied_on":
        check_sent(value, scope.today)
    check_salary(row.salary_from, row.salary_to, field)
    if row.salary_from is not None or row.salary_to is not None:
        row.currency = row.currency or scope.who.currency
        row.salary_period = row.salary_period or "year"
    if field == "posting_url":
        row.posting_key = posting_key(value)
    row.touched_at = scope.now
    row.version += 1
    scope.session.flush()


def _particulars(field: str, before: Any, after: Any) -> dict[str, Any]:
    old, new = as_typed(before), as_typed(after)
    if max(len(old), len(new)) > QUOTED or field in ("notes", "posting_text"):
        return {"field": field, **timeline.both({field: [old, new]})}
    return {"field": field, "from": old, "to": new}


def tag(scope: Scope, ids: list[str], word: str, *, remove: bool = False) -> str:
    """Give applications a tag, or take it from them; what was done, in words."""
    name = parsed({"tags": word})["tags"]
    if not name:
        raise Invalid({"tags": "Type a tag."})
    happened = []
    for row in chosen(scope, ids):
        before = list(row.tags)
        after = (
            [t for t in before if t not in name]
            if remove
            else [*before, *(t for t in name if t not in before)]
        )
        if after == before:
            continue
        parsed({"tags": ", ".join(after)})
        row.tags, row.touched_at, row.version = after, scope.now, row.version + 1
        happened.append((row.id, _particulars("tags", before, after)))
    scope.session.flush()
    timeline.record_many(scope, EventKind.APPLICATION_EDITED, happened)
    number = f"{len(happened)} application{'' if len(happened) == 1 else 's'}"
    return f"Tag {', '.join(name)} {'removed from' if remove else 'added to'} {number}"
