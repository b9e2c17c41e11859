"""The number of applications sent per week, against the goal."""

from collections import Counter
from datetime import date, timedelta

from tracker.db import Scope
from tracker.services.figures.tallies import Tallies
from tracker.shapes.dashboard import Week
from tracker.shapes.dates import exact_day, week_of
from tracker.shapes.figures import Selection

LEAST, MOST = 12, 104
"""Fewest and most weeks shown."""


def weeks(scope: Scope, selection: Selection, sent: dict[date, int]) -> list[tuple[date, int]]:
    """Return the first day of each week, and how many were sent in it: of the period, or since the first.

    They end with this week or a later one that something is dated in. At least twelve without a period, at most the last 104. A
    week that the period cuts counts only what lies within.
    """
    since, until = (
        week_of(day, scope.who.week_start) if day else None for day in selection.days(scope.today)
    )
    last = max([week_of(scope.today, scope.who.week_start), *sent])
    last = max(min(until or last, last), since or date.min)
    first = since or min([*sent, last - timedelta(weeks=LEAST - 1)])
    first = max(first, last - timedelta(weeks=MOST - 1))
    number = (last - first).days // 7 + 1
    return [(start := first + timedelta(weeks=n), sent.get(start, 0)) for n in range(number)]


def left_out(scope: Scope, selection: Selection, sent: dict[date, int], shown: list[tuple[date, int]]) -> str:
    """Return what part of the period isn't shown, in a sentence or two; empty for none."""
    first, last = shown[0][0], shown[-1][0]
    before = sum(number for week, number in sent.items() if week < first)
    since, until = selection.days(scope.today)
    sentences = []
    if before or (since and week_of(since, scope.who.week_start) < first):
        sentences.append(f"Earlier weeks are left out, with {before} sent in them; {MOST} are shown.")
    if until and week_of(until, scope.who.week_start) > last:
        sentences.append("Future weeks are left out.")
    return " ".join(sentences)


def by_week(scope: Scope, counted: Tallies) -> dict[date, int]:
    """Return how many were sent in each week, by its first day."""
    sent = Counter[int]()
    for day, tally in counted["applied_on"].items():
        if day:
            number = day.toordinal()  # that of a Monday is one more than a multiple of seven
            sent[number - (number - scope.who.week_start) % 7] += tally.n
    return {date.fromordinal(first): n for first, n in sent.items()}


def bar(scope: Scope, starts: date, count: int, tallest: int) -> Week:
    """Return a week as a bar; `height` is its percentage of the tallest."""
    locale, last, goal = scope.who.locale, starts + timedelta(days=6), scope.who.weekly_goal
    return Week(
        label=exact_day(starts, locale, year=False).partition(" ")[2],
        exact=f"{exact_day(starts, locale, year=False)} – {exact_day(last, locale)}",
        count=count,
        height=round(100 * count / tallest),
        is_this_week=starts <= scope.today <= last,
        reached_goal=bool(goal) and count >= goal,
    )
