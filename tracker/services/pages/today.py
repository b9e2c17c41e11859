"""Today: the actions on what is due."""

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services import dashboard
from tracker.services.actions import bulk_responses, responses
from tracker.services.applications import stage_moves
from tracker.services.pages.action import act
from tracker.shapes.dashboard import Dashboard
from tracker.shapes.notice import Done
from tracker.shapes.words import ActionKind


def follow_up(scope: Scope, application_id: str, expanded: str, key: str) -> Done[Dashboard]:
    """Log a follow-up; the dashboard with one group of actions expanded."""
    return act(scope, key, stage_moves.follow_up, application_id).showing(dashboard.today(scope, expanded))


def thank(scope: Scope, interview_id: str, expanded: str, key: str) -> Done[Dashboard]:
    """Note that a thank-you was sent."""
    return act(scope, key, responses.mark_thanked, interview_id).showing(dashboard.today(scope, expanded))


def move(scope: Scope, application_id: str, stage: str, outcome: str, expanded: str) -> Done[Dashboard]:
    """Move an application to a stage, or close it with an outcome."""
    done = act(scope, "", stage_moves.move, [application_id], stage, outcome)
    return done.showing(dashboard.today(scope, expanded))


def respond_to_all(scope: Scope, kind: str, expanded: str, key: str) -> Done[Dashboard]:
    """Complete all due actions of a kind: log follow-ups, mark thank-you notes as sent, or close."""
    if kind not in _BULK_RESPONSES:
        raise NotFound("action")
    return act(scope, key, _BULK_RESPONSES[kind]).showing(dashboard.today(scope, expanded))


_BULK_RESPONSES = {
    ActionKind.FOLLOW_UP.value: bulk_responses.follow_up_all,
    ActionKind.THANK_YOU.value: bulk_responses.thank_all,
    ActionKind.CLOSE.value: bulk_responses.close_all,
}


def snooze(
    scope: Scope, application_id: str, kind: str, about: str, days: int, expanded: str
) -> Done[Dashboard]:
    """Put an action off for so many days."""
    done = act(scope, "", responses.snooze, application_id, kind, about, days)
    return done.showing(dashboard.today(scope, expanded))


def dismiss(scope: Scope, application_id: str, kind: str, about: str, expanded: str) -> Done[Dashboard]:
    """Take an action off the list."""
    done = act(scope, "", responses.dismiss, application_id, kind, about)
    return done.showing(dashboard.today(scope, expanded))
