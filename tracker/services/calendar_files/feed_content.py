"""The content of the calendar feed and of downloaded calendar files."""

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Interview, interviews
from tracker.services.calendar_files.entries import PAST, dated_entries, interview_entries
from tracker.services.calendar_files.ics import as_ics
from tracker.services.interviews.interview_items import ends_at
from tracker.shapes.calendar_files import FeedContents
from tracker.shapes.enumerations import ActionKind, InterviewState


def feed(scope: Scope, contents: FeedContents) -> bytes:
    """Return the calendar file of a feed: what is ahead, and interviews of the last 90 days."""
    deadlines = (ActionKind.APPLY, ActionKind.DECIDE) if contents.deadlines else ()
    follow_ups = (ActionKind.FOLLOW_UP,) if contents.follow_ups else ()
    recent = interviews.starts_at > scope.now - PAST
    entries = interview_entries(scope, recent, has_alarms=contents.reminders) if contents.interviews else []
    dated = dated_entries(scope, (*deadlines, *follow_ups), contents.reminders)
    return as_ics("Pursuit", [*entries, *dated])


def one_interview(scope: Scope, interview_id: str) -> bytes:
    """Return the calendar file of one interview. Raises NotFound when its application was deleted."""
    entries = interview_entries(scope, interviews.id == as_uuid(interview_id, Interview))
    if not entries:
        raise NotFound("interview")
    return as_ics(entries[0].summary, entries)


def upcoming_interviews(scope: Scope) -> bytes:
    """Return the calendar file of all scheduled interviews that aren't over."""
    is_ahead = (interviews.state == InterviewState.SCHEDULED) & (ends_at() > scope.now)
    return as_ics("Interviews", interview_entries(scope, is_ahead))
