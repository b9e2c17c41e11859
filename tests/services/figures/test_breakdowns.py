"""Rates by group, the funnel and the flow, from tallies written by hand."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tracker.services.figures.breakdowns import breakdowns
from tracker.services.figures.durations import stays
from tracker.services.figures.funnel import flow, funnel, number, rates
from tracker.services.figures.pay import UNKNOWN, UNRATED, Money
from tracker.services.figures.tallies import Tallies, Tally, recounted
from tracker.services.figures.weekly import by_week, left_out, weeks
from tracker.shapes.enumerations import Stage
from tracker.shapes.figures import Breakdown, Selection

TODAY = date(2026, 11, 3)
NONE: Tallies = {"source": {}, "applied_on": {}, "workplace": {}, "pay": {}}


def scope(week_start: int = 1) -> Any:
    user = SimpleNamespace(locale="en-GB", week_start=week_start)
    return SimpleNamespace(today=TODAY, who=user)


def sent(number_sent: int, answered: int = 0, interviewed: int = 0, offered: int = 0) -> Tally:
    return Tally(number_sent + 1, number_sent, answered, interviewed, offered)


UNSENT = Tally(n=3)


def breakdown(
    place: int,
    week_start: int = 1,
    money: Money | None = None,
    selection: Selection | None = None,
    **counted: Any,
) -> Breakdown:
    return breakdowns(scope(week_start), selection or Selection(), NONE | counted, money or Money("EUR"))[
        place
    ]


def names(of: Breakdown) -> list[tuple[str, int]]:
    return [(group.label, group.n) for group in of.groups]


def test_sources_are_sorted_by_the_number_sent_then_by_name() -> None:
    source = {"Zeta": sent(5), "Beta": sent(7), "": sent(6), "Alpha": sent(5, 4, 3, 2), "Never": UNSENT}
    of = breakdown(0, selection=Selection(tag="remote"), source=source)
    assert names(of) == [("Beta", 7), ("Not known", 6), ("Alpha", 5), ("Zeta", 5)]
    alpha = of.groups[2]
    assert [rate.of for rate in (alpha.response, alpha.interview, alpha.offer)] == [
        "4 of 5",
        "3 of 5",
        "2 of 5",
    ]
    assert alpha.address == "/applications?tag=remote&behind=source%3AAlpha"
    assert of.groups[1].address.endswith("behind=source%3A")


@pytest.mark.parametrize(
    ("week_start", "order"),
    [(1, ["Monday", "Tuesday", "Sunday"]), (7, ["Sunday", "Monday", "Tuesday"]), (2, ["Tuesday", "Sunday", "Monday"])],
)  # fmt: skip
def test_weekdays_are_in_the_users_order_each_with_all_its_days(week_start: int, order: list[str]) -> None:
    days = {
        date(2026, 11, 1): sent(1), date(2026, 11, 2): sent(2), date(2026, 10, 26): sent(4, 3), date(2026, 10, 27): sent(8),
        date(2026, 10, 28): UNSENT, None: sent(16),
    }  # fmt: skip
    of = breakdown(1, week_start, applied_on=days)
    assert [group.label for group in of.groups] == order
    monday = next(group for group in of.groups if group.label == "Monday")
    assert (monday.name, monday.n, monday.response.of) == ("1", 6, "3 of 6")


def test_workplaces_are_in_a_fixed_order_with_the_unknown_last() -> None:
    workplace = {"": sent(9), "hybrid": sent(1), "remote": sent(2), "onsite": UNSENT}
    assert names(breakdown(2, workplace=workplace)) == [("Remote", 2), ("Hybrid", 1), ("Not known", 9)]


def test_pay_is_grouped_in_bands_then_the_unknown_and_the_unrated() -> None:
    pay = {
        39_000: sent(1), 40_000: sent(1), 59_000: sent(2), 60_000: sent(8), 99_000: UNSENT, 100_000: sent(2), 500_000: sent(1),
        UNKNOWN: sent(16), UNRATED: sent(32), 0: sent(1),
    }  # fmt: skip
    of = breakdown(3, pay=pay)
    assert [(group.name, group.label, group.n) for group in of.groups] == [
        ("0-40000", "Below EUR 40,000", 2),
        ("40000-60000", "EUR 40,000 to 60,000", 3),
        ("60000-80000", "EUR 60,000 to 80,000", 8),
        ("100000-", "EUR 100,000 and more", 3),
        ("unknown", "Not known", 16),
        ("other", "No exchange rate known", 32),
    ]


def test_a_note_says_which_rates_convert_pay_and_only_where_there_is_some() -> None:
    note = (
        "Salaries in other currencies were converted to EUR at approximate exchange rates from Tue 1 Jul 2025"
    )
    assert breakdown(3, pay={60_000: sent(1)}).note == f"{note}."
    own = Money("EUR", (("USD", 2.0),))
    assert breakdown(3, money=own, pay={60_000: sent(1)}).note == f"{note}, or at your own where set."
    assert breakdown(3, pay={UNKNOWN: sent(1)}).note == ""
    assert breakdown(0, source={"": sent(1)}).note == ""


STANDS: Tallies = {
    "stands": {
        ("saved", 0): Tally(1),
        ("applied", 1): Tally(2, 2),
        ("rejected", 1): Tally(4, 4, 4),
        ("rejected", 3): Tally(1, 1, 1),
        ("offer", 4): Tally(2, 2, 2),
    }
}


def test_the_funnel_counts_every_stage_reached_or_skipped() -> None:
    steps = funnel(Selection(), STANDS)
    assert [step.count for step in steps] == [10, 9, 3, 3, 2]
    assert [step.of_previous.of for step in steps] == ["10 of 10", "9 of 10", "3 of 9", "3 of 3", "2 of 3"]
    assert [step.of_sent.of for step in steps] == ["0 of 0", "9 of 9", "3 of 9", "3 of 9", "2 of 9"]
    assert steps[4].address == "/applications?behind=reached%3Aoffer"
    assert number(STANDS, Stage.SCREENING) == 3


def test_rates_are_shares_of_all_sent() -> None:
    assert [(rate.name, rate.rate.of, rate.address[21:]) for rate in rates(Selection(), STANDS)] == [
        ("response", "7 of 9", "answered%3Ayes"), ("interview", "3 of 9", "reached%3Ainterviewing"),
        ("offer", "2 of 9", "reached%3Aoffer"),
    ]  # fmt: skip


def test_the_flow_follows_each_application_to_its_end() -> None:
    of = flow(Selection(), STANDS)
    assert {node.name: node.count for node in of.nodes} == {
        "saved": 10, "applied": 9, "screening": 3, "interviewing": 3, "offer": 2, "rejected": 5, "open": 5,
    }  # fmt: skip
    assert [(link.start, link.end, link.count, link.label) for link in of.links] == [
        ("saved", "applied", 9, "Saved to Applied"),
        ("applied", "screening", 3, "Applied to Screening"),
        ("screening", "interviewing", 3, "Screening to Interviewing"),
        ("interviewing", "offer", 2, "Interviewing to Offer"),
        ("saved", "open", 1, "Saved to still open"),
        ("applied", "rejected", 4, "Applied to rejected"),
        ("applied", "open", 2, "Applied to still open"),
        ("interviewing", "rejected", 1, "Interviewing to rejected"),
        ("offer", "open", 2, "Offer to still open"),
    ]
    assert of.links[6].address == "/applications?behind=path%3Aapplied%3Aopen"
    assert flow(Selection(), {"stands": {}}).nodes == []


def test_stays_count_who_is_there_still_whatever_they_reached() -> None:
    tallies: Tallies = {f"in_{stage}": {} for stage in ("saved", "applied", "screening", "interviewing")}
    stood = {
        ("offer", 4): Tally(2),
        ("saved", 4): Tally(1),
        ("saved", 0): Tally(3),
        ("rejected", 0): Tally(9),
    }
    seen = stays(Selection(), tallies | {"in_offer": {2: Tally(3), 5: Tally(3)}, "stands": stood})
    assert [stay.still for stay in seen] == [4, 0, 0, 0, 2]
    assert (seen[4].median, seen[4].days, seen[4].n) == ("3.5 days", 3.5, 6)
    assert seen[4].address == "/applications?behind=stayed%3Aoffer"


@pytest.mark.parametrize(("week_start", "first"), [(1, date(2026, 10, 26)), (7, date(2026, 11, 1)), (3, date(2026, 10, 28))])  # fmt: skip
def test_a_week_begins_with_the_users_first_weekday(week_start: int, first: date) -> None:
    tallies: Tallies = {"applied_on": {date(2026, 11, 1): Tally(2), None: Tally(9)}}
    assert by_week(scope(week_start), tallies) == {first: 2}


THIS_WEEK = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("selection", "days", "first", "last", "number_shown"),
    [
        (Selection(), [], "2026-08-17", "2026-11-02", 12),
        (Selection(), ["2026-10-26"], "2026-08-17", "2026-11-02", 12),
        (Selection(), ["2026-08-10"], "2026-08-10", "2026-11-02", 13),
        (Selection(), ["2026-11-16"], "2026-08-31", "2026-11-16", 12),
        (Selection(), ["2020-01-06"], "2024-11-11", "2026-11-02", 104),
        (Selection(since="2026-10-15"), [], "2026-10-12", "2026-11-02", 4),
        (Selection(until="2026-10-15"), [], "2026-07-27", "2026-10-12", 12),
        (Selection(since="2026-10-12", until="2026-10-18"), ["2026-08-10"], "2026-10-12", "2026-10-12", 1),
        (Selection(since="2027-01-04"), [], "2027-01-04", "2027-01-04", 1),
    ],
)
def test_weeks_are_those_of_the_period_or_at_least_twelve(
    selection: Selection, days: list[str], first: str, last: str, number_shown: int
) -> None:
    counted = {date.fromisoformat(day): 3 for day in days}
    shown = weeks(scope(), selection, counted)
    assert (shown[0][0].isoformat(), shown[-1][0].isoformat(), len(shown)) == (first, last, number_shown)
    assert {day for day, count in shown if count} == {
        day for day in counted if shown[0][0] <= day <= shown[-1][0]
    }


EARLIER = "Earlier weeks are left out, with {} sent in them; 104 are shown."


@pytest.mark.parametrize(
    ("selection", "counted", "words"),
    [
        (Selection(), {}, ""),
        (Selection(), {date(2026, 10, 26): 2, date(2026, 10, 19): 3, date(2026, 10, 12): 4}, EARLIER.format(7)),
        (Selection(since="2026-10-26"), {}, ""),
        (Selection(since="2026-10-25"), {}, EARLIER.format(0)),
        (Selection(until="2026-11-08"), {}, ""),
        (Selection(until="2026-11-09"), {}, "Future weeks are left out."),
        (Selection(since="2026-10-25", until="2026-11-09"), {}, f"{EARLIER.format(0)} Future weeks are left out."),
    ],
)  # fmt: skip
def test_weeks_that_are_left_out_are_said(selection: Selection, counted: dict[date, int], words: str) -> None:
    shown = [(date(2026, 10, 26), 2), (THIS_WEEK, 0)]
    assert left_out(scope(), selection, counted, shown) == words


FACTS = {
    "is_sent": True, "is_answered": False, "reached": 1, "stands": "applied", "applied_on": TODAY, "source": "Board",
    "workplace": "", "pay": 60_000, "waited": 3, "in_saved": None, "in_applied": None, "in_screening": None,
    "in_interviewing": None, "in_offer": None,
}  # fmt: skip


def facts(**differing: Any) -> tuple[Any, ...]:
    return tuple((FACTS | differing).values())


def test_counts_follow_what_was_added_and_removed() -> None:
    first, second = facts(), facts(source="Fair", is_answered=True, reached=3, stands="rejected")
    both = recounted({}, [first, first, second])
    assert both["source"] == {"Board": Tally(2, 2), "Fair": Tally(1, 1, 1, 1)}
    assert both["stands"] == {("applied", 1): Tally(2, 2), ("rejected", 3): Tally(1, 1, 1, 1)}
    assert both["waited"] == {(3, False): Tally(2, 2), (3, True): Tally(1, 1, 1, 1)}
    offered = facts(reached=4, stands="offer", is_answered=True)
    moved = recounted(both, [offered, second], [first, second])
    assert moved["source"] == {"Board": Tally(2, 2, 1, 1, 1), "Fair": Tally(1, 1, 1, 1)}
    assert moved["stands"] == {
        ("applied", 1): Tally(1, 1), ("offer", 4): Tally(1, 1, 1, 1, 1), ("rejected", 3): Tally(1, 1, 1, 1)
    }  # fmt: skip
    assert recounted(moved, [], [first, second, offered])["source"] == {}
