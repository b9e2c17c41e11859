"""Interviews and contacts of the sample data, added through the verbs a user calls."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from tracker.db import Scope
from tracker.demo.world import INTERVIEWS, PEOPLE
from tracker.services.actions import action_decisions
from tracker.services.contacts import contact_changes
from tracker.services.interviews import scheduling, state_changes
from tracker.zones import named


def at(scope: Scope, then: datetime) -> None:
    """Act at another time: one action, one batch."""
    scope.now = then
    scope.batch = uuid4()


def meet(scope: Scope, added: list[tuple[str, str]], today: datetime) -> None:
    """Interviews and contacts for the applications, given as ids with where they stand."""
    standing = {stage: [row_id for row_id, fate in added if fate == stage] for stage in _STAGES}
    turns = {stage: _in_turn(ids) for stage, ids in standing.items()}
    for plan in sorted(INTERVIEWS, key=lambda plan: int(plan["days"])):
        _hold(scope, next(turns[plan["stage"]]), plan, today)
    for number, (name, role, company, email, stage, note) in enumerate(PEOPLE):
        at(scope, today - timedelta(days=30 - number * 2))
        person = {"name": name, "role": role, "company": company, "email": email, "notes": note}
        ids = standing[stage]
        row_id = contact_changes.add(scope, person, ids[number % len(ids)])
        if role == "Recruiter":
            contact_changes.link(scope, row_id, ids[(number + 1) % len(ids)])


_STAGES = ("screening", "interviewing", "offer")


def _in_turn(ids: list[str]) -> Iterator[str]:
    while True:
        yield from ids


def _hold(scope: Scope, row_id: str, plan: dict[str, str], today: datetime) -> None:
    """Schedule an interview a few days ahead; add a debrief if it is over."""
    day = _workday(today.date() + timedelta(days=int(plan["days"])))
    hours, minutes = map(int, plan["time"].split(":"))
    starts = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=named(plan["zone"]))
    at(scope, min(today, starts - timedelta(days=4)))
    typed = {name: plan.get(name, "") for name in _TYPED}
    interview_id = scheduling.schedule(scope, row_id, typed | {"starts_at": f"{starts:%Y-%m-%dT%H:%M}"})
    if plan.get("debrief"):
        at(scope, starts.astimezone(today.tzinfo) + timedelta(hours=3))
        state_changes.debrief(scope, interview_id, plan["debrief"], plan["rating"])
        if starts < today - timedelta(days=4):
            at(scope, starts.astimezone(today.tzinfo) + timedelta(days=1))
            action_decisions.mark_thanked(scope, interview_id)


_TYPED = ("kind", "zone", "minutes", "place", "interviewers", "preparation")


def _workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
