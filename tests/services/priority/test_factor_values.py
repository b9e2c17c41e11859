"""Values of each factor at its boundaries, worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.scoring import TODAY
from tracker.services.priority.factors import FACTORS
from tracker.services.priority.score import score, total, worths
from tracker.shapes.priority import Factor, Facts, ScoreContext, Wishes

SETTING = ScoreContext(TODAY)


def value(factor: str, wishes: Wishes | None = None, setting: ScoreContext = SETTING, **facts: Any) -> int:
    finding = FACTORS[Factor(factor)](Facts(**facts), wishes or Wishes(), setting)
    assert finding is not None
    return finding.value


def sentence(factor: str, wishes: Wishes | None = None, setting: ScoreContext = SETTING, **facts: Any) -> str:
    finding = FACTORS[Factor(factor)](Facts(**facts), wishes or Wishes(), setting)
    assert finding is not None
    return finding.words()


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(("stars", "points"), [(1, -100), (2, -50), (3, 0), (4, 50), (5, 100), (None, 0)])
def test_each_star_is_worth_fifty(stars: int | None, points: int) -> None:
    assert value("excitement", excitement=stars) == points


@pytest.mark.parametrize(
    ("days", "points"), [(-1, -100), (0, 100), (1, 96), (7, 67), (10, 53), (20, 5), (21, 0), (22, 0)]
)
def test_a_deadline_counts_from_three_weeks_before(days: int, points: int) -> None:
    assert value("deadline", deadline=in_days(days)) == points


def test_a_deadline_counts_only_until_it_is_met() -> None:
    assert value("deadline", stage="applied", deadline=in_days(7)) == 0
    assert value("deadline", stage="offer", deadline=in_days(7)) == 67
    assert value("deadline", stage="offer", deadline=in_days(-1)) == 0
    assert value("deadline", stage="offer", deadline=in_days(0)) == 100


@pytest.mark.parametrize(("days", "points"), [(0, 95), (2, 95), (3, 85), (7, 85), (8, 75), (60, 75)])
def test_an_interview_counts_more_within_two_days_and_within_a_week(days: int, points: int) -> None:
    assert value("momentum", next_interview=in_days(days)) == points


@pytest.mark.parametrize(
    ("stage", "days", "points"),
    [("saved", 9, 0), ("offer", 90, 100), ("screening", 0, 60), ("applied", 0, 0)],
)
def test_momentum_begins_with_the_stage(stage: str, days: int, points: int) -> None:
    assert value("momentum", stage=stage, stage_since=in_days(-days)) == points


def test_talks_count_less_after_an_interview_in_this_stage() -> None:
    assert value("momentum", stage="screening", stage_since=TODAY, last_interview=TODAY) == 40
    assert value("momentum", stage="screening", stage_since=TODAY, last_interview=in_days(-1)) == 60


@pytest.mark.parametrize(("contacts", "points"), [(0, 0), (1, 60), (2, 80), (9, 80)])
def test_a_second_contact_counts_more_and_a_third_no_more(contacts: int, points: int) -> None:
    assert value("contact", contacts=contacts) == points
    assert value("contact", contacts=contacts, is_referred=True) == 100


@pytest.mark.parametrize(
    ("level", "points"),
    [("intern", 100), ("junior", -30), ("mid", -70), ("senior", -100), ("staff", -100), ("manager", -100)],
)
def test_a_level_counts_by_its_distance(level: str, points: int) -> None:
    assert value("seniority", Wishes(levels=(level,)), role="Intern") == points


@pytest.mark.parametrize(
    ("days", "points"),
    [(0, 50), (1, 42), (6, 7), (7, 0), (8, -4), (21, -50), (34, -97), (35, -100), (36, -100)],
)
def test_activity_fades_within_a_week_and_is_stale_after_five(days: int, points: int) -> None:
    assert value("freshness", touched_on=in_days(-days)) == points


def test_activity_in_the_future_counts_as_of_today_and_an_offer_stays_fresh() -> None:
    assert value("freshness", touched_on=in_days(1)) == 50
    assert value("freshness", stage="offer", touched_on=in_days(-90)) == 50


@pytest.mark.parametrize(
    ("own", "others", "points"),
    [
        ((4, 4), (0, 36), 0),
        ((5, 5), (0, 35), 54),
        ((50, 50), (0, 450), 79),
        ((0, 10), (5, 30), -33),
        ((0, 9), (0, 9), 0),
    ],
)
def test_five_applications_make_a_source_count(
    own: tuple[int, int], others: tuple[int, int], points: int
) -> None:
    setting = ScoreContext(TODAY, sources={"LinkedIn": own, "Referral": others})
    assert value("source", setting=setting, source="LinkedIn") == points


def test_a_source_says_its_share_beside_that_of_all() -> None:
    setting = ScoreContext(TODAY, sources={"LinkedIn": (50, 50), "Referral": (0, 450)})
    assert sentence("source", setting=setting, source="LinkedIn") == (
        "50 of your 50 applications from LinkedIn led to an interview; from all sources together, 10 %."
    )
    assert sentence("source", setting=setting, source="Meetup") == (
        "Not enough data on Meetup: 0 of 0 led to an interview. Counted as neutral."
    )


BOTH = Wishes(salary_target=Decimal(60_000), salary_floor=Decimal(50_000))
TARGET = Wishes(salary_target=Decimal(60_000))
FLOOR = Wishes(salary_floor=Decimal(48_000))


@pytest.mark.parametrize(
    ("wishes", "pay", "points"),
    [
        (BOTH, 60_000, 100),
        (BOTH, 59_999, 99),
        (BOTH, 55_000, 50),
        (BOTH, 50_000, 0),
        (BOTH, 42_500, -50),
        (BOTH, 35_000, -100),
        (BOTH, 20_000, -100),
        (TARGET, 54_000, 50),
        (TARGET, 48_000, 0),
        (FLOOR, 60_000, 100),
        (FLOOR, 59_000, 91),
        (FLOOR, 48_000, 0),
    ],
)
def test_pay_counts_between_thirty_percent_below_the_least_and_the_target(
    wishes: Wishes, pay: int, points: int
) -> None:
    facts = {"salary_from": Decimal(pay), "currency": "EUR", "salary_period": "year"}
    assert value("salary", wishes, **facts) == points


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (60_000, "€60,000 a year reaches your target of €60,000."),
        (50_000, "€50,000 a year is between your minimum and your target of €60,000."),
        (49_999, "€49,999 a year is below your minimum of €50,000."),
    ],
)
def test_pay_is_said_beside_the_bound_it_meets(pay: int, words: str) -> None:
    facts = {
        "salary_from": Decimal(pay),
        "salary_to": Decimal(pay),
        "currency": "EUR",
        "salary_period": "year",
    }
    assert sentence("salary", BOTH, **facts) == words


def test_pay_in_another_currency_or_period_is_said_to_the_nearest_hundred() -> None:
    facts = {"salary_from": Decimal(5_004), "currency": "EUR", "salary_period": "month"}
    assert "(about €60,000 a year)" in sentence("salary", BOTH, **facts)
    facts["salary_from"] = Decimal(5_005)
    assert "(about €60,100 a year)" in sentence("salary", BOTH, **facts)


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"workplace": "remote", "country": "DE", "location": "Berlin"}, 100),
        ({"workplace": "remote", "country": "DE", "location": "Bonn"}, 80),
        ({"workplace": "remote"}, 50),
        ({"workplace": "remote", "country": "FR"}, 50),
        ({"workplace": "hybrid", "country": "FR"}, -100),
        ({"workplace": "hybrid", "country": "DE"}, -20),
        ({}, 0),
    ],
)
def test_a_place_counts_half_by_workplace_and_half_by_location(facts: dict[str, str], points: int) -> None:
    wishes = Wishes(workplaces=("remote",), countries=("DE",), cities=("Berlin",))
    assert value("place", wishes, **facts) == points


def test_a_country_alone_counts_in_full_without_a_city() -> None:
    assert value("place", Wishes(countries=("DE",)), country="DE") == 100
    assert value("place", Wishes(cities=("Berlin",)), country="DE", location="Bonn") == 0


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"industry": "Green energy", "company_size": "tiny"}, 100),
        ({"industry": "Green energy", "company_size": "huge"}, 20),
        ({"industry": "Banking", "company_size": "huge"}, -60),
        ({"industry": "Green energy"}, 50),
        ({}, 0),
    ],
)
def test_a_company_counts_half_by_industry_and_half_by_size(facts: dict[str, str], points: int) -> None:
    assert value("company", Wishes(industries=("energy",), sizes=("tiny",)), **facts) == points


@pytest.mark.parametrize(
    ("wished", "posting", "points"),
    [
        ({"wanted": ("python", "go", "rust")}, (), -50),
        ({"wanted": ("python", "go", "rust")}, ("python",), 0),
        ({"wanted": ("python", "go", "rust")}, ("python", "go"), 50),
        ({"wanted": ("python", "go", "rust", "sql")}, ("python", "go", "rust"), 100),
        ({"wanted": ("python", "go", "rust", "sql")}, ("python", "go", "rust", "sql"), 100),
        ({"wanted": ("python",), "known": ("sql",)}, ("python",), 40),
        ({"wanted": ("python",), "known": ("sql",)}, ("sql",), 10),
        ({"avoided": ("php", "java", "perl", "cobol")}, (), 50),
        ({"avoided": ("php", "java", "perl", "cobol")}, ("php",), 0),
        ({"avoided": ("php", "java", "perl", "cobol")}, ("php", "java"), -50),
        ({"avoided": ("php", "java", "perl", "cobol")}, ("php", "java", "perl", "cobol"), -100),
    ],
)
def test_wanted_words_count_thrice_known_ones_twice_and_avoided_ones_cost_fifty(
    wished: dict[str, tuple[str, ...]], posting: tuple[str, ...], points: int
) -> None:
    assert value("stack", Wishes(**wished), posting_words=frozenset(posting)) == points  # type: ignore[arg-type]


def test_skills_are_neutral_when_a_posting_requires_none_that_is_known() -> None:
    wishes = Wishes(profile_skills=frozenset({"python"}))
    assert value("stack", wishes, posting_words=frozenset()) == 0
    assert value("stack", wishes, posting_words=frozenset(), required=("go", "python|rust")) == 25


def test_fifty_points_are_divided_by_weight_and_the_rest_by_the_largest_remainders() -> None:
    # Weights 5, 4, 3, 3, 2 and 2 of 19: 13.2, 10.5, 7.9, 7.9, 5.3 and 5.3 points.
    assert worths(Wishes()) == {
        Factor.MOMENTUM: 13, Factor.EXCITEMENT: 11, Factor.DEADLINE: 8, Factor.CONTACT: 8, Factor.FRESHNESS: 5, Factor.SOURCE: 5,
    }  # fmt: skip


def test_equal_remainders_are_rounded_up_in_the_order_of_the_reasons() -> None:
    only = dict.fromkeys(Factor, 0) | {Factor.EXCITEMENT: 1, Factor.CONTACT: 1, Factor.DEADLINE: 1}
    assert worths(Wishes(weights=only)) == {Factor.EXCITEMENT: 17, Factor.DEADLINE: 17, Factor.CONTACT: 16}


def test_half_a_point_is_rounded_away_from_zero() -> None:
    only = Wishes(weights=dict.fromkeys(Factor, 0) | {Factor.EXCITEMENT: 1, Factor.DEADLINE: 1})
    assert total(Facts(excitement=4), only, SETTING) == 63
    assert total(Facts(excitement=2), only, SETTING) == 37


EXCITED = Wishes(weights=dict.fromkeys(Factor, 0) | {Factor.EXCITEMENT: 1, Factor.DEADLINE: 1})


@pytest.mark.parametrize(("stars", "capped"), [(5, 25), (1, 0)])
def test_a_passed_deadline_caps_a_saved_application_at_25(stars: int, capped: int) -> None:
    facts = Facts(excitement=stars, deadline=in_days(-1))
    assert total(facts, EXCITED, SETTING) == score(facts, EXCITED, SETTING).total == capped
    assert total(Facts(excitement=5, deadline=TODAY), EXCITED, SETTING) == 100


@pytest.mark.parametrize(("stars", "capped"), [(5, 10), (3, 10), (1, 10)])
def test_a_deal_breaker_caps_the_score_at_10(stars: int, capped: int) -> None:
    breaking = Wishes(
        weights=dict.fromkeys(Factor, 0) | {Factor.EXCITEMENT: 1, Factor.CONTACT: 4},
        breaking_words=("unpaid",),
    )
    facts = Facts(excitement=stars, posting_words=frozenset({"unpaid"}))
    assert total(facts, breaking, SETTING) == score(facts, breaking, SETTING).total == capped


def test_pay_equal_to_the_least_breaks_no_deal() -> None:
    wishes = Wishes(salary_floor=Decimal(50_000), breakers=("salary",), weights=dict.fromkeys(Factor, 0))
    paid = {"currency": "EUR", "salary_period": "year"}
    assert total(Facts(salary_from=Decimal(50_000), **paid), wishes, SETTING) == 50  # type: ignore[arg-type]
    assert total(Facts(salary_from=Decimal(49_999), **paid), wishes, SETTING) == 10  # type: ignore[arg-type]


def test_a_deal_breaker_raises_no_score_below_the_cap() -> None:
    breaking = Wishes(weights=dict.fromkeys(Factor, 0) | {Factor.EXCITEMENT: 1}, breaking_words=("unpaid",))
    facts = Facts(excitement=1, posting_words=frozenset({"unpaid"}))
    assert total(facts, breaking, SETTING) == score(facts, breaking, SETTING).total == 0
