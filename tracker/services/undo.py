"""Taking back an action: the log's events of one batch, each put right, and marked as undone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import M, Scope, as_uuid
from tracker.errors import Conflict, NotFound
from tracker.models import (
    Application,
    ApplicationContact,
    Contact,
    Event,
    Interview,
    Letter,
    Question,
    SetAside,
    applications,
    columns_of,
    events,
    links,
    set_aside,
)
from tracker.models.base import Owned
from tracker.services import snapshots
from tracker.services.applications.editing import parsed_or_same
from tracker.services.applications.fields import as_typed
from tracker.services.postings import posting_key
from tracker.services.priority.keeping import keep
from tracker.services.profile.changes import put_back
from tracker.shapes.words import EventKind, Stage

CHANGED_SINCE = "It was changed again since, so it was left as it is."


def undo(scope: Scope, batch: str) -> str:
    """Take back everything one action did; Conflict, and nothing done, when any of it was changed since."""
    query = (
        select(Event)
        .where(events.user_id == scope.user_id, events.batch == as_uuid(batch), events.undone_at.is_(None))
        .order_by(events.id.desc())
        .with_for_update()
    )
    happened = list(scope.session.scalars(query))
    undoable = [event for event in happened if _is_undoable(event.kind, event.particulars)]
    if not undoable:
        raise NotFound("action")
    rows = _applications(scope, undoable)
    for event in undoable:
        row = rows.get(event.application_id) if event.application_id else None
        _BACK[EventKind(event.kind)](scope, row, event.particulars)
    scope.session.flush()
    snapshots.touched(scope, *[day for event in undoable for day in _days_changed(scope, event, rows)])
    undone = [event.id for event in undoable]
    scope.session.execute(
        update(Event)
        .where(events.user_id == scope.user_id, events.id.in_(undone))
        .values(undone_at=scope.now)
    )
    scope.owe(keep, [row.id for row in rows.values()])
    return "Undone" if len(rows) < 2 else f"Undone for {len(rows)}"


def _days_changed(scope: Scope, event: Event, rows: dict[UUID | None, Application]) -> list[date | None]:
    """The days whose figures taking back an event may change, the first at least."""
    row, facts = rows.get(event.application_id), event.particulars
    days = [event.at.astimezone(scope.who.zone).date()]
    if row is None:
        return [*days]
    match EventKind(event.kind):
        case EventKind.APPLICATION_DELETED:
            return [*days, *snapshots.first_days(scope, row)]
        case EventKind.STAGE_CHANGED if facts["from"] == Stage.SAVED:
            return [*days, row.applied_on]
        case EventKind.APPLICATION_EDITED if facts["field"] == "applied_on":
            return [*days, *(date.fromisoformat(facts[way]) for way in ("from", "to") if facts.get(way))]
    return [*days]


def offered(scope: Scope) -> str:
    """The batch of the action of this transaction, if all that it did can be taken back; else nothing."""
    query = select(events.kind, events.particulars).where(
        events.user_id == scope.user_id, events.batch == scope.batch
    )
    happened = scope.rows(query)
    can_be = happened and all(_is_undoable(row["kind"], row["particulars"]) for row in happened)
    return str(scope.batch) if can_be else ""


def _is_undoable(kind: str, facts: dict[str, Any]) -> bool:
    """Whether the log knows enough of an event; of a change of a long text it doesn't."""
    return EventKind(kind) in _BACK and (
        EventKind(kind) not in _EDITS or bool({"from", "changed"} & {*facts})
    )


def _applications(scope: Scope, undoable: list[Event]) -> dict[UUID | None, Application]:
    ids = {event.application_id for event in undoable if event.application_id}
    query = (
        select(Application)
        .where(applications.user_id == scope.user_id, applications.id.in_(ids))
        .order_by(applications.id)
        .with_for_update()
    )
    found: dict[UUID | None, Application] = {row.id: row for row in scope.session.scalars(query)}
    for row in found.values():
        row.version += 1
        row.touched_at = scope.now
    return found


def _move_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    if (row.stage, row.outcome) != (facts["to"], facts["outcome"]):
        raise Conflict(CHANGED_SINCE)
    row.stage, row.outcome = facts["from"], facts["from_outcome"]
    row.stage_since = datetime.fromisoformat(facts["from_since"])
    row.furthest = facts["from_furthest"]
    for stage in list(Stage)[Stage(row.furthest).rank + 1 : Stage.CLOSED.rank]:
        setattr(row, f"{stage}_at", None)
    if "follow_up_on" in facts and row.follow_up_on == _day(facts["follow_up_on"]):
        row.follow_up_on = _day(facts["from_follow_up_on"])
    set_on = facts.get("set_applied_on")
    if set_on and row.applied_on == date.fromisoformat(set_on):
        row.applied_on = None


def _bring_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    row.deleted_at = None


def _edit_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    field = facts["field"]
    before, after = facts["changed"][field] if "changed" in facts else (facts["from"], facts["to"])
    if as_typed(getattr(row, field)) != after:
        raise Conflict(CHANGED_SINCE)
    setattr(row, field, parsed_or_same(field, before))
    if field == "posting_url":
        row.posting_key = posting_key(row.posting_url)


def _follow_up_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    row.follow_up_on = _day(facts.get("follow_up_on"))


def _day(plain: str | None) -> date | None:
    return date.fromisoformat(plain) if plain else None


