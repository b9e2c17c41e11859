"""An interview's page: read, edit, change its state, debrief and delete."""

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.interviews import interview_lists, scheduling, state_changes
from tracker.services.pages.action import act, edit, read_or_none
from tracker.shapes.enumerations import InterviewState
from tracker.shapes.interviews import InterviewPage
from tracker.shapes.notice import Done


def page(scope: Scope, interview_id: str) -> InterviewPage | None:
    """Return the interview and those that overlap it; None if it doesn't exist."""
    return read_or_none(_page, scope, interview_id)


def edit_field(
    scope: Scope, interview_id: str, field: str, value: str, was: str, fold: str
) -> Done[InterviewPage | None]:
    """Change one field; `fold` chooses between two instants of one local time. Raises Conflict."""
    done = edit(scope, scheduling.edit, interview_id, {field: value, "fold": fold}, {field: was})
    return done.showing(page(scope, interview_id))


def debrief(scope: Scope, interview_id: str, text: str, rating: str, was: str) -> Done[InterviewPage | None]:
    """Save the debrief; raises Conflict if the stored one is no longer `was`."""
    done = edit(scope, state_changes.debrief, interview_id, text, rating, was)
    return done.showing(page(scope, interview_id))


def settle(scope: Scope, interview_id: str, state: str) -> Done[InterviewPage | None]:
    """Mark the interview as done, cancelled or missed, or schedule it again."""
    match state:
        case InterviewState.DONE:
            done = act(scope, "", state_changes.mark_done, interview_id)
        case InterviewState.CANCELLED:
            done = act(scope, "", state_changes.cancel, interview_id)
        case InterviewState.NO_SHOW:
            done = act(scope, "", state_changes.no_show, interview_id)
        case InterviewState.SCHEDULED:
            done = act(scope, "", state_changes.reopen, interview_id)
        case _:
            raise NotFound("state")
    return done.showing(page(scope, interview_id))


def delete(scope: Scope, interview_id: str, key: str) -> Done[None]:
    """Delete the interview."""
    return act(scope, key, state_changes.delete, interview_id)


def _page(scope: Scope, interview_id: str) -> InterviewPage:
    detail = interview_lists.detail(scope, interview_id)
    if not detail.line.is_scheduled or detail.line.is_past:
        return InterviewPage(detail, [])
    typed = detail.typed
    return InterviewPage(
        detail,
        scheduling.clashes(
            scope, typed["starts_at"], typed["zone"], typed["minutes"], detail.line.id, typed["fold"]
        ),
    )
