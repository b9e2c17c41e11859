"""Scores explained: one application's reasons, and two held against each other factor by factor."""

from typing import Any

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application
from tracker.services.priority.facts import wishes_of, with_wishes
from tracker.services.priority.keeping import Kept, facts_now, write
from tracker.services.priority.score import score, signed_points
from tracker.shapes.priority import Compared, Comparison, Explained, Reason


def explain(scope: Scope, application_id: str) -> Explained:
    """An application's score worked out now, with its reasons; where the kept one differs, this one is kept instead."""
    return _explained(scope, [application_id])[0]


def compare(scope: Scope, left_id: str, right_id: str) -> Comparison:
    """Why one application stands above another: every factor of both, the widest difference first."""
    found = {one.id: one for one in _explained(scope, [left_id, right_id])}
    left, right = (found[str(as_uuid(row_id, Application))] for row_id in (left_id, right_id))
    lines = [_line(*pair) for pair in _pairs(left, right)]
    differing = [line for line in lines if line.favours]
    alike = [line.label for line in lines if not line.favours]
    apart = signed_points(left.score - right.score)
    return Comparison(left, right, differing, ", ".join(alike), _answer(left, right, differing), apart)


def _explained(scope: Scope, ids: list[str]) -> list[Explained]:
    wanted = {as_uuid(row_id, Application) for row_id in ids}
    rows = with_wishes(scope, wanted)
    if len(rows) != len(wanted):
        raise NotFound("application")
    wished, setting = wishes_of(scope, rows[0]["wishes"])
    explained, new = [], []
    for row in rows:
        facts, found = facts_now(scope, row, wished)
        told = score(facts, wished, setting)
        one = Kept(row["id"], row["score"], told.total, found)
        if (one.was, found) != (one.score, list(row["found"] or ())):
            new.append(one)
        explained.append(_said(row, one, told.reasons))
    write(scope, new)
    return explained


def _said(row: Any, one: Kept, reasons: list[Reason]) -> Explained:
    return Explained(
        id=str(row["id"]),
        role=row["role"],
        company=row["company"],
        score=one.score,
        reasons=[reason for reason in reasons if reason.points or reason.factor == "cap"],
        silent=[reason for reason in reasons if not reason.points and reason.factor != "cap"],
        was=one.score if one.was is None else one.was,
    )


def _pairs(left: Explained, right: Explained) -> list[tuple[Reason | None, Reason | None]]:
    sides = [{reason.factor: reason for reason in (*one.reasons, *one.silent)} for one in (left, right)]
    names = [name for name in dict.fromkeys([*sides[0], *sides[1]]) if name != "start"]
    pairs = [(sides[0].get(name), sides[1].get(name)) for name in names]
    return sorted(pairs, key=lambda pair: -abs(_points(pair[0]) - _points(pair[1])))


def _points(reason: Reason | None) -> int:
    return reason.points if reason else 0


_NOTHING = Reason("", "", 0, "")


def _line(left: Reason | None, right: Reason | None) -> Compared:
    ahead = _points(left) - _points(right)
    return Compared(
        label=(left or right or _NOTHING).label,
        left=left.signed if left else "0",
        right=right.signed if right else "0",
        ahead=signed_points(ahead),
        left_sentence=left.sentence if left else "Doesn't apply.",
        right_sentence=right.sentence if right else "Doesn't apply.",
        favours="left" if ahead > 0 else "right" if ahead < 0 else "",
    )


def _answer(left: Explained, right: Explained, lines: list[Compared]) -> str:
    apart = left.score - right.score
    if not apart:
        return f"Both stand at {left.score}."
    above, below, side = (left, right, "left") if apart > 0 else (right, left, "right")
    why = [line.label.lower() for line in lines if line.favours == side][:3]
    points = "1 point" if abs(apart) == 1 else f"{abs(apart)} points"
    return (
        f"{above.role} at {above.company} stands {points} above {below.role} at {below.company}, "
        f"most of all for its {' and '.join([', '.join(why[:-1]), why[-1]] if len(why) > 1 else why)}."
    )
