"""Sentences of each factor and deal-breaker."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.scoring import TODAY
from tracker.services.priority.deal_breakers import broken_rules
from tracker.services.priority.factors import FACTORS
from tracker.services.priority.score import signed_points
from tracker.shapes.priority import Factor, Facts, ScoreContext, Wishes


def sentence(factor: str, wishes: Wishes | None = None, **facts: Any) -> str:
    finding = FACTORS[Factor(factor)](Facts(**facts), wishes or Wishes(), ScoreContext(TODAY))
    assert finding is not None
    return finding.words()


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("factor", "facts", "words"),
    [
        ("momentum", {"stage": "offer"}, "An offer is waiting for your answer."),
        ("momentum", {"next_interview": in_days(1)}, "The next interview is tomorrow."),
        ("momentum", {"stage": "applied", "stage_since": TODAY}, "Sent today, no reply yet."),
        ("momentum", {}, "No interview or reply yet."),
        ("momentum", {"stage": "screening", "stage_since": TODAY}, "They answered today, and no interview is scheduled."),
        (
            "momentum",
            {"stage": "screening", "stage_since": TODAY, "last_interview": in_days(-20)},
            "They answered today, and no interview is scheduled.",
        ),
        (
            "momentum",
            {"stage": "screening", "stage_since": in_days(-5), "last_interview": TODAY},
            "The last interview was today, and no interview is scheduled.",
        ),
        ("excitement", {}, "Not rated yet: counted as neutral."),
        ("excitement", {"excitement": 4}, "You gave it 4 of 5 for excitement."),
        ("deadline", {}, "No deadline is known: counted as neutral."),
        ("deadline", {"stage": "applied", "deadline": TODAY}, "The deadline has been met."),
        ("deadline", {"stage": "offer", "deadline": in_days(-1)}, "The deadline to answer the offer was yesterday."),
        ("deadline", {"deadline": in_days(-1)}, "The deadline was yesterday."),
        ("deadline", {"deadline": TODAY}, "The deadline is today."),
        ("contact", {"is_referred": True}, "You were referred."),
        ("contact", {"contacts": 1}, "You have a contact there."),
        ("contact", {"contacts": 2}, "You have 2 contacts there."),
        ("contact", {}, "No contact there is known: counted as neutral."),
        ("freshness", {"stage": "offer"}, "An offer is current until you answer it."),
        ("freshness", {"touched_on": in_days(-1)}, "The last activity was yesterday."),
        ("source", {}, "The source isn't known: counted as neutral."),
    ],
)  # fmt: skip
def test_each_factor_says_why(factor: str, facts: dict[str, Any], words: str) -> None:
    assert sentence(factor, **facts) == words


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("Senior engineer", "The title says senior, as you want."),
        ("Junior engineer", "The title says junior; you're looking for senior or lead or staff."),
        ("Engineer", "The title names no level: counted as neutral."),
    ],
)
def test_a_level_says_how_it_compares_with_the_wishes(role: str, words: str) -> None:
    assert sentence("seniority", Wishes(levels=("senior", "staff")), role=role) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {},
            "Remote or on site isn't known: counted as neutral. Its country isn't known: counted as neutral.",
        ),
        (
            {"workplace": "remote", "country": "DE", "location": "Berlin"},
            "Remote is what you want. Berlin is a place you named.",
        ),
        (
            {"workplace": "hybrid", "country": "DE", "location": "Bonn"},
            "Hybrid isn't how you want to work. Bonn is in a country you named, but not in a city you named.",
        ),
        (
            {"workplace": "remote", "country": "FR"},
            "Remote is what you want. France isn't a place you named, but the work is remote: counted as neutral.",
        ),
        (
            {"workplace": "hybrid", "country": "FR"},
            "Hybrid isn't how you want to work. France isn't a place you named.",
        ),
    ],
)
def test_a_place_says_how_it_compares_with_the_wishes(facts: dict[str, str], words: str) -> None:
    wishes = Wishes(workplaces=("remote",), countries=("DE",), cities=("Berlin",))
    assert sentence("place", wishes, **facts) == words


def test_a_city_alone_says_that_another_is_neutral() -> None:
    words = sentence("place", Wishes(cities=("Berlin",)), country="DE", location="Bonn")
    assert words == "Bonn isn't a city you named: counted as neutral."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Its industry isn't known: counted as neutral. Its size isn't known: counted as neutral."),
        (
            {"industry": "Energy", "company_size": "tiny"},
            "Energy is an industry you named. 1–10 people is a size you named.",
        ),
        (
            {"industry": "Banking", "company_size": "huge"},
            "Banking is not an industry you named. over 1,000 people is not a size you named.",
        ),
    ],
)
def test_a_company_says_how_it_compares_with_the_wishes(facts: dict[str, str], words: str) -> None:
    assert sentence("company", Wishes(industries=("energy",), sizes=("tiny",)), **facts) == words


@pytest.mark.parametrize(
    ("breaker", "facts", "words"),
    [
        ("salary", {"salary_from": Decimal(9), "currency": "EUR", "salary_period": "year"}, "It pays less than your minimum."),
        ("place", {"country": "FR"}, "It is in France."),
        ("workplace", {"workplace": "hybrid"}, "It is hybrid."),
        ("stack", {"posting_words": frozenset({"php"})}, "It uses php."),
        ("seniority", {"role": "Junior engineer"}, "The role's level is junior."),
    ],
)  # fmt: skip
def test_a_known_fact_breaks_its_deal_and_an_unknown_one_none(
    breaker: str, facts: dict[str, Any], words: str
) -> None:
    wishes = Wishes(
        salary_floor=Decimal(50_000), countries=("DE",), workplaces=("remote",), avoided=("php",), levels=("senior",),
        breakers=(breaker,),
    )  # fmt: skip
    assert broken_rules(Facts(**facts), wishes) == [words]
    assert broken_rules(Facts(), wishes) == []


def test_words_in_the_posting_break_a_deal() -> None:
    wishes = Wishes(breaking_words=("unpaid", "crypto"))
    posting = Facts(posting_words=frozenset({"unpaid", "crypto"}))
    assert broken_rules(posting, wishes) == ["The posting says unpaid, crypto."]


@pytest.mark.parametrize(("points", "words"), [(8, "+8"), (1, "+1"), (0, "0"), (-1, "−1"), (-3, "−3")])
def test_points_are_shown_with_their_sign(points: int, words: str) -> None:
    assert signed_points(points) == words


@pytest.mark.parametrize(
    ("wishes", "facts", "words"),
    [
        (Wishes(wanted=("python",)), {"posting_words": None}, "The posting's text isn't saved: counted as neutral."),
        (Wishes(wanted=("python",)), {"posting_words": frozenset()}, "The posting mentions none of the technologies you listed."),
        (
            Wishes(wanted=("python",), known=("sql",), avoided=("php",)),
            {"posting_words": frozenset({"python", "sql", "php"})},
            "The posting names what you want: python; what you know: sql; what you avoid: php.",
        ),
    ],
)  # fmt: skip
def test_technologies_say_which_words_the_posting_names(
    wishes: Wishes, facts: dict[str, Any], words: str
) -> None:
    assert sentence("stack", wishes, **facts) == words


@pytest.mark.parametrize(
    ("required", "words"),
    [
        ((), "No skill that it asks for was recognised: counted as neutral."),
        (("python",), "Your profile supports the one skill it asks for."),
        (("go",), "Your profile doesn’t support the one skill it asks for."),
        (("go", "python"), "Your profile supports 1 of the 2 skills it asks for."),
        (("go", "rust"), "Your profile supports none of the 2 skills it asks for."),
    ],
)
def test_a_profile_says_how_many_required_skills_it_supports(required: tuple[str, ...], words: str) -> None:
    wishes = Wishes(profile_skills=frozenset({"python"}))
    assert sentence("stack", wishes, posting_words=frozenset(), required=required) == words
