"""Completion of all due actions of a kind, undone together."""

from tracker.db import Scope
from tracker.services.actions.action_decisions import mark_thanked
from tracker.services.actions.action_list import due_ids
from tracker.services.applications.stage_moves import follow_up, move
from tracker.shapes.enumerations import ActionKind, Outcome, Stage


def close_all(scope: Scope) -> str:
    """Close the applications listed to be closed, as expired or as no response; at most 500."""
    due = due_ids(scope, ActionKind.CLOSE)
    expired = [str(row["application_id"]) for row in due if row["stage"] == Stage.SAVED]
    silent = [str(row["application_id"]) for row in due if row["stage"] != Stage.SAVED]
    closings = ((silent, Outcome.NO_RESPONSE), (expired, Outcome.EXPIRED))
    sentences = [move(scope, ids, Stage.CLOSED, outcome) for ids, outcome in closings if ids]
    return ". ".join(sentences) or "Nothing is left to close"


def follow_up_all(scope: Scope) -> str:
    """Log a follow-up of every application for which one is due; at most 500."""
    due = due_ids(scope, ActionKind.FOLLOW_UP)
    for row in due:
        follow_up(scope, str(row["application_id"]))
    return _counted(len(due), "follow-up", "logged")


def thank_all(scope: Scope) -> str:
    """Store a thank-you for every interview for which one is due; at most 500."""
    due = due_ids(scope, ActionKind.THANK_YOU)
    for row in due:
        mark_thanked(scope, str(row["interview_id"]))
    return _counted(len(due), "thank-you note", "marked as sent")


def _counted(number: int, noun: str, verb: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'} {verb}"
