"""Figures of the analytics page compared with a count by hand, on random searches."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.support.hand_counted_figures import ANSWERS, Counted, chosen_of, standing, tally
from tests.support.people import newcomer
from tests.support.simulated_searches import (
    ALL_FACTS,
    BEGINNINGS,
    FACTS,
    ORDER,
    OUTCOMES,
    SELECTIONS,
    STORIES,
    ZONES,
    Story,
    acts_of,
)
from tracker.services.applications.board import board_columns
from tracker.services.figures.activity import activity
from tracker.services.figures.activity import standing as stood_on
from tracker.services.figures.all_figures import figures
from tracker.services.figures.analytics_page import analytics
from tracker.services.figures.history import courses
from tracker.services.figures.history import standing as stood
from tracker.shapes.figures import Figures, Selection
from tracker.shapes.filters import Filters

by_chance = settings(
    max_examples=10,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WISHES: list[tuple[str, dict[str, float]] | None] = [
    None, ("", {}), ("", {"USD": 2.5}), ("GBP", {"EGP": 50.0}), ("SEK", {}), ("EGP", {}),
]  # fmt: skip
"""What salaries are compared in, and own rates of exchange; no wishes at all among them."""

A_BIT_OF_ALL = [{name: values[n % len(values)] for name, values in FACTS.items()} for n in range(6)]


def run_story(
    zone: str, began: int, acts: list[tuple[str, int, int, int]], facts: list[dict[str, str]]
) -> Story:
    story = Story(newcomer("Alice", timezone=zone, currency="EUR"), ZoneInfo(zone), BEGINNINGS[began])
    story.run(acts, facts)
    return story


def of(story: Story, selection: Selection) -> list[Counted]:
    """Return the applications of a selection, chosen by hand."""
    since, until = selection.days(story.today)
    folded = selection.role.lower()
    return [
        counted
        for counted in chosen_of(story)
        if (not since or counted.day >= since)
        and (not until or counted.day <= until)
        and (not selection.source or counted.past.facts["source"] == selection.source)
        and (not selection.tag or selection.tag in counted.past.facts["tags"].split(", "))
        and folded in counted.past.facts["role"].lower().replace("é", "e")
    ]


def equal_figures(seen: Figures, story: Story, chosen: list[Counted]) -> None:
    sent = [counted for counted in chosen if counted.is_sent]
    assert (seen.n, seen.sent) == (len(chosen), len(sent))
    assert [step.count for step in seen.funnel] == [
        sum(counted.reached >= rank for counted in chosen) for rank in range(5)
    ]
    ends = Counter(
        (ORDER[counted.reached], counted.stands if counted.stands in OUTCOMES else "open")
        for counted in chosen
    )
    links = {(link.start, link.end): link.count for link in seen.flow.links if link.end not in ORDER}
    assert links == ends
    on = {(link.start, link.end): link.count for link in seen.flow.links if link.end in ORDER}
    steps = {(ORDER[r - 1], ORDER[r]): sum(counted.reached >= r for counted in chosen) for r in range(1, 5)}
    assert on == {step: count for step, count in steps.items() if count}
    n, _, *parts = tally(sent)
    assert [rate.rate.of for rate in seen.rates] == [f"{part} of {n}" for part in parts]
    equal_weeks(seen, story, chosen)
    equal_groups(seen, sent)
    for stay, rank in zip(seen.stays, range(5), strict=True):
        ended = [days for counted in chosen if (days := counted.stay(rank)) is not None]
        assert (stay.n, stay.days) == (len(ended), median(ended) if ended else None), stay.stage
        assert stay.still == sum(counted.stands == ORDER[rank] for counted in chosen)
    known = [(days, counted.is_answered) for counted in sent if (days := counted.waited()) is not None]
    assert (seen.waiting.n, seen.waiting.left_out) == (len(known), len(sent) - len(known))
    assert seen.waiting.answered == sum(was for _, was in known)
    assert {point.day: (point.answered, point.censored) for point in seen.waiting.points} == {
        day: (known.count((day, True)), known.count((day, False))) for day, _ in known
    }


def equal_weeks(seen: Figures, story: Story, chosen: list[Counted]) -> None:
    counted = Counter(
        day - timedelta(days=day.isoweekday() - 1)
        for counted in chosen
        if (day := counted.sent_on) is not None
    )
    shown = [week.count for week in seen.weeks]
    assert sum(shown) == sum(counted.values())
    starts = [address.rpartition("week%3A")[2] for address in seen.weeks_addresses]
    assert {day: n for day, n in zip(starts, shown, strict=True) if n} == {
        day.isoformat(): n for day, n in counted.items()
    }


def equal_groups(seen: Figures, sent: list[Counted]) -> None:
    by_hand: dict[str, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for counted in sent:
        by_hand["source"][counted.past.facts["source"]].append(counted)
        by_hand["workplace"][counted.past.facts["workplace"]].append(counted)
        if counted.sent_on:
            by_hand["weekday"][str(counted.sent_on.isoweekday())].append(counted)
        amount = counted.pay()
        if amount is None or isinstance(amount, str):
            by_hand["pay"][amount or "unknown"].append(counted)
            continue
        bands = [group.name for group in seen.breakdowns[3].groups if "-" in group.name]
        fits = [name for name in bands if within(amount, name)]
        assert len(fits) == 1, (amount, bands)
        by_hand["pay"][fits[0]].append(counted)
    for breakdown in seen.breakdowns:
        shown = {
            group.name: (group.n, group.response.of, group.interview.of, group.offer.of)
            for group in breakdown.groups
        }
        assert shown == {
            name: (len(of), *(f"{part} of {len(of)}" for part in tally(of)[2:]))
            for name, of in by_hand[breakdown.name].items()
        }, breakdown.name


def within(amount: float, band: str) -> bool:
    low, _, high = band.partition("-")
    return float(low) <= amount < float(high or "inf")


met: Counter[str] = Counter()
"""What has occurred in the searches made up so far."""


@by_chance
@given(
    st.sampled_from(ZONES),
    st.integers(0, 5),
    STORIES,
    st.lists(ALL_FACTS, min_size=6, max_size=6),
    SELECTIONS,
    st.sampled_from(WISHES),
)
@example("Europe/Berlin", 2, acts_of(3), A_BIT_OF_ALL, {"since": "2026-10-02", "role": "eng"}, WISHES[2])
@example("Europe/Berlin", 2, acts_of(10), A_BIT_OF_ALL, {}, None)  # reaches an offer and leaves it
def test_every_figure_equals_a_count_by_hand(zone, began, acts, facts, query, wish) -> None:  # type: ignore[no-untyped-def]
    story, selection = run_story(zone, began, acts, facts), Selection.of_query(query)
    if wish:
        story.choose_currency(*wish)
    with time_machine.travel(story.now, tick=False):
        equal_figures(story.person.call(figures, selection), story, of(story, selection))
        equal_days(story)
        equal_days_narrowed(story, selection)
        equal_lists(story, selection)
    meet(story)


def equal_days(story: Story) -> None:
    """Compare the pipeline and the actions of every past day."""
    chosen = chosen_of(story)
    days = story.person.call(lambda scope: list(courses(scope)))
    first = story.began.astimezone(story.zone).date() - timedelta(days=20)
    for n in range((story.today - first).days + 1):
        day = story.today - timedelta(days=n)
        assert stood(days, day) == standing(chosen, day), day
    for day in (story.today, story.today - timedelta(days=4)):
        seen = story.person.call(stood_on, Selection(), day)
        assert {item.name: item.count for item in seen.stood if item.count} == standing(chosen, day), day
    by_day = Counter(item.local(step.at) for item in chosen for step in item.past.steps if not step.undone)
    done = story.person.call(activity, Selection())
    assert {item.day: item.count for item in done if item.count} == by_day


def equal_days_narrowed(story: Story, selection: Selection) -> None:
    """Compare past days' pipelines over a source, tag and role, and the actions of a period."""
    chosen = of(story, selection.without_period)
    for ago in (0, 1, 3, 9):
        day = story.today - timedelta(days=ago)
        seen = story.person.call(stood_on, selection, day)
        assert {item.name: item.count for item in seen.stood if item.count} == standing(chosen, day), day
    by_day = steps_by_day(story, selection)
    done = story.person.call(activity, selection)
    assert {item.day: item.count for item in done if item.count} == {
        day: len(on) for day, on in by_day.items()
    }


