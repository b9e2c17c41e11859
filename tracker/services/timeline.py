"""The event log: one function writes it, one function words it."""

from collections.abc import Iterable, Mapping, Sequence
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
from tracker.services.applications.field_labels import FIELD_LABELS
from tracker.services.interviews.interview_items import exact_moment
from tracker.services.prepared_queries import prepared_query
from tracker.services.priority.stored_scores import rescore
from tracker.shapes.dates import clock_time, day_in_words, time_of
from tracker.shapes.timeline import Day, Entry
from tracker.shapes.words import EventKind, InterviewKind, Outcome, Stage

PAGE = 100
TAKEN_BACK_UP_TO = 2000
"""Longest text, in characters, that the log keeps so that a change of it can be taken back."""


def both(changed: dict[str, list[Any]]) -> dict[str, Any]:
    """The values before and after a change, for its event; nothing where one is a text too long for the log."""
    texts = (value for pair in changed.values() for value in pair if isinstance(value, str))
    return {"changed": changed} if all(len(text) <= TAKEN_BACK_UP_TO for text in texts) else {}


def whole(row: Owned) -> dict[str, Any]:
    """A row as the log keeps it so that it can be brought back: every column but whose it is and what is worked out, as JSON."""
    kept = [column.name for column in columns_of(type(row)) if column.computed is None]
    return {name: _plain(getattr(row, name)) for name in kept if name != "user_id"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def record(scope: Scope, kind: EventKind, application_id: UUID | None, **particulars: Any) -> None:
    """Append one event of this action to the log."""
    record_many(scope, kind, [(application_id, particulars)])


def record_many(
    scope: Scope, kind: EventKind, happened: Iterable[tuple[UUID | None, dict[str, Any]]]
) -> None:
    """Append one event for each application of a bulk action, all of one batch."""
    named = list(happened)
    rows = [
        {
            "user_id": scope.user_id,
            "application_id": application_id,
            "kind": kind.value,
            "at": scope.now,
            "door": scope.door.value,
            "batch": scope.batch,
            "particulars": particulars,
        }
        for application_id, particulars in named
    ]
    if rows:
        scope.has_happened = True
        scope.session.execute(insert(events.id.table), rows)
    if kind is not EventKind.APPLICATION_DELETED:
        scope.owe(rescore, [row_id for row_id, _ in named if row_id])


def of_application(scope: Scope, application_id: UUID | str) -> list[Day]:
    """What happened to an application, the latest day first, at most a hundred entries."""
    row_id = as_uuid(application_id, Application)
    (row,) = scope.rows(select(log_of(scope, row_id).label("log")))
    return days_of(scope, row["log"])


def log_of(scope: Scope, row_id: Any) -> ScalarSelect[Any]:
    """The latest hundred entries of an application's log as one column, so that they come with what else is read of it."""
    latest = (
        select(events.id, events.kind, events.at, events.door, events.particulars, events.undone_at)
        .where(events.user_id == scope.user_id, events.application_id == row_id)
        .order_by(events.at.desc(), events.id.desc())
        .limit(PAGE)
        .subquery()
    )
    entry = aggregate_order_by(func.to_jsonb(latest.table_valued()), latest.c.at.desc(), latest.c.id.desc())
    return select(func.coalesce(func.jsonb_agg(entry), text("'[]'"))).scalar_subquery()


def days_of(scope: Scope, log: list[dict[str, Any]]) -> list[Day]:
    """Such a column in words, day by day; its entries don't name the application they are shown on."""
    nameless = {"application_id": None, "company": "", "role": ""}
    return _days(scope, [{**nameless, **one, "at": datetime.fromisoformat(one["at"])} for one in log])


def recent(scope: Scope, limit: int = 12) -> list[Entry]:
    """The latest entries of the whole search; the writing of the profile isn't among them."""
    return [_entry(scope, row, when=day_in_words) for row in _recent(scope, limit)]


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


def _entry(scope: Scope, row: Row, when: Any = None) -> Entry:
    local = row["at"].astimezone(scope.who.zone)
    clock_time = time_of(row["at"], scope.who.zone, scope.who.locale)
    return Entry(
        id=str(row["id"]),
        sentence=sentence(EventKind(row["kind"]), _as_read(scope, row["particulars"])),
        at=when(local.date(), scope.today, scope.who.locale) if when else clock_time,
        door="" if row["door"] == "web" else f"by {row['door']}",
        was_undone=row["undone_at"] is not None,
        application_id=str(row["application_id"] or ""),
        subject=f"{row['role']} at {row['company']}" if row["company"] else "",
        kind=row["kind"].partition(".")[0],
    )


def _as_read(scope: Scope, facts: dict[str, Any]) -> dict[str, Any]:
    """An event's particulars with the times of its interview as its reader's clock shows them.

    Earlier versions kept words too, in the zone the person had then: they stay where there is no instant.
    """
    was, when = facts.get("changed", {}).get("starts_at", (None, facts.get("starts_at")))
    kept = {"was": was, "when": when}
    words = {name: exact_moment(scope, datetime.fromisoformat(at)) for name, at in kept.items() if at}
    if "wall_time" in facts:
        words["clock"] = clock_time(datetime.fromisoformat(facts["wall_time"]).time(), scope.who.locale)
    return {**facts, **words}


def sentence(kind: EventKind, facts: dict[str, Any]) -> str:
    """What happened, as one plain sentence without a subject: the page shows whose it is."""
    name = facts.get("name", "")
    interview = InterviewKind(facts["interview"]).label.lower() if facts.get("interview") else "interview"
    match kind:
        case EventKind.STAGE_CHANGED:
            return _stage_sentence(facts)
        case EventKind.APPLICATION_EDITED:
            return _edit_sentence(facts)
        case EventKind.APPLICATION_ADDED:
            return f"Added to {Stage(facts.get('stage', 'saved')).label}"
        case EventKind.INTERVIEW_SCHEDULED:
            return f"Scheduled: {interview}, {facts.get('when', '')}"
        case EventKind.INTERVIEW_MOVED if facts.get("was") == facts.get("when"):
            return f"Changed how long the {interview} takes, or its time zone"
        case EventKind.INTERVIEW_MOVED:
            return f"Moved the {interview} from {facts.get('was', '')} to {facts.get('when', '')}"
        case EventKind.INTERVIEW_REALIGNED:
            return (
                f"Kept the {interview} at {facts.get('clock', '')} in {facts.get('place', '')}, where the clocks follow "
                f"new rules: {facts.get('when', '')} instead of {facts.get('was', '')}"
            )
        case EventKind.QUESTIONS_ADDED:
            count = f"{facts['count']} questions" if facts.get("count", 1) > 1 else "a question"
            return f"Added {count} to prepare for the {interview}"
        case EventKind.CONTACT_LINKED:
            return f"Added {name} as a contact"
        case EventKind.CONTACT_UNLINKED:
            return f"Removed {name} from the contacts"
    return _PLAIN[kind].format(name=name, interview=interview)


_PLAIN = {
    EventKind.APPLICATION_DELETED: "Deleted",
    EventKind.APPLICATION_RESTORED: "Restored",
    EventKind.FOLLOW_UP_LOGGED: "Followed up",
    EventKind.INTERVIEW_EDITED: "Edited the {interview}",
    EventKind.INTERVIEW_CANCELLED: "Cancelled the {interview}",
    EventKind.INTERVIEW_DONE: "Had the {interview}",
    EventKind.INTERVIEW_MISSED: "The {interview} didn't take place",
    EventKind.INTERVIEW_REOPENED: "Put the {interview} back on the calendar",
    EventKind.INTERVIEW_DELETED: "Deleted the {interview}",
    EventKind.INTERVIEW_DEBRIEFED: "Wrote a debrief of the {interview}",
    EventKind.INTERVIEW_THANKED: "Said thank you for the {interview}",
    EventKind.CONTACT_ADDED: "Added the contact {name}",
    EventKind.CONTACT_EDITED: "Edited the contact {name}",
    EventKind.CONTACT_DELETED: "Deleted the contact {name}",
    EventKind.ACTION_SNOOZED: "Put off: {name}",
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


def _stage_sentence(facts: dict[str, Any]) -> str:
    before = Stage(facts["from"]).label
    if facts["to"] == Stage.CLOSED:
        outcome = Outcome(facts["outcome"]).label.lower()
        return f"Closed as {outcome}, from {before}"
    if facts["from"] == Stage.CLOSED:
        return f"Reopened in {Stage(facts['to']).label}"
    return f"Moved from {before} to {Stage(facts['to']).label}"


_IN_A_SENTENCE = {
    "salary_from": "lower salary",
    "salary_to": "upper salary",
    "salary_period": "period of the salary",
    "applied_on": "day of sending",
}
"""Fields whose labels don't fit into a sentence."""


def _edit_sentence(facts: dict[str, Any]) -> str:
    name = facts["field"]
    label = _IN_A_SENTENCE.get(name) or FIELD_LABELS.get(name, name).lower()
    before, after = (_as_said(name, facts.get(side)) for side in ("from", "to"))
    if after is None and before is None:
        return f"Edited the {label}"
    if not after:
        return f"Cleared the {label} ({before})"
    if not before:
        return f"Set the {label} to {after}"
    return f"Changed the {label} from {before} to {after}"


def _as_said(field: str, value: str | None) -> str | None:
    """A value that was typed, as people say it: a day in words, a sum with its thousands apart, the rest as it is."""
    try:
        if field in ("applied_on", "deadline", "follow_up_on") and value:
            day = date.fromisoformat(value)
            return f"{day.day} {day:%b} {day.year}"
        if field in ("salary_from", "salary_to") and value:
            return f"{Decimal(value):,}"
    except (ValueError, ArithmeticError):
        pass  # kept by an earlier version in other words
    return value
