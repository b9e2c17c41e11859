"""The reasons of a score: caps, closing, and aspects that stand alone."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.scoring import TODAY
from tracker.services.priority.deal_breakers import broken_rules
from tracker.services.priority.factors import FACTORS
from tracker.services.priority.score import score, total
from tracker.shapes.priority import Factor, Facts, Reason, ScoreContext, Wishes

SETTING = ScoreContext(TODAY)
OFF = dict.fromkeys(Factor, 0)


def value(factor: str, wishes: Wishes, **facts: Any) -> int | None:
    finding = FACTORS[Factor(factor)](Facts(**facts), wishes, SETTING)
    return finding.value if finding else None


def sentence(factor: str, wishes: Wishes, **facts: Any) -> str:
    finding = FACTORS[Factor(factor)](Facts(**facts), wishes, SETTING)
    return finding.words() if finding else ""


def reasons(facts: Facts, wishes: Wishes) -> list[Reason]:
    return score(facts, wishes, SETTING).reasons


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("rejected", "Closed as rejected: nothing is left to do."), ("", "Closed: nothing is left to do.")],
)
def test_a_closed_application_scores_nothing_and_says_how_it_ended(outcome: str, words: str) -> None:
    closed = Facts(stage="closed", outcome=outcome, excitement=5)
    wishes = Wishes(weights=OFF | {Factor.EXCITEMENT: 1})
    assert [(reason.factor, reason.points, reason.sentence) for reason in reasons(closed, wishes)[:2]] == [
        ("start", 50, "Every application starts in the middle."), ("closed", -100, words)
    ]  # fmt: skip
    assert total(closed, wishes, SETTING) == score(closed, wishes, SETTING).total == 0


def test_both_caps_are_said_and_the_lower_one_holds() -> None:
    late = Facts(
        excitement=5, deadline=TODAY - timedelta(days=1), posting_words=frozenset({"unpaid", "crypto"})
    )
    wishes = Wishes(
        weights=OFF | {Factor.EXCITEMENT: 1, Factor.DEADLINE: 1}, breaking_words=("unpaid",), avoided=("crypto",),
        breakers=("stack",),
    )  # fmt: skip
    capped = [(reason.label, reason.points, reason.sentence) for reason in reasons(late, wishes)[1:3]]
    assert capped == [
        ("Deadline passed", -25, "The deadline to apply has passed. That caps the score at 25."),
        ("Deal-breaker", -15, "It uses crypto. The posting says unpaid. That caps the score at 10."),
    ]
    assert total(late, wishes, SETTING) == 10


@pytest.mark.parametrize(("stars", "points"), [(5, -90), (3, -40), (2, -15), (1, 0)])
def test_a_deal_breaker_takes_what_is_above_ten(stars: int, points: int) -> None:
    facts = Facts(excitement=stars, posting_words=frozenset({"unpaid"}))
    wishes = Wishes(weights=OFF | {Factor.EXCITEMENT: 1}, breaking_words=("unpaid",))
    (cap,) = (reason for reason in reasons(facts, wishes) if reason.factor == "cap")
    assert cap.points == points


@pytest.mark.parametrize(("stars", "points"), [(5, -25), (4, -13), (3, 0), (1, 0)])
def test_a_passed_deadline_takes_what_is_above_25(stars: int, points: int) -> None:
    facts = Facts(excitement=stars, deadline=TODAY - timedelta(days=1))
    wishes = Wishes(weights=OFF | {Factor.EXCITEMENT: 1, Factor.DEADLINE: 1})
    (cap,) = (reason for reason in reasons(facts, wishes) if reason.factor == "passed")
    assert cap.points == points


def test_reasons_are_listed_by_points_whichever_their_sign_and_equal_ones_by_name() -> None:
    facts = Facts(excitement=1, contacts=1, deadline=TODAY, is_referred=True)
    wishes = Wishes(
        weights=OFF | {Factor.EXCITEMENT: 2, Factor.CONTACT: 1, Factor.DEADLINE: 1, Factor.SOURCE: 1}
    )
    listed = [(reason.factor, reason.signed) for reason in reasons(facts, wishes)]
    assert listed == [
        ("start", "50"), ("excitement", "−20"), ("contact", "+10"), ("deadline", "+10"), ("source", "0")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "days", "is_late"),
    [("saved", -1, True), ("saved", 0, False), ("applied", -1, False), ("offer", -1, False)],
)
def test_only_a_saved_application_is_late_from_the_day_after_its_deadline(
    stage: str, days: int, is_late: bool
) -> None:
    facts = Facts(stage=stage, deadline=TODAY + timedelta(days=days))
    names = {reason.factor for reason in reasons(facts, Wishes())}
    assert ("passed" in names) == is_late


@pytest.mark.parametrize(("size", "points"), [("tiny", 100), ("huge", -60), (None, 0)])
def test_a_size_alone_counts_in_full(size: str | None, points: int) -> None:
    assert value("company", Wishes(sizes=("tiny",)), company_size=size) == points


def test_points_of_a_mean_are_whole() -> None:
    wishes = Wishes(weights=OFF | {Factor.COMPANY: 1}, sizes=("tiny",), industries=("energy",))
    (reason,) = reasons(Facts(company_size="tiny", industry="Banking"), wishes)[1:]
    assert (reason.signed, reason.points) == ("+10", 10)


@pytest.mark.parametrize(("pay", "points"), [(50_100, 51), (50_000, 50), (49_800, 49)])
def test_half_a_point_above_or_below_the_minimum_is_rounded_away_from_zero(pay: int, points: int) -> None:
    wishes = Wishes(
        weights=OFF | {Factor.SALARY: 1}, salary_floor=Decimal(50_000), salary_target=Decimal(60_000)
    )
    paid = Facts(salary_from=Decimal(pay), currency="EUR", salary_period="year")
    assert total(paid, wishes, SETTING) == points


@pytest.mark.parametrize(
    "wishes",
    [Wishes(wanted=("go",)), Wishes(avoided=("go",)), Wishes(profile_skills=frozenset({"go"}))],
)
def test_a_posting_that_is_not_stored_is_neutral(wishes: Wishes) -> None:
    assert value("stack", wishes, posting_words=None) == 0


@pytest.mark.parametrize(("industry", "points"), [("Energy", 100), ("Banking", -60), ("", 0)])
def test_an_industry_alone_counts_in_full(industry: str, points: int) -> None:
    assert value("company", Wishes(industries=("energy",)), industry=industry) == points
    assert sentence("company", Wishes(industries=("energy",)), industry=industry).count(".") == 1


@pytest.mark.parametrize(("workplace", "points"), [("remote", 100), ("hybrid", -100), (None, 0)])
def test_a_workplace_alone_counts_in_full(workplace: str | None, points: int) -> None:
    assert value("place", Wishes(workplaces=("remote",)), workplace=workplace, country="US") == points


@pytest.mark.parametrize(
    ("wishes", "country", "workplace", "points"),
    [
        (Wishes(countries=("DE",)), "US", "onsite", -100),
        (Wishes(countries=("DE",)), "US", "remote", 0),
        (Wishes(countries=("DE",)), None, None, 0),
        (Wishes(countries=("DE",), cities=("Berlin",)), "DE", None, 60),
        (Wishes(cities=("Berlin",)), "US", "onsite", 0),
    ],
)
def test_a_location_alone_counts_by_its_distance(
    wishes: Wishes, country: str | None, workplace: str | None, points: int
) -> None:
    assert value("place", wishes, country=country, workplace=workplace) == points


@pytest.mark.parametrize("factor", ["place", "salary", "stack", "seniority", "company"])
def test_a_factor_without_a_wish_counts_for_nothing(factor: str) -> None:
    facts = {"workplace": "remote", "salary_from": Decimal(9), "currency": "EUR", "role": "Senior engineer"}
    assert value(factor, Wishes(), **facts) is None


PAID = Wishes(salary_floor=Decimal(50_000), salary_target=Decimal(60_000))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"currency": "EUR"}, "The salary isn't known: counted as neutral."),
        ({"salary_from": Decimal(9), "currency": "XTS"}, "No exchange rate is known for XTS: counted as neutral."),
        ({"salary_to": Decimal(9), "currency": "XTS"}, "No exchange rate is known for XTS: counted as neutral."),
    ],
)  # fmt: skip
def test_unknown_pay_says_whether_the_amount_or_the_rate_is_missing(
    facts: dict[str, Any], words: str
) -> None:
    assert (value("salary", PAID, **facts), sentence("salary", PAID, **facts)) == (0, words)


@pytest.mark.parametrize(
    ("amount", "currency", "period", "is_converted"),
    [
        (60_000, "EUR", "year", False), (5_000, "EUR", "month", True), (75_000, "USD", "year", True)
    ],
)  # fmt: skip
def test_pay_is_converted_only_from_another_currency_or_period(
    amount: int, currency: str, period: str, is_converted: bool
) -> None:
    facts = {"salary_from": Decimal(amount), "currency": currency, "salary_period": period}
    assert ("(about €" in sentence("salary", PAID, **facts)) == is_converted


def test_a_wish_per_month_is_compared_with_pay_per_year() -> None:
    monthly = Wishes(salary_floor=Decimal(4_000), salary_target=Decimal(5_000), salary_period="month")
    paid = {"salary_from": Decimal(54_000), "currency": "EUR", "salary_period": "year"}
    assert value("salary", monthly, **paid) == 50


@pytest.mark.parametrize(
    ("wishes", "facts"),
    [
        (Wishes(cities=("Berlin",), breakers=("place",)), {"country": "US", "location": "Boston"}),
        (Wishes(countries=("DE",), breakers=("place",)), {"country": "US", "workplace": "remote"}),
        (Wishes(countries=("DE",), breakers=("place",)), {"country": "DE"}),
        (Wishes(workplaces=("remote",), breakers=("workplace",)), {"workplace": "remote"}),
        (Wishes(breakers=("workplace", "place", "salary", "stack", "seniority")), {"workplace": "onsite", "country": "US"}),
        (Wishes(levels=("senior",), breakers=("seniority",)), {"role": "Senior engineer"}),
        (Wishes(levels=("senior",), breakers=("seniority",)), {"role": "Engineer"}),
        (Wishes(avoided=("php",), breakers=("stack",)), {"posting_words": frozenset({"python"})}),
        (Wishes(avoided=("php",)), {"posting_words": frozenset({"php"})}),
    ],
)  # fmt: skip
def test_facts_that_fit_or_were_not_ruled_out_break_no_deal(wishes: Wishes, facts: dict[str, Any]) -> None:
    assert broken_rules(Facts(**facts), wishes) == []


def test_the_country_that_breaks_a_deal_is_named_or_shown_by_its_code() -> None:
    wishes = Wishes(countries=("DE",), breakers=("place",))
    assert broken_rules(Facts(country="CH"), wishes) == ["It is in Switzerland."]
    assert broken_rules(Facts(country="XX"), wishes) == ["It is in XX."]
