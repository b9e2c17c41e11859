"""The Today page: what can be done about due actions."""

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services import dashboard
from tracker.services.actions import action_decisions, bulk_completion
from tracker.services.applications import stage_moves
from tracker.services.pages.action import act
from tracker.shapes.dashboard import Dashboard
from tracker.shapes.enumerations import ActionKind
from tracker.shapes.notice import Done


def follow_up(scope: Scope, application_id: str, expanded: str, key: str) -> Done[Dashboard]:
    """Log a follow-up; return the dashboard with the group `expanded` shown completely."""
    return act(scope, key, stage_moves.follow_up, application_id).showing(dashboard.today(scope, expanded))


def thank(scope: Scope, interview_id: str, expanded: str, key: str) -> Done[Dashboard]:
    """Record that a thank-you note was sent."""
    return act(scope, key, action_decisions.mark_thanked, interview_id).showing(
        dashboard.today(scope, expanded)
    )


def move(scope: Scope, application_id: str, stage: str, outcome: str, expanded: str) -> Done[Dashboard]:
    """Move an application to a stage, or close it with an outcome."""
    done = act(scope, "", stage_moves.move, [application_id], stage, outcome)
    return done.showing(dashboard.today(scope, expanded))


def complete_all(scope: Scope, kind: str, expanded: str, key: str) -> Done[Dashboard]:
    """Complete all due actions of a kind: log follow-ups, mark thank-you notes as sent, or close."""
    if kind not in _BULK_COMPLETIONS:
        raise NotFound("action")
    return act(scope, key, _BULK_COMPLETIONS[kind]).showing(dashboard.today(scope, expanded))


_BULK_COMPLETIONS = {
    ActionKind.FOLLOW_UP.value: bulk_completion.follow_up_all,
    ActionKind.THANK_YOU.value: bulk_completion.thank_all,
    ActionKind.CLOSE.value: bulk_completion.close_all,
}


def snooze(
    scope: Scope, application_id: str, kind: str, about: str, days: int, expanded: str
) -> Done[Dashboard]:
    """Snooze an action for `days` days."""
    done = act(scope, "", action_decisions.snooze, application_id, kind, about, days)
    return done.showing(dashboard.today(scope, expanded))


def dismiss(scope: Scope, application_id: str, kind: str, about: str, expanded: str) -> Done[Dashboard]:
    """Dismiss an action."""
    done = act(scope, "", action_decisions.dismiss, application_id, kind, about)
    return done.showing(dashboard.today(scope, expanded))
