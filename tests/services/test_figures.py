"""Every figure of the analytics page against a count by hand, on searches made up by chance."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.acting import newcomer, statements
from tests.by_hand import ANSWERS, Counted, chosen_of, standing, tally
from tests.figuring import ALL_FACTS, BEGINNINGS, ORDER, OUTCOMES, STORIES, ZONES, Story
from tracker.services.applications.listing import counts
from tracker.services.applications.moving import move
from tracker.services.figures import page, parts
from tracker.services.figures.activity import activity
from tracker.services.figures.activity import standing as stood_on
from tracker.services.figures.history import courses
from tracker.services.figures.history import standing as stood
from tracker.services.figures.page import figures
from tracker.services.figures.showing import analytics
from tracker.services.priority.wishing import save
from tracker.shapes.figures import Figures, Selection
from tracker.shapes.filters import Filters

by_chance = settings(
    max_examples=16,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SELECTIONS = st.sampled_from(
    [
        {}, {}, {"source": "LinkedIn"}, {"tag": "python"}, {"role": "ENGINEER"}, {"role": "ingenieur"},
        {"since": "2026-04-02", "until": "2026-10-25"}, {"since": "2026-10-20"}, {"period": "30"}, {"period": "90"},
    ]
)  # fmt: skip

WISHES: list[tuple[str, dict[str, float]] | None] = [
    None, ("", {}), ("", {"USD": 2.5}), ("GBP", {"EGP": 50.0}), ("SEK", {}), ("EGP", {}),
]  # fmt: skip
"""What salaries are compared in, and own rates of exchange; no wishes at all among them."""


def lived(zone: str, began: int, acts: list[tuple[str, int, int, int]], facts: list[dict[str, str]]) -> Story:
    story = Story(newcomer("alice", timezone=zone, currency="EUR"), ZoneInfo(zone), BEGINNINGS[began])
    story.live(acts, facts)
    return story


def of(story: Story, selection: Selection) -> list[Counted]:
    """The applications of a selection, chosen by hand."""
    since, until = selection.days(story.today)
    folded = selection.role.lower()
    return [
        one
        for one in chosen_of(story)
        if (not since or one.day >= since)
        and (not until or one.day <= until)
        and (not selection.source or one.past.facts["source"] == selection.source)
        and (not selection.tag or selection.tag in one.past.facts["tags"].split(", "))
        and folded in one.past.facts["role"].lower().replace("é", "e")
    ]


def equal_figures(seen: Figures, story: Story, chosen: list[Counted]) -> None:
    sent = [one for one in chosen if one.is_sent]
    assert (seen.n, seen.sent) == (len(chosen), len(sent))
    assert [step.count for step in seen.funnel] == [
        sum(one.reached >= rank for one in chosen) for rank in range(5)
    ]
    ends = Counter((ORDER[one.reached], one.stands if one.stands in OUTCOMES else "open") for one in chosen)
    links = {(link.start, link.end): link.count for link in seen.flow.links if link.end not in ORDER}
    assert links == ends
    on = {(link.start, link.end): link.count for link in seen.flow.links if link.end in ORDER}
    steps = {(ORDER[r - 1], ORDER[r]): sum(one.reached >= r for one in chosen) for r in range(1, 5)}
    assert on == {step: count for step, count in steps.items() if count}
    n, _, *parts = tally(sent)
    assert [rate.rate.of for rate in seen.rates] == [f"{part} of {n}" for part in parts]
    equal_weeks(seen, story, chosen)
    equal_groups(seen, sent)
    for stay, rank in zip(seen.stays, range(5), strict=True):
        ended = [days for one in chosen if (days := one.stay(rank)) is not None]
        assert (stay.n, stay.days) == (len(ended), median(ended) if ended else None), stay.stage
        assert stay.still == sum(one.stands == ORDER[rank] for one in chosen)
    known = [(days, one.is_answered) for one in sent if (days := one.waited()) is not None]
    assert (seen.waiting.n, seen.waiting.left_out) == (len(known), len(sent) - len(known))
    assert seen.waiting.answered == sum(was for _, was in known)
    assert {point.day: (point.answered, point.censored) for point in seen.waiting.points} == {
        day: (known.count((day, True)), known.count((day, False))) for day, _ in known
    }


def equal_weeks(seen: Figures, story: Story, chosen: list[Counted]) -> None:
    counted = Counter(
        day - timedelta(days=day.isoweekday() - 1) for one in chosen if (day := one.sent_on) is not None
    )
    shown = [week.count for week in seen.weeks]
    assert sum(shown) == sum(counted.values())
    starts = [address.rpartition("week%3A")[2] for address in seen.weeks_addresses]
    assert {day: n for day, n in zip(starts, shown, strict=True) if n} == {
        day.isoformat(): n for day, n in counted.items()
    }


def equal_groups(seen: Figures, sent: list[Counted]) -> None:
    by_hand: dict[str, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for one in sent:
        by_hand["source"][one.past.facts["source"]].append(one)
        by_hand["workplace"][one.past.facts["workplace"]].append(one)
        if one.sent_on:
            by_hand["weekday"][str(one.sent_on.isoweekday())].append(one)
        amount = one.pay()
        if amount is None or isinstance(amount, str):
            by_hand["pay"][amount or "unknown"].append(one)
            continue
        bands = [group.name for group in seen.breakdowns[3].groups if "-" in group.name]
        fits = [name for name in bands if within(amount, name)]
        assert len(fits) == 1, (amount, bands)
        by_hand["pay"][fits[0]].append(one)
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
def test_every_figure_equals_a_count_by_hand(zone, began, acts, facts, asked, wish) -> None:  # type: ignore[no-untyped-def]
    story, selection = lived(zone, began, acts, facts), Selection.of_query(asked)
    if wish:
        story.wish(*wish)
    with time_machine.travel(story.now, tick=False):
        equal_figures(story.person.does(figures, selection), story, of(story, selection))
        equal_days(story)
        equal_lists(story, selection)
    meet(story)


def equal_days(story: Story) -> None:
    """The pipeline of every past day, and what was done on it."""
    chosen = chosen_of(story)
    told = story.person.does(lambda scope: list(courses(scope)))
    first = story.began.astimezone(story.zone).date() - timedelta(days=20)
    for n in range((story.today - first).days + 1):
        day = story.today - timedelta(days=n)
        assert stood(told, day) == standing(chosen, day), day
    for day in (story.today, story.today - timedelta(days=4)):
        seen = story.person.does(stood_on, Selection(), day)
        assert {one.name: one.count for one in seen.stood if one.count} == standing(chosen, day), day
    by_day = Counter(one.local(deed.at) for one in chosen for deed in one.past.deeds if not deed.undone)
    done = story.person.does(activity, Selection())
    assert {one.day: one.count for one in done if one.count} == by_day


def equal_lists(story: Story, selection: Selection) -> None:
    """The list behind a figure holds as many as the figure says; every third of them is opened."""
    seen, day = story.person.does(figures, selection), story.today - timedelta(days=2)
    links = [(one.address, one.count) for one in (*seen.flow.nodes, *seen.flow.links, *seen.funnel)]
    links += [(group.address, group.n) for breakdown in seen.breakdowns for group in breakdown.groups]
    links += [(stay.address, stay.n) for stay in seen.stays]
    links += [
        (one[1], int(one[0].split()[0])) for one in story.person.does(analytics, selection).waiting.parts
    ]
    points = story.person.does(analytics, selection).waiting.rows
    links += [(row.address, int(row.cells[1]) + int(row.cells[2])) for row in points]
    links += [(address, week.count) for address, week in zip(seen.weeks_addresses, seen.weeks, strict=True)][
        -3:
    ]
    links += [(one.address, one.count) for one in story.person.does(stood_on, selection, day).stood]
    for address, number in links[len(story.pasts) % 3 :: 3]:
        query = dict(parse_qsl(address.partition("?")[2]))
        listed = story.person.does(counts, Filters.of_query(query))
        assert sum(listed.values()) == number, address


def meet(story: Story) -> None:
    for one in chosen_of(story):
        met.update(["answered"] * one.is_answered + ["never sent"] * (not one.is_sent))
        met.update(["ended with an answer"] * (one.stands in ANSWERS))
        met.update(f"stayed in {ORDER[rank]}" for rank in range(5) if one.stay(rank) is not None)
        met.update(["undone"] * any(deed.undone for deed in one.past.deeds))
        met.update(["back-dated"] * bool(one.past.kept("date")))
    met.update(["deleted"] * any(past.is_deleted for past in story.pasts))


def test_the_searches_made_up_hold_all_that_matters() -> None:
    """A check of the check, which looks at what the test before it has lived through."""
    if not met:
        test_every_figure_equals_a_count_by_hand()
    assert len(met) == 11, met


def test_counting_ten_figures_takes_a_few_statements() -> None:
    alice = newcomer("alice")
    alice.adds(stage="applied")
    with statements() as sent:
        alice.does(figures, Selection())
    assert len(sent) <= 6
    with statements() as again:
        alice.does(figures, Selection())
    assert len(again) == len(sent) - 1


def test_pay_is_counted_anew_when_the_rates_change() -> None:
    alice = newcomer("alice", currency="EUR")
    for _ in range(5):
        alice.adds(stage="applied", salary_from="100000", currency="USD", salary_period="year")

    def bands() -> list[str]:
        return [group.label for group in alice.does(figures, Selection()).breakdowns[3].groups]

    assert bands() == ["EUR 80,000 to 100,000"]
    alice.does(save, {"rates": "USD 2"})
    assert bands() == ["EUR 50,000 to 60,000"]
    alice.does(save, {"currency": "USD"})
    assert bands() == ["USD 100,000 to 120,000"]
    pay = alice.does(analytics, Selection()).breakdowns[3]
    assert "converted by rough rates of about Tue 1 Jul 2025" in pay.summary


def test_a_change_of_one_application_is_counted_at_once() -> None:
    alice = newcomer("alice")
    row_id = alice.adds(stage="applied")
    assert alice.does(figures, Selection()).funnel[2].count == 0
    alice.does(move, [row_id], "screening")
    moving = alice.batch
    assert alice.does(figures, Selection()).funnel[2].count == 1
    alice.undoes(moving)
    assert alice.does(figures, Selection()).funnel[2].count == 0


def test_of_nothing_every_figure_is_nothing() -> None:
    alice = newcomer("alice")
    assert alice.does(analytics, Selection()).is_empty
    alice.adds(stage="applied")
    assert alice.does(analytics, Selection(source="LinkedIn")).is_none_selected
    assert alice.does(figures, Selection(source="LinkedIn")).n == 0


def test_a_search_that_goes_on_is_counted_in_parts_as_if_it_were_counted_anew() -> None:
    alice = newcomer("alice")
    rows = [alice.adds(f"Company {n}", stage="applied" if n % 2 else "saved") for n in range(24)]
    for n, row_id in enumerate(rows):
        alice.does(figures, Selection())
        alice.does(move, [row_id], "screening" if n % 3 else "offer")
    seen = alice.does(figures, Selection())
    parts._kept.clear()
    page._made.clear()
    assert alice.does(figures, Selection()) == seen
    assert [step.count for step in seen.funnel] == [24, 24, 24, 8, 8]
