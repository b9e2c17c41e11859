"""The blocks of a day's interviews, worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.people import Person
from tracker.services.interviews.calendar_layout import Span, Window, blocks, hours, window
from tracker.services.interviews.interview_lists import agenda
from tracker.services.interviews.scheduling import schedule

ITEM: Any = None


@pytest.mark.parametrize(
    ("start", "minutes", "hours_drawn"),
    [
        (9 * 60, 60, (7, 21)),
        (7 * 60, 60, (7, 21)),
        (6 * 60 + 59, 60, (6, 21)),
        (20 * 60, 60, (7, 21)),
        (20 * 60, 61, (7, 22)),
        (20 * 60 + 30, 15, (7, 21)),
        (20 * 60 + 45, 15, (7, 22)),
        (23 * 60 + 50, 10, (7, 24)),
        (0, 24 * 60, (0, 24)),
    ],
)
def test_a_day_is_drawn_from_seven_to_nine_and_longer_for_an_interview(
    start: int, minutes: int, hours_drawn: tuple[int, int]
) -> None:
    drawn = window([Span(ITEM, start, minutes)])
    assert (drawn.first, drawn.last) == hours_drawn
    assert drawn.hours == hours_drawn[1] - hours_drawn[0]


def test_a_day_without_interviews_is_a_working_day() -> None:
    assert window([]) == Window(7, 21)


@pytest.mark.parametrize(
    ("hour", "percent"), [(7, 0), (8, 7.143), (14, 50), (21, 100), (6, -7.143), (22, 107.143)]
)
def test_a_minute_lies_in_proportion_to_the_hours_drawn(hour: int, percent: float) -> None:
    assert Window(7, 21).down(hour * 60) == percent


def test_the_hours_between_the_edges_are_labelled() -> None:
    labels = [f"{hour}h" for hour in range(24)]
    assert [(hour.label, hour.top) for hour in hours(Window(7, 11), labels)] == [
        ("8h", 25), ("9h", 50), ("10h", 75),
    ]  # fmt: skip


@pytest.fixture
def item(alice: Person) -> Any:
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-04T09:00", "kind": "coding"})
    return alice.call(agenda)[0].interviews[0]


def laid_out(item: Any, *times: tuple[int, int]) -> list[tuple[str, float, float, float, float, bool]]:
    spans = [Span(replace(item, id=str(n)), start, minutes) for n, (start, minutes) in enumerate(times)]
    return [
        (block.line.id, block.top, block.height, block.left, block.width, block.is_short)
        for block in blocks(spans, Window(0, 10))
    ]


def test_interviews_share_the_width_only_while_they_overlap(item: Any) -> None:
    assert laid_out(item, (60, 60), (120, 60), (150, 60)) == [
        ("0", 10, 10, 0, 100, False),
        ("1", 20, 10, 0, 50, False),
        ("2", 25, 10, 50, 50, False),
    ]


def test_a_column_is_used_again_as_soon_as_it_is_free(item: Any) -> None:
    assert [block[:1] + block[3:5] for block in laid_out(item, (0, 120), (0, 60), (60, 60))] == [
        ("0", 0, 50), ("1", 50, 50), ("2", 50, 50),
    ]  # fmt: skip


def test_three_at_once_have_a_third_each_the_longest_first(item: Any) -> None:
    assert [block[:1] + block[3:5] for block in laid_out(item, (0, 60), (0, 90), (0, 120))] == [
        ("2", 0, 33.333), ("1", 33.333, 33.333), ("0", 66.666, 33.333),
    ]  # fmt: skip


def test_a_group_lasts_until_the_longest_of_it_has_ended(item: Any) -> None:
    assert [block[:1] + block[3:5] for block in laid_out(item, (0, 180), (30, 30), (90, 30))] == [
        ("0", 0, 50), ("1", 50, 50), ("2", 50, 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "height", "is_short"), [(5, 5, True), (30, 5, True), (49, 8.167, True), (50, 8.333, False)]
)
def test_a_short_interview_is_drawn_as_half_an_hour(
    item: Any, minutes: int, height: float, is_short: bool
) -> None:
    ((_, _, drawn, _, _, short),) = laid_out(item, (0, minutes))
    assert (drawn, short) == (height, is_short)


def test_an_interview_is_short_by_its_length_at_any_hour(item: Any) -> None:
    ((*_, short),) = laid_out(item, (15 * 60, 30))
    assert short


def test_a_block_ends_at_midnight() -> None:
    assert Span(ITEM, 23 * 60 + 50, 10).end == 24 * 60
    assert Span(ITEM, 23 * 60, 20).end == 23 * 60 + 30
