"""The event log: events are recorded and turned into sentences in this module only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, insert, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from tracker.db import Row, Scope, as_uuid
from tracker.models import Application, Event, applications, columns_of, events
from tracker.models.base import Owned
from tracker.services.local_days import exact_moment
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.dates import clock_time, day_in_words, time_of
from tracker.shapes.enumerations import EventKind, FollowUpWay, InterviewKind, Outcome, Stage
from tracker.shapes.field_labels import FIELD_LABELS
from tracker.shapes.timeline import Day, Entry

MAX_ENTRIES = 100
MAX_UNDOABLE_TEXT = 2000
"""Longest text in characters that the log stores, so that its change can be undone."""

Entries = Iterable[tuple[UUID | None, dict[str, Any]]]
Listener = Callable[[Scope, EventKind, list[UUID]], None]
_listeners: list[Listener] = []


def logged_change(changed: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the values before and after a change for its event, or nothing for texts too long to log."""
    texts = (value for pair in changed.values() for value in pair if isinstance(value, str))
    return {"changed": changed} if all(len(text) <= MAX_UNDOABLE_TEXT for text in texts) else {}


def logged_row(row: Owned) -> dict[str, Any]:
    """Return a row as the event log stores it for undo: as JSON, without the user and generated columns."""
    names = [column.name for column in columns_of(type(row)) if column.computed is None]
    return {name: _as_json(getattr(row, name)) for name in names if name != "user_id"}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):  # Includes datetime.
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def on_record(listener: Listener) -> Listener:
    """Call this function, in the same transaction, with the applications of each recorded event."""
    _listeners.append(listener)
    return listener


def record(scope: Scope, kind: EventKind, application_id: UUID | None, **particulars: Any) -> None:
    """Append one event of this user action to the log."""
    record_many(scope, kind, [(application_id, particulars)])


def record_many(scope: Scope, kind: EventKind, entries: Entries, times: Sequence[datetime] = ()) -> None:
    """Append one event for each application of a bulk action; `times` are those of past events."""
    entry_list = list(entries)
    rows = [
        {
            "user_id": scope.user_id,
            "application_id": application_id,
            "kind": kind.value,
            "at": times[number] if times else scope.now,
            "door": scope.door.value,
            "batch": scope.batch,
            "particulars": particulars,
        }
        for number, (application_id, particulars) in enumerate(entry_list)
    ]
    if rows:
        scope.has_events = True
        scope.session.execute(insert(events.id.table), rows)
    application_ids = [application_id for application_id, _ in entry_list if application_id]
    for listener in _listeners:
        listener(scope, kind, application_ids)


def of_application(scope: Scope, application_id: UUID | str) -> list[Day]:
    """Return the latest 100 events of an application, grouped by day, the latest first."""
    row_id = as_uuid(application_id, Application)
    (row,) = scope.rows(select(log_column(scope, row_id).label("log")))
    return log_days(scope, row["log"])


def log_column(scope: Scope, row_id: Any) -> ScalarSelect[Any]:
    """Return a subquery with the latest 100 events of an application as JSON, for use in a larger query."""
    latest = (
        select(events.id, events.kind, events.at, events.door, events.particulars, events.undone_at)
        .where(events.user_id == scope.user_id, events.application_id == row_id)
        .order_by(events.at.desc(), events.id.desc())
        .limit(MAX_ENTRIES)
        .subquery()
    )
    entry = aggregate_order_by(func.to_jsonb(latest.table_valued()), latest.c.at.desc(), latest.c.id.desc())
    return select(func.coalesce(func.jsonb_agg(entry), text("'[]'"))).scalar_subquery()


def log_days(scope: Scope, log: list[dict[str, Any]]) -> list[Day]:
    """Return the entries of such a column by day, without the application's name."""
    nameless = {"application_id": None, "company": "", "role": ""}
    return _days(scope, [{**nameless, **entry, "at": datetime.fromisoformat(entry["at"])} for entry in log])


def recent(scope: Scope, limit: int = 12) -> list[Entry]:
    """Return the latest events of all applications, without changes of the profile."""
    return [_entry(scope, row, is_recent=True) for row in _recent(scope, limit)]


@prepared_query
def _recent(scope: Scope, limit: int) -> Any:
    query = _columns().where(events.user_id == scope.user_id, events.kind != EventKind.PROFILE_CHANGED.value)
    return query.order_by(events.at.desc(), events.id.desc()).limit(limit)


