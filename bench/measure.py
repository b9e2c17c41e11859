"""Measuring: every action in turn, the floor beside each, so that a busy machine slows both alike."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from bench.actions import FLOOR, FLOOR_PAGE, minute
from bench.statements import Asked, Listener
from bench.tab import Answer, Tab

PAUSE = 0.01
"""Between two actions, so that what the server does after its answer isn't counted with the next one."""

RESTS = 0.8
"""After a change, until its tab's badge has followed it: an event of its own, counted for itself."""
BADGE = "the badge, after a change"

Answers = dict[str, list[Answer]]


async def alone(tab: Tab, floor: Tab, applications: Sequence[UUID], warm: int = 2) -> Answers:
    """One person, one tab: a round of actions for each application, after some rounds to warm up."""
    answers: Answers = defaultdict(list)
    await floor.visit("/")
    for number, application_id in enumerate(applications):
        for action in minute(application_id):
            least = FLOOR_PAGE if action.page else FLOOR
            for one, whose in ((action, tab), (least, floor)):
                answer = await one.act(whose)
                await asyncio.sleep(PAUSE)
                if number >= warm:
                    answers[one.name].append(answer)
    answers.pop("", None)
    return answers


async def listened(tab: Tab, listener: Listener, applications: Sequence[UUID]) -> dict[str, Asked]:
    """What each action asks of PostgreSQL, the scans of every round together."""
    asked: dict[str, Asked] = {}
    for application_id in applications:
        for action in minute(application_id):
            listener.asked()
            await action.act(tab)
            now = listener.asked()
            before = asked[action.name].scans if action.name in asked else set()
            asked[action.name] = Asked(now.statements, now.sent, now.scans | before)
            if action.changes:
                await asyncio.sleep(RESTS)
                asked[BADGE] = listener.asked()
    return asked


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
