"""Timings of actions, each next to the framework's floor, so that other load slows both equally."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from bench.actions import FLOOR, FLOOR_PAGE, round_of_actions
from bench.statements import LogReader, Queries
from bench.tab import Answer, Tab

PAUSE = 0.01
"""Seconds between two actions, so that the server's work after an answer isn't counted with the next one."""

BADGE_DELAY = 0.8
"""Seconds after a change until the tab's badge has been updated, in an event of its own."""
BADGE = "the badge, after a change"

Answers = dict[str, list[Answer]]


async def time_actions(tab: Tab, floor: Tab, applications: Sequence[UUID], warm: int = 2) -> Answers:
    """Return the answers to a round of actions for each application, warm-up rounds left out."""
    answers: Answers = defaultdict(list)
    await floor.visit("/")
    for number, application_id in enumerate(applications):
        for action in round_of_actions(application_id):
            floor_action = FLOOR_PAGE if action.page else FLOOR
            for timed_action, timed_tab in ((action, tab), (floor_action, floor)):
                answer = await timed_action.act(timed_tab)
                await asyncio.sleep(PAUSE)
                if number >= warm:
                    answers[timed_action.name].append(answer)
    answers.pop("", None)
    return answers


async def count_queries(tab: Tab, log_reader: LogReader, applications: Sequence[UUID]) -> dict[str, Queries]:
    """Return the queries of each action, with the sequential scans of all its rounds."""
    queries: dict[str, Queries] = {}
    for application_id in applications:
        for action in round_of_actions(application_id):
            log_reader.read()
            await action.act(tab)
            latest = log_reader.read()
            earlier_scans = queries[action.name].scans if action.name in queries else set()
            queries[action.name] = Queries(latest.statements, latest.sent, latest.scans | earlier_scans)
            if action.changes:
                await asyncio.sleep(BADGE_DELAY)
                queries[BADGE] = log_reader.read()
    return queries


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