def _not_thanked(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _still_there(scope, Interview, facts["id"]).thanked_at = None


def _taken_up_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    scope.session.execute(
        delete(SetAside).where(
            set_aside.user_id == scope.user_id,
            set_aside.application_id == row.id,
            set_aside.kind == facts["action"],
            set_aside.about == facts["about"],
        )
    )


def _interview_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _set_back(scope, _still_there(scope, Interview, facts["id"]), facts["changed"])


def _contact_back(scope: Scope, row: None, facts: dict[str, Any]) -> None:
    _set_back(scope, _still_there(scope, Contact, facts["id"]), facts["changed"])


def _set_back(scope: Scope, row: Interview | Contact, changed: dict[str, Any]) -> None:
    for name, (before, after) in changed.items():
        if getattr(row, name) != _kept(type(row), name, after):
            raise Conflict(CHANGED_SINCE)
        setattr(row, name, _kept(type(row), name, before))
    row.touched_at = scope.now


def _interview_unscheduled(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    interview = _still_there(scope, Interview, facts["id"])
    at = _kept(Interview, "starts_at", facts["starts_at"])
    if (interview.state, interview.starts_at, interview.debrief) != ("scheduled", at, ""):
        raise Conflict(CHANGED_SINCE)
    scope.session.delete(interview)


def _interview_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _restore(scope, Interview, facts["row"])
    for question in facts.get("questions", ()):
        _restore(scope, Question, question)


def _question_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _still_there(scope, Interview, facts["row"]["interview_id"])
    _restore(scope, Question, facts["row"])


def _letter_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _restore(scope, Letter, facts["row"])


def _letter_unsent(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    letter = _still_there(scope, Letter, facts["id"])
    if letter.sent_on != _day(facts["on"]):
        raise Conflict(CHANGED_SINCE)
    letter.sent_on = None


def _contact_restored(scope: Scope, row: Application | None, facts: dict[str, Any]) -> None:
    _restore(scope, Contact, facts["row"])
    wanted = {UUID(application) for application in facts["applications"]}
    there = scope.session.scalars(
        select(applications.id).where(applications.user_id == scope.user_id, applications.id.in_(wanted))
    )
    for application_id in there:
        scope.owe(keep, [application_id])
        _link(scope, application_id, UUID(facts["row"]["id"]))


def _contact_linked_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _link(scope, row.id, _still_there(scope, Contact, facts["contact"]).id)


def _contact_unlinked_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    scope.session.execute(
        delete(ApplicationContact).where(
            links.user_id == scope.user_id,
            links.application_id == row.id,
            links.contact_id == UUID(facts["contact"]),
        )
    )


def _link(scope: Scope, application_id: UUID, contact_id: UUID) -> None:
    made = insert(ApplicationContact).values(
        user_id=scope.user_id, application_id=application_id, contact_id=contact_id
    )
    scope.session.execute(made.on_conflict_do_nothing())


def _restore(scope: Scope, model: type[Owned], row: dict[str, Any]) -> None:
    """Put a deleted row back as the log kept it, its identifier and times included."""
    kept = {name: _kept(model, name, value) for name, value in row.items()}
    scope.session.execute(insert(model).values(user_id=scope.user_id, **kept))


def _kept(model: type[Owned], name: str, plain: Any) -> Any:
    """The value of a column that the log holds as JSON: instants and identifiers are text there."""
    kind = columns_of(model)[name].type.python_type
    if plain is None or kind not in (datetime, UUID):
        return plain
    return datetime.fromisoformat(plain) if kind is datetime else UUID(plain)


def _still_there(scope: Scope, model: type[M], row_id: str) -> M:
    try:
        return scope.get(model, row_id, lock=True)
    except NotFound:
        raise Conflict(CHANGED_SINCE) from None


_BACK: dict[EventKind, Callable[[Scope, Any, dict[str, Any]], None]] = {
    EventKind.STAGE_CHANGED: _move_back,
    EventKind.APPLICATION_DELETED: _bring_back,
    EventKind.APPLICATION_EDITED: _edit_back,
    EventKind.FOLLOW_UP_LOGGED: _follow_up_back,
    EventKind.INTERVIEW_SCHEDULED: _interview_unscheduled,
    EventKind.INTERVIEW_MOVED: _interview_back,
    EventKind.INTERVIEW_REOPENED: _interview_back,
    EventKind.INTERVIEW_CANCELLED: _interview_back,
    EventKind.INTERVIEW_DONE: _interview_back,
    EventKind.INTERVIEW_MISSED: _interview_back,
    EventKind.INTERVIEW_EDITED: _interview_back,
    EventKind.INTERVIEW_DEBRIEFED: _interview_back,
    EventKind.INTERVIEW_DELETED: _interview_restored,
    EventKind.INTERVIEW_THANKED: _not_thanked,
    EventKind.ACTION_SNOOZED: _taken_up_again,
    EventKind.ACTION_DISMISSED: _taken_up_again,
    EventKind.QUESTION_REMOVED: _question_restored,
    EventKind.LETTER_REMOVED: _letter_restored,
    EventKind.LETTER_SENT: _letter_unsent,
    EventKind.CONTACT_EDITED: _contact_back,
    EventKind.CONTACT_DELETED: _contact_restored,
    EventKind.CONTACT_LINKED: _contact_unlinked_again,
    EventKind.CONTACT_UNLINKED: _contact_linked_again,
    EventKind.PROFILE_CHANGED: put_back,
}

_EDITS = (
    EventKind.APPLICATION_EDITED,
    EventKind.INTERVIEW_EDITED,
    EventKind.INTERVIEW_DEBRIEFED,
    EventKind.CONTACT_EDITED,
)