def steps_by_day(story: Story, selection: Selection) -> dict[date, list[str]]:
    """Return the applications acted on, by day of the period, one for each step."""
    since, until = selection.days(story.today)
    by_day: dict[date, list[str]] = defaultdict(list)
    for counted in of(story, selection.without_period):
        for step in counted.past.steps:
            day = counted.local(step.at)
            if not step.undone and (since or day) <= day <= (until or day):
                by_day[day].append(counted.past.id)
    return by_day


def equal_lists(story: Story, selection: Selection) -> None:
    """Compare figures with the lists behind them; every fifth list is opened."""
    seen, day = story.person.call(figures, selection), story.today - timedelta(days=2)
    whole = story.person.call(analytics, selection)
    links = [(target.address, target.count) for target in (*seen.flow.nodes, *seen.flow.links, *seen.funnel)]
    links += [(group.address, group.n) for breakdown in seen.breakdowns for group in breakdown.groups]
    links += [(stay.address, stay.n) for stay in seen.stays]
    links += [(target.address, int(target.rate.of.split()[0])) for target in seen.rates]
    links += [(part[1], int(part[0].split()[0])) for part in whole.waiting.parts]
    links += [(row.address, int(row.cells[1]) + int(row.cells[2])) for row in whole.waiting.rows]
    done = steps_by_day(story, selection)
    links += [(f"{whole.behind_a_day}{day}", len(set(on))) for day, on in done.items()]
    links += [(address, week.count) for address, week in zip(seen.weeks_addresses, seen.weeks, strict=True)][
        -3:
    ]
    links += [(target.address, target.count) for target in story.person.call(stood_on, selection, day).stood]
    for address, number in links[len(story.pasts) % 5 :: 5]:
        query = dict(parse_qsl(address.partition("?")[2]))
        listed = story.person.call(board_columns, Filters.of_query(query), {})
        assert sum(column.count for column in listed) == number, address


def meet(story: Story) -> None:
    for counted in chosen_of(story):
        met.update(["answered"] * counted.is_answered + ["never sent"] * (not counted.is_sent))
        met.update(["ended with an answer"] * (counted.stands in ANSWERS))
        met.update(f"stayed in {ORDER[rank]}" for rank in range(5) if counted.stay(rank) is not None)
        met.update(["undone"] * any(step.undone for step in counted.past.steps))
        met.update(["back-dated"] * bool(counted.past.remaining("date")))
    met.update(["deleted"] * any(past.is_deleted for past in story.pasts))


def test_the_searches_made_up_hold_all_that_matters() -> None:
    """Check that the random searches of the test above cover every kind of step."""
    if not met:
        test_every_figure_equals_a_count_by_hand()
    assert len(met) == 11, met
