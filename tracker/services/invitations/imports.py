"""Importing an invitation: a new interview, another time, or a cancellation."""

from datetime import date

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.models import Application, Interview, applications, interviews
from tracker.services.interviews import scheduling, state_changes
from tracker.services.interviews.interview_fields import as_typed
from tracker.services.invitations.application_guess import guessed_kind
from tracker.services.invitations.calendar_text import unreadable
from tracker.services.local_days import exact_moment
from tracker.shapes.dates import exact_day
from tracker.shapes.enumerations import Door, InterviewKind, InterviewState
from tracker.shapes.invitations import Invitation, InvitationAction, InvitationPlan

NOT_IMPORTED = "This cancels a meeting that isn't in Pursuit, so there is nothing to cancel."
OUTDATED = "Pursuit has a newer version of this invitation. Nothing was changed."
CANCELLED = "This interview is already cancelled."
IMPORTED = "This invitation is already on your calendar."


def plan(scope: Scope, invitation: Invitation) -> InvitationPlan:
    """Return what importing an invitation would do; raises Invalid with the reason when it does nothing.

    An interview that came from the same invitation (by its UID) is moved or cancelled.
    """
    row = _imported_interview(scope, invitation)
    if row is None:
        return InvitationPlan(InvitationAction.SCHEDULE, _day_sentence(scope, invitation), {}, "", "")
    current, times = as_typed(row), _times(invitation)
    typed = {name: times[name] or current[name] for name in ("minutes", "place")}
    typed |= {name: times[name] for name in ("starts_at", "zone", "fold")}
    noun, now = InterviewKind(row.kind).noun, exact_moment(scope, row.starts_at)
    if invitation.is_cancelled:
        action, sentence = InvitationAction.CANCEL, f"Cancels the {noun} on {now}."
    else:
        action, sentence = InvitationAction.MOVE, f"Moves the {noun} from {now}."
    day = _day_sentence(scope, invitation)
    return InvitationPlan(action, f"{sentence} {day}".strip(), typed, str(row.id), str(row.application_id))


def typed_fields(scope: Scope, invitation: Invitation, application_id: str) -> dict[str, str]:
    """Return the values of a new interview's form, for an application if one is given."""
    blank = scheduling.blank(scope, application_id) if application_id else {"round": "1"}
    kind = guessed_kind(invitation) or blank.get("kind", InterviewKind.OTHER.value)
    return {**blank, "kind": kind, "interviewers": invitation.interviewers, **_times(invitation)}


def import_invitation(
    scope: Scope, invitation: Invitation, application_id: str, typed: dict[str, str]
) -> str:
    """Schedule, move or cancel the interview of an invitation as confirmed, and store its version.

    Raises Invalid for an invalid field, a missing application, or when a newer version was imported meanwhile.
    """
    scope.door = Door.IMPORT
    planned = plan(scope, invitation)
    match planned.action:
        case InvitationAction.SCHEDULE:
            if not application_id:
                raise Invalid({"application": "Which application is it for?"})
            interview_id = scheduling.schedule(scope, application_id, typed)
            message = f"{InterviewKind(typed.get('kind') or 'other').noun.capitalize()} scheduled"
        case InvitationAction.MOVE:
            interview_id = planned.interview_id
            message = scheduling.move(scope, interview_id, typed)
            scheduling.edit(scope, interview_id, {"place": typed.get("place", "")})
        case InvitationAction.CANCEL:
            interview_id = planned.interview_id
            message = state_changes.cancel(scope, interview_id)
    _store_version(scope, interview_id, invitation)
    return message


def _imported_interview(scope: Scope, invitation: Invitation) -> Interview | None:
    """Return the interview of an invitation, locked, or None.

    Raises Invalid when the invitation would change nothing.
    """
    i, a = interviews, applications
    query = (
        select(Interview)
        .join(Application, (a.user_id == i.user_id) & (a.id == i.application_id))
        .where(i.user_id == scope.user_id, i.invitation_uid == invitation.uid, a.deleted_at.is_(None))
        .order_by(i.created_at.desc(), i.id.desc())
        .limit(1)
        .with_for_update(of=Interview)
    )
    row: Interview | None = scope.session.scalars(query).one_or_none() if invitation.uid else None
    if row is not None:
        _require_change(row, invitation)
    elif invitation.is_cancelled:
        raise unreadable(NOT_IMPORTED)
    return row


def _require_change(row: Interview, invitation: Invitation) -> None:
    stored = Invitation.version_of(row.invitation_sequence, row.invitation_stamp)
    is_cancelled = row.state == InterviewState.CANCELLED
    if invitation.version < stored:
        raise unreadable(OUTDATED)
    if is_cancelled and invitation.is_cancelled:
        raise unreadable(CANCELLED)
    current = as_typed(row)
    is_same = all(current[name] == value for name, value in _times(invitation).items() if value)
    if invitation.version == stored and is_same and not is_cancelled and not invitation.is_cancelled:
        raise unreadable(IMPORTED)


def _store_version(scope: Scope, interview_id: str, invitation: Invitation) -> None:
    row = scope.get(Interview, interview_id)
    row.invitation_uid, row.invitation_sequence = invitation.uid, invitation.sequence
    row.invitation_stamp = invitation.stamp


def _times(invitation: Invitation) -> dict[str, str]:
    return {
        "starts_at": invitation.starts_at,
        "zone": invitation.zone,
        "fold": invitation.fold,
        "minutes": str(invitation.minutes),
        "place": invitation.place,
    }


def _day_sentence(scope: Scope, invitation: Invitation) -> str:
    """Return the request for the time of a whole-day invitation; empty for one with a time."""
    if not invitation.day or invitation.is_cancelled:
        return ""
    day = exact_day(date.fromisoformat(invitation.day), scope.who.locale)
    return f"It is for all of {day}, without a time: enter when the interview starts."