def _columns() -> Any:
    return (
        select(
            events.id,
            events.kind,
            events.at,
            events.door,
            events.particulars,
            events.undone_at,
            events.application_id,
            applications.company,
            applications.role,
        )
        .outerjoin(
            Application,
            (applications.user_id == events.user_id) & (applications.id == events.application_id),
        )
        .select_from(Event)
    )


def _days(scope: Scope, rows: Sequence[Mapping[str, Any]]) -> list[Day]:
    def day(row: Mapping[str, Any]) -> Any:
        return row["at"].astimezone(scope.who.zone).date()

    return [
        Day(
            label=(label := day_in_words(date, scope.today, scope.who.locale))[0].upper() + label[1:],
            lines=[_entry(scope, row) for row in group],
        )
        for date, group in groupby(rows, key=day)
    ]


def _entry(scope: Scope, row: Row, *, is_recent: bool = False) -> Entry:
    """Return an event with its time; of a recent one on an earlier day, with that day instead."""
    local = row["at"].astimezone(scope.who.zone)
    clock_time = time_of(row["at"], scope.who.zone, scope.who.locale)
    has_day = is_recent and local.date() != scope.today
    return Entry(
        id=str(row["id"]),
        sentence=event_sentence(scope, EventKind(row["kind"]), row["particulars"]),
        at=day_in_words(local.date(), scope.today, scope.who.locale) if has_day else clock_time,
        door=_ENTRY_POINTS.get(row["door"], f"via {row['door']}"),
        was_undone=row["undone_at"] is not None,
        application_id=str(row["application_id"] or ""),
        subject=f"{row['role']} at {row['company']}" if row["company"] else "",
        kind=row["kind"].partition(".")[0],
    )


def _localized(scope: Scope, particulars: dict[str, Any]) -> dict[str, Any]:
    """Return an event's particulars with times of interviews in the user's time zone.

    Events of earlier versions may hold texts without an instant; those stay as they are.
    """
    previous, when = particulars.get("changed", {}).get("starts_at", (None, particulars.get("starts_at")))
    instants = {"was": previous, "when": when}
    texts = {name: exact_moment(scope, datetime.fromisoformat(at)) for name, at in instants.items() if at}
    if "wall_time" in particulars:
        texts["clock"] = clock_time(datetime.fromisoformat(particulars["wall_time"]).time(), scope.who.locale)
    return {**particulars, **texts}


def event_sentence(scope: Scope, kind: EventKind, particulars: dict[str, Any]) -> str:
    """Return a stored event as a sentence, with times in the user's time zone."""
    return sentence(kind, _localized(scope, particulars))


def sentence(kind: EventKind, particulars: dict[str, Any]) -> str:
    """Return an event as a sentence without a subject, since the page shows the application."""
    name = particulars.get("name", "")
    interview = InterviewKind(particulars.get("interview") or InterviewKind.OTHER).noun
    match kind:
        case EventKind.STAGE_CHANGED:
            return _stage_sentence(particulars)
        case EventKind.APPLICATION_EDITED:
            return _edit_sentence(particulars)
        case EventKind.APPLICATION_ADDED:
            return f"Added to {Stage(particulars.get('stage', 'saved')).label}"
        case EventKind.INTERVIEW_SCHEDULED:
            return f"Scheduled: {interview}, {particulars.get('when', '')}"
        case EventKind.INTERVIEW_MOVED if particulars.get("was") == particulars.get("when"):
            return f"Changed the duration or time zone of the {interview}"
        case EventKind.INTERVIEW_MOVED:
            return f"Moved the {interview} from {particulars.get('was', '')} to {particulars.get('when', '')}"
        case EventKind.INTERVIEW_REALIGNED:
            return (
                f"Kept the {interview} at {particulars.get('clock', '')} in {particulars.get('place', '')} after time zone rules changed: "
                f"{particulars.get('when', '')} instead of {particulars.get('was', '')}"
            )
        case EventKind.FOLLOW_UP_LOGGED:
            way, note = particulars.get("way", ""), particulars.get("note", "")
            by = {"": "", FollowUpWay.IN_PERSON: " in person"}.get(way, f" by {way}")
            return f"Followed up{by}: {note}" if note else f"Followed up{by}"
        case EventKind.QUESTIONS_ADDED:
            count = f"{particulars['count']} questions" if particulars.get("count", 1) > 1 else "a question"
            return f"Added {count} to prepare for the {interview}"
        case EventKind.CONTACT_LINKED:
            return f"Added {name} as a contact"
        case EventKind.CONTACT_UNLINKED:
            return f"Removed {name} from the contacts"
    return _SENTENCES[kind].format(name=name, interview=interview)


