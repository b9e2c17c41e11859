"""The tables of the analytics page, from figures written by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.written_figures import FEW, FIFTH, HALF, NO_FIGURES, POINTS, TODAY, days_from, stay
from tracker.services.figures.tables import of_days, tables
from tracker.shapes.analytics import Table
from tracker.shapes.dashboard import Rate, Week
from tracker.shapes.figures import (
    Breakdown,
    Flow,
    Group,
    Link,
    NamedRate,
    Node,
    PipelineDay,
    Selection,
    StatusCount,
    Step,
    Waiting,
)

SCOPE: Any = SimpleNamespace(today=TODAY, who=SimpleNamespace(locale="en-GB"))


def table(name: str, selection: Selection | None = None, **figures: Any) -> Table:
    return tables(SCOPE, selection or Selection(), replace(NO_FIGURES, **figures))[name]


def lines(of: Table) -> list[tuple[Any, ...]]:
    return [(row.label, row.cells, row.address, row.share, row.tone) for row in of.rows]


def test_the_flow_lists_its_links_as_shares_of_all_applications() -> None:
    nodes = [Node("saved", "Saved", 3, ""), Node("open", "Still open", 2, ""), Node("rejected", "", 1, "")]
    links = [
        Link("saved", "open", 2, "Saved to still open", "/2"),
        Link("saved", "rejected", 1, "Saved to rejected", "/1"),
    ]
    of = table("flow", n=3, sent=1, flow=Flow(nodes, links))
    assert lines(of) == [
        ("Saved to still open", ["2"], "/2", 66.7, ""), ("Saved to rejected", ["1"], "/1", 33.3, "")
    ]  # fmt: skip
    assert of.summary == "3 applications, 1 of them sent; 2 still open, 1 ended."
    assert table("flow", n=3, sent=1, flow=Flow(nodes[:1])).summary.endswith("; 0 still open, 3 ended.")


def test_the_funnel_compares_each_stage_with_the_one_before_and_later_ones_with_all_sent() -> None:
    names = ("saved", "applied", "screening", "offer")
    shares = ((FEW, FEW), (HALF, HALF), (HALF, FIFTH), (FIFTH, FEW))
    steps = [
        Step(name, name.capitalize(), count, *rates, f"/{name}")
        for name, count, rates in zip(names, (30, 20, 10, 3), shares, strict=True)
    ]
    of = table("funnel", n=30, funnel=steps)
    assert lines(of) == [
        ("Saved", ["30", "", "", "", ""], "/saved", 100, "saved"),
        ("Applied", ["20", "50 %", "24–76 %", "", ""], "/applied", 66.7, "applied"),
        ("Screening", ["10", "50 %", "24–76 %", "20 %", "6–51 %"], "/screening", 33.3, "screening"),
        ("Offer", ["3", "20 %", "6–51 %", "not enough yet", ""], "/offer", 10, "offer"),
    ]
    assert of.summary == "Ever reached: saved 30, applied 20, screening 10, offer 3."
    assert len(of.heads) == len(of.rows[0].cells) + 1


def test_a_funnel_of_nothing_has_bars_of_no_length() -> None:
    assert [row.share for row in table("funnel", funnel=[Step("saved", "Saved", 0, FEW, FEW, "")]).rows] == [
        0
    ]


def week(count: int, *, met: bool = False) -> Week:
    return Week("2 Nov", f"Week of {count}", count, 0, is_this_week=False, reached_goal=met)


def test_weeks_are_bars_relative_to_the_busiest_one() -> None:
    of = table("weeks", weeks=[week(3, met=True), week(1)], weeks_addresses=["/3", "/1"])
    assert lines(of) == [
        ("Week of 3", ["3", "yes"], "/3", 100, ""),
        ("Week of 1", ["1", "no"], "/1", 33.3, ""),
    ]
    assert of.summary == "4 sent in 2 weeks; the goal was met in 1."


def test_a_single_week_is_singular_and_says_what_is_left_out() -> None:
    of = table("weeks", weeks=[week(1)], weeks_addresses=[""], weeks_left_out="Future weeks are left out.")
    assert of.rows[0].share == 100
    assert of.summary == "1 sent in 1 week; the goal was met in 0. Future weeks are left out."


def test_rates_are_shown_only_where_there_are_enough_applications() -> None:
    named = [
        NamedRate("response", "Response rate", HALF, "/r"),
        NamedRate("offer", "Offer rate", replace(FEW, shown="not enough yet"), "/o"),
    ]
    of = table("rates", rates=named)
    assert lines(of) == [
        ("Response rate", ["5 of 10", "50 %", "24–76 %"], "/r", 0, ""),
        ("Offer rate", ["1 of 4", "not enough yet", ""], "/o", 0, ""),
    ]
    assert of.summary == "Response rate: 50 %. Offer rate: not enough yet."


def group(name: str, n: int, response: Rate = HALF) -> Group:
    return Group(name.lower(), name, n, response, FIFTH, replace(FEW, span=""), f"/{name}")


def test_a_breakdown_shows_the_rates_of_each_group() -> None:
    groups = [group("LinkedIn", 30), group("Referral", 10)]
    of = table("source", breakdowns=[Breakdown("source", "By source", groups, "A note.")])
    assert lines(of) == [
        ("LinkedIn", ["30", "50 %", "20 %", "too few", "24–76 %", "6–51 %", ""], "/LinkedIn", 100, ""),
        ("Referral", ["10", "50 %", "20 %", "too few", "24–76 %", "6–51 %", ""], "/Referral", 33.3, ""),
    ]
    assert of.heads == [
        "Source", "Sent", "Response", "Interview", "Offer",
        "Response, 95 % interval", "Interview, 95 % interval", "Offer, 95 % interval",
    ]  # fmt: skip
    assert of.summary == "LinkedIn: 50 % of 30 answered; Referral: 50 % of 10 answered. A note."


def test_a_breakdown_names_at_most_five_groups_and_none_with_too_few() -> None:
    groups = [group("Few", 1, FEW), *(group(name, 10) for name in "ABCDEF")]
    of = table("source", breakdowns=[Breakdown("source", "By source", groups)])
    assert of.summary == "; ".join(f"{name}: 50 % of 10 answered" for name in "ABCDE") + "."
    alone = table("source", breakdowns=[Breakdown("source", "By source", groups[:1])])
    assert alone.summary == "Fewer than five sent of each: too few for a rate."
    assert alone.rows[0].share == 100


def test_bars_of_stays_are_relative_to_the_longest_that_is_shown() -> None:
    stays = [
        stay("saved", 3, "3 days"),
        stay("applied", 9, "9 days"),
        stay("screening", 90, "not enough yet"),
        stay("offer", None, "not enough yet"),
        stay("interviewing", 0, "0 days"),
    ]
    of = table("stays", stays=stays)
    assert lines(of) == [
        ("Saved", ["3 days", "6", "2"], "/saved", 33.3, "saved"),
        ("Applied", ["9 days", "6", "2"], "/applied", 100, "applied"),
        ("Screening", ["not enough yet", "6", "2"], "/screening", 0, "screening"),
        ("Offer", ["not enough yet", "6", "2"], "/offer", 0, "offer"),
        ("Interviewing", ["0 days", "6", "2"], "/interviewing", 0, "interviewing"),
    ]
    assert of.summary == "Median of completed stays: saved 3 days, applied 9 days, interviewing 0 days."


def test_a_median_of_less_than_a_day_is_no_full_bar() -> None:
    assert table("stays", stays=[stay("saved", 0.5, "0.5 days")]).rows[0].share == 50
    assert table("stays", stays=[stay("saved", 1, "1 day")]).rows[0].share == 100


def test_too_few_stays_have_no_median() -> None:
    of = table("stays", stays=[stay("saved", 3, "not enough yet")])
    assert of.summary == "Too few completed stays for a median."


def test_the_response_table_shows_shares_and_intervals_in_percent() -> None:
    waits = Waiting(10, 4, 6, 3, "2 days", has_enough=True, points=POINTS)
    of = table("waiting", Selection(period="30"), waiting=waits)
    days = "since=2026-10-05&until=2026-11-03"
    assert lines(of) == [
        ("2", ["10", "4", "1", "40.0 %", "10.0–75.0 %"], f"/applications?{days}&behind=waited%3A2", 0, ""),
        ("9", ["5", "0", "5", "40.0 %", "10.0–75.0 %"], f"/applications?{days}&behind=waited%3A9", 0, ""),
    ]
    assert len(of.heads) == 6
    assert of.summary == (
        "Half are answered within 2 days. 4 of 10 were answered; 6 count for as long as they waited."
        " 3 more were left out because their dates aren't known."
    )
    assert of.parts == [
        ["4 answered", f"/applications?{days}&behind=waited%3Aanswered"],
        ["6 not answered so far", f"/applications?{days}&behind=waited%3Awaiting"],
        ["3 with an unknown date", f"/applications?{days}&behind=waited%3Aunknown"],
    ]


def test_the_response_summary_leaves_out_what_there_is_none_of() -> None:
    of = table("waiting", waiting=Waiting(4, 0, 4, 0, "", has_enough=False))
    assert of.summary == "0 of 4 were answered; 4 count for as long as they waited."
    assert [name for name, _ in of.parts] == ["4 not answered so far"]


def test_activity_lists_the_days_with_actions() -> None:
    of = table("activity", Selection(source="Referral"), activity=days_from(date(2026, 11, 1), 2, 0, 1))
    assert lines(of) == [
        ("Sun 1 Nov 2026", ["2026-11-01", "2"], "/applications?source=Referral&behind=did%3A2026-11-01", 0, ""),
        ("Tue 3 Nov 2026", ["2026-11-03", "1"], "/applications?source=Referral&behind=did%3A2026-11-03", 0, ""),
    ]  # fmt: skip
    assert of.summary == "3 changes on 2 days in the last year."


@pytest.mark.parametrize(
    ("counts", "summary"),
    [
        ((0, 0, 0), "0 changes on 0 days"),
        ((1, 0, 0), "1 change on 1 day"),
        ((2, 0, 0), "2 changes on 1 day"),
        ((1, 1, 0), "2 changes on 2 days"),
    ],
)
def test_a_single_change_or_day_is_singular(counts: tuple[int, ...], summary: str) -> None:
    of = table("activity", activity=days_from(date(2026, 11, 1), *counts))
    assert of.summary == f"{summary} in the last year."


CUT = " The period is longer; its last 53 weeks are shown."


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("", "", "in the last year."),
        ("2026-10-31", "2026-11-03", f"from Sun 1 Nov 2026 to Tue 3 Nov 2026.{CUT}"),
        ("2026-11-01", "2026-11-03", "from Sun 1 Nov 2026 to Tue 3 Nov 2026."),
        ("2026-11-01", "", "from Sun 1 Nov 2026 to Tue 3 Nov 2026."),
        ("", "2026-11-03", f"from Sun 1 Nov 2026 to Tue 3 Nov 2026.{CUT}"),
        ("2026-11-03", "2026-11-02", "in a period that ends before it begins."),
    ],
)
def test_activity_says_which_days_it_shows(since: str, until: str, words: str) -> None:
    selection = Selection(since=since, until=until)
    of = table("activity", selection, activity=days_from(date(2026, 11, 1), 0, 0, 0))
    assert of.summary == f"0 changes on 0 days {words}"


def test_a_period_of_one_day_is_no_period_that_ends_before_it_begins() -> None:
    selection = Selection(since="2026-11-03", until="2026-11-03")
    of = table("activity", selection, activity=days_from(TODAY, 4))
    assert of.summary == "4 changes on 1 day from Tue 3 Nov 2026 to Tue 3 Nov 2026."
    assert table("activity", selection).summary.endswith(" in a period that hasn't started yet.")


def test_the_page_leaves_out_the_days_that_the_heat_map_shows() -> None:
    by_name = of_days(SCOPE, Selection(), days_from(TODAY, 4), NO_FIGURES.standing, with_rows=False)
    assert (by_name["activity"].rows, by_name["activity"].summary[:9]) == ([], "4 changes")


def test_the_pipeline_of_a_day_lists_every_status_with_those_in_use_in_words() -> None:
    statuses = [
        StatusCount("saved", "Saved", 6, "/saved"),
        StatusCount("applied", "Applied", 0, "/applied"),
        StatusCount("rejected", "Rejected", 2, "/rejected"),
    ]
    of = table("standing", standing=PipelineDay("2026-11-03", "today", statuses))
    assert lines(of) == [
        ("Saved", ["6"], "/saved", 100, "saved"), ("Applied", ["0"], "/applied", 0, "applied"),
        ("Rejected", ["2"], "/rejected", 33.3, "rejected"),
    ]  # fmt: skip
    assert (of.title, of.summary) == ("The pipeline as it stood, today", "Saved 6, rejected 2.")
    alone = table("standing", standing=PipelineDay("", "", [StatusCount("saved", "Saved", 1, "")]))
    assert alone.rows[0].share == 100
    assert table("standing").summary == "There were no applications."


def test_the_file_of_a_past_pipeline_is_of_the_same_day() -> None:
    assert table("standing").csv == "/analytics/standing.csv"
    past = PipelineDay("2026-11-02", "yesterday")
    assert table("standing", standing=past).csv == "/analytics/standing.csv?day=2026-11-02"
