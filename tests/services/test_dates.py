"""Dates and times as text, and the address of a list."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.shapes.dates import ago, day_in_words, days_from, exact_day, moment_in_words, time_of, week_of
from tracker.shapes.enumerations import Door, EventKind, InterviewKind, Outcome, Stage
from tracker.shapes.filters import SORTS, Filters
from tracker.shapes.people import Who

TODAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-20, "20 days ago"),
        (21, "in 3 weeks"), (-35, "5 weeks ago"), (130, "in 4 months"), (-400, "13 months ago"), (-2520, "6 years ago"),
    ],
)  # fmt: skip
def test_a_day_is_a_distance(days: int, words: str) -> None:
    assert days_from(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"), (0, "just now"), (59, "just now"), (60, "1 min ago"), (3600, "1 h ago"),
        (86_400, "1 d ago"), (86_400 * 59, "59 d ago"), (86_400 * 61, "2 mo ago"), (86_400 * 800, "2 y ago"),
    ],
)  # fmt: skip
def test_an_instant_is_so_long_ago(seconds: int, words: str) -> None:
    now = datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert ago(now - timedelta(seconds=seconds), now) == words


def test_days_follow_the_readers_locale() -> None:
    assert exact_day(TODAY, "en-GB") == "Tue 3 Nov 2026"
    assert exact_day(TODAY, "en-US") == "Tue Nov 3 2026"
    assert exact_day(TODAY, "xx-nonsense") == "Tue 3 Nov 2026"
    assert day_in_words(date(2028, 2, 29), TODAY, "en-GB") == "Tue 29 Feb 2028"
    assert day_in_words(date(2027, 1, 1), TODAY, "en-GB") == "Fri 1 Jan"


def test_times_follow_the_readers_locale_and_zone() -> None:
    instant = datetime(2026, 11, 3, 13, 30, tzinfo=UTC)
    assert time_of(instant, ZoneInfo("Europe/Berlin"), "en-GB") == "14:30"
    assert time_of(instant, ZoneInfo("America/New_York"), "en-US") == "8:30 AM"
    assert moment_in_words(instant, ZoneInfo("Pacific/Kiritimati"), TODAY, "en-GB") == "Tomorrow, 03:30"


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), start=st.sampled_from([1, 6, 7]))
def test_a_week_begins_on_its_day_and_holds_the_day(day: date, start: int) -> None:
    first = week_of(day, start)
    assert first.isoweekday() == start
    assert first <= day <= first + timedelta(days=6)


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), other=st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_only_neighbours_have_names(day: date, other: date) -> None:
    words = day_in_words(day, other, "en-GB")
    assert (words in ("yesterday", "today", "tomorrow")) == (abs((day - other).days) <= 1)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc", "Europe"])
def test_an_unknown_zone_is_utc(zone: str) -> None:
    from uuid import uuid4

    assert Who(uuid4(), timezone=zone).zone is UTC


@given(query=st.dictionaries(st.sampled_from([*Filters.__dataclass_fields__, "x"]), st.text(max_size=30)))
def test_any_address_is_a_view_and_every_view_has_an_address(query: dict[str, str]) -> None:
    from urllib.parse import parse_qsl, urlsplit

    view = Filters.of_query(query)
    assert (
        Filters.of_query(dict(parse_qsl(urlsplit(view.address()).query))) == view or view.q != view.q.strip()
    )


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_same_column_again_turns_the_order_round(sort: str) -> None:
    once = Filters(sort="touched" if sort != "touched" else "company").sorted_by(sort)
    assert once.sorted_by(sort).descending is not once.descending
    assert once.sorted_by(sort).sorted_by(sort).descending is once.descending
    assert once.sorted_by("nonsense") == once


def test_every_word_has_a_label() -> None:
    for kind in (Stage, Outcome, InterviewKind, Door, EventKind):
        for word in kind:
            assert word.label[0].isupper()
    assert [stage.rank for stage in Stage] == list(range(6))
    assert (InterviewKind.ONSITE.label, InterviewKind.TAKE_HOME.label) == ("On-site", "Take-home")


def test_each_kind_of_interview_is_a_noun_in_a_sentence() -> None:
    assert [kind.noun for kind in InterviewKind] == [
        "recruiter screen", "hiring manager interview", "technical interview", "coding interview", "system design interview",
        "behavioural interview", "take-home", "panel interview", "on-site interview", "final interview", "interview",
    ]  # fmt: skip