_ENTRY_POINTS = {"web": "", "worker": "automatically", "api": "via API"}
_SENTENCES = {
    EventKind.APPLICATION_DELETED: "Deleted",
    EventKind.APPLICATION_RESTORED: "Restored",
    EventKind.INTERVIEW_EDITED: "Edited the {interview}",
    EventKind.INTERVIEW_CANCELLED: "Cancelled the {interview}",
    EventKind.INTERVIEW_DONE: "Completed the {interview}",
    EventKind.INTERVIEW_MISSED: "The {interview} didn't take place",
    EventKind.INTERVIEW_REOPENED: "Put the {interview} back on the calendar",
    EventKind.INTERVIEW_DELETED: "Deleted the {interview}",
    EventKind.INTERVIEW_DEBRIEFED: "Wrote a debrief of the {interview}",
    EventKind.INTERVIEW_THANKED: "Sent a thank-you note for the {interview}",
    EventKind.CONTACT_ADDED: "Added the contact {name}",
    EventKind.CONTACT_EDITED: "Edited the contact {name}",
    EventKind.CONTACT_DELETED: "Deleted the contact {name}",
    EventKind.ACTION_SNOOZED: "Snoozed: {name}",
    EventKind.ACTION_DISMISSED: "Dismissed: {name}",
    EventKind.QUESTION_ANSWERED: "Wrote an answer for the {interview}: {name}",
    EventKind.QUESTION_REMOVED: "Removed a question from the {interview}: {name}",
    EventKind.PROFILE_CHANGED: "Profile: {name}",
    EventKind.LETTER_DRAFTED: "Drafted a cover letter",
    EventKind.LETTER_EDITED: "Edited the cover letter",
    EventKind.LETTER_SENT: "Sent the cover letter",
    EventKind.LETTER_REMOVED: "Removed a version of the cover letter",
    EventKind.LETTER_ASKED: "Asked the model for a cover letter",
    EventKind.LETTER_WRITTEN: "The model wrote a cover letter",
    EventKind.WRITING_CANCELLED: "Stopped the model",
    EventKind.QUESTIONS_ASKED: "Asked the model for interview questions",
    EventKind.QUESTIONS_SUGGESTED: "The model suggested interview questions",
}


def _stage_sentence(particulars: dict[str, Any]) -> str:
    before = Stage(particulars["from"]).label
    if particulars["to"] == Stage.CLOSED:
        outcome = Outcome(particulars["outcome"]).label.lower()
        return f"Closed as {outcome}, from {before}"
    if particulars["from"] == Stage.CLOSED:
        return f"Reopened in {Stage(particulars['to']).label}"
    return f"Moved from {before} to {Stage(particulars['to']).label}"


_SENTENCE_LABELS = {
    "salary_from": "minimum salary",
    "salary_to": "maximum salary",
    "salary_period": "salary period",
    "applied_on": "application date",
}
"""Labels in sentences, where the field's label doesn't fit."""


def _edit_sentence(particulars: dict[str, Any]) -> str:
    name = particulars["field"]
    label = _SENTENCE_LABELS.get(name) or FIELD_LABELS.get(name, name).lower()
    before, after = (_value_text(name, particulars.get(side)) for side in ("from", "to"))
    if after is None and before is None:
        return f"Edited the {label}"
    if not after:
        return f"Cleared the {label} ({before})"
    if not before:
        return f"Set the {label} to {after}"
    return f"Changed the {label} from {before} to {after}"


def _value_text(field: str, value: str | None) -> str | None:
    """Return a submitted value as text: dates spelled out, amounts with thousands separators."""
    try:
        if field in ("applied_on", "deadline", "follow_up_on") and value:
            day = date.fromisoformat(value)
            return f"{day.day} {day:%b} {day.year}"
        if field in ("salary_from", "salary_to") and value:
            return f"{Decimal(value):,}"
    except (ValueError, ArithmeticError):
        pass  # Stored by an earlier version in another format.
    return value
