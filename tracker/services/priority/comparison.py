"""Explained scores: the reasons of one application, and two compared factor by factor."""

from typing import Any

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application
from tracker.services.priority.score import CAPS, score, signed_points
from tracker.services.priority.score_facts import wishes_of, with_wishes
from tracker.services.priority.stored_scores import ScoreUpdate, facts_now, write
from tracker.shapes.priority import ComparedFactor, Comparison, ExplainedScore, Reason


def explain(scope: Scope, application_id: str) -> ExplainedScore:
    """Return an application's current score with its reasons; a stored score that differs is updated."""
    return _explained(scope, [application_id])[0]


def compare(scope: Scope, left_id: str, right_id: str) -> Comparison:
    """Compare two applications by every factor, the widest difference first."""
    explained = {item.id: item for item in _explained(scope, [left_id, right_id])}
    left, right = (explained[str(as_uuid(row_id, Application))] for row_id in (left_id, right_id))
    lines = [_line(*pair) for pair in _pairs(left, right)]
    differing = [line for line in lines if line.favours]
    equal = [line.label for line in lines if not line.favours]
    apart = signed_points(left.score - right.score)
    return Comparison(left, right, differing, ", ".join(equal), _answer(left, right, differing), apart)


def _explained(scope: Scope, ids: list[str]) -> list[ExplainedScore]:
    ids_wanted = {as_uuid(row_id, Application) for row_id in ids}
    rows = with_wishes(scope, ids_wanted)
    if len(rows) != len(ids_wanted):
        raise NotFound("application")
    wishes, setting = wishes_of(scope, rows[0]["wishes"])
    explained, updates = [], []
    for row in rows:
        facts, words = facts_now(scope, row, wishes)
        scored = score(facts, wishes, setting)
        update = ScoreUpdate(row["id"], row["score"], scored.total, words)
        if (update.was, words) != (update.score, list(row["found"] or ())):
            updates.append(update)
        explained.append(_explanation(row, update, scored.reasons))
    write(scope, updates)
    return explained


def _explanation(row: Any, update: ScoreUpdate, reasons: list[Reason]) -> ExplainedScore:
    return ExplainedScore(
        id=str(row["id"]),
        role=row["role"],
        company=row["company"],
        score=update.score,
        reasons=[reason for reason in reasons if reason.points or reason.factor in CAPS],
        silent=[reason for reason in reasons if not reason.points and reason.factor not in CAPS],
        was=update.score if update.was is None else update.was,
    )


def _pairs(left: ExplainedScore, right: ExplainedScore) -> list[tuple[Reason | None, Reason | None]]:
    sides = [
        {reason.factor: reason for reason in (*side_explained.reasons, *side_explained.silent)}
        for side_explained in (left, right)
    ]
    names = [name for name in dict.fromkeys([*sides[0], *sides[1]]) if name != "start"]
    pairs = [(sides[0].get(name), sides[1].get(name)) for name in names]
    return sorted(pairs, key=lambda pair: -abs(_points(pair[0]) - _points(pair[1])))


def _points(reason: Reason | None) -> int:
    return reason.points if reason else 0


_NOTHING = Reason("", "", 0, "")


def _line(left: Reason | None, right: Reason | None) -> ComparedFactor:
    ahead = _points(left) - _points(right)
    return ComparedFactor(
        label=(left or right or _NOTHING).label,
        left=left.signed if left else "0",
        right=right.signed if right else "0",
        ahead=signed_points(ahead),
        left_sentence=left.sentence if left else "Doesn't apply.",
        right_sentence=right.sentence if right else "Doesn't apply.",
        favours="left" if ahead > 0 else "right" if ahead < 0 else "",
    )


def _answer(left: ExplainedScore, right: ExplainedScore, lines: list[ComparedFactor]) -> str:
    apart = left.score - right.score
    if not apart:
        return f"Both have a score of {left.score}."
    above, below, side = (left, right, "left") if apart > 0 else (right, left, "right")
    why = [line.label.lower() for line in lines if line.favours == side][:3]
    points = "1 point" if abs(apart) == 1 else f"{abs(apart)} points"
    return (
        f"{above.role} at {above.company} ranks {points} above {below.role} at {below.company}, "
        f"mainly because of its {' and '.join([', '.join(why[:-1]), why[-1]] if len(why) > 1 else why)}."
    )
