"""Properties of every score: sums, order, monotony, and unknown facts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.scoring import (
    AVOIDED,
    FACTS,
    KNOWN,
    SETTINGS,
    TODAY,
    WANTED,
    WISHES,
)
from tracker.services.priority import factors
from tracker.services.priority.score import CAP, score, total
from tracker.shapes.enumerations import Stage
from tracker.shapes.priority import Factor, Facts, ScoreContext, Wishes


@given(FACTS, WISHES, SETTINGS)
def test_the_points_add_up_to_a_score_from_0_to_100(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    result = score(facts, wishes, setting)
    assert sum(reason.points for reason in result.reasons) == result.total
    assert 0 <= result.total <= 100
    assert all(reason.sentence.endswith(".") for reason in result.reasons)
    assert result.reasons[0].points == 50


@given(FACTS, WISHES, SETTINGS)
def test_the_score_of_thousands_is_the_score_that_is_explained(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    assert total(facts, wishes, setting) == score(facts, wishes, setting).total


@given(FACTS, FACTS, WISHES, SETTINGS)
def test_the_same_fact_is_worth_the_same_points_in_every_application(
    facts: Facts, other: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    alike = replace(other, excitement=facts.excitement)
    both = [
        next((r.points for r in score(application, wishes, setting).reasons if r.factor == "excitement"), 0)
        for application in (facts, alike)
    ]
    assert both[0] == both[1]


@given(FACTS, WISHES, SETTINGS, st.randoms())
def test_no_order_of_wishes_or_of_factors_changes_the_score(
    facts: Facts, wishes: Wishes, setting: ScoreContext, dice: Any
) -> None:
    def shuffled(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dice.sample(words, len(words)))

    lists = ("countries", "cities", "workplaces", "wanted", "known", "avoided", "levels", "breakers")
    other = replace(wishes, **{name: shuffled(getattr(wishes, name)) for name in lists})
    mixed = dict(dice.sample(list(factors.FACTORS.items()), len(factors.FACTORS)))
    with patch.dict("tracker.services.priority.score.FACTORS", mixed, clear=True):
        assert total(facts, other, setting) == total(facts, wishes, setting)
        assert score(facts, other, setting).total == total(facts, wishes, setting)


def better(name: str, facts: Facts, dice: Any) -> Facts:
    """Return the same application with one fact improved."""
    words = facts.posting_words or frozenset()
    return {
        "salary": lambda: replace(facts, salary_from=(facts.salary_from or Decimal(0)) + 5_000),
        "excitement": lambda: replace(facts, excitement=min(5, (facts.excitement or 3) + 1)),
        "wanted": lambda: replace(facts, posting_words=words | {dice.choice(WANTED)}),
        "known": lambda: replace(facts, posting_words=words | {dice.choice(KNOWN)}),
        "avoided": lambda: replace(facts, posting_words=words - {dice.choice(AVOIDED)}),
        "interview": lambda: replace(
            facts,
            next_interview=max(TODAY, (facts.next_interview or TODAY + timedelta(40)) - timedelta(3)),
        ),
        "fresh": lambda: replace(facts, touched_on=min(TODAY, facts.touched_on + timedelta(4))),
        "contacts": lambda: replace(facts, contacts=facts.contacts + 1),
        "referral": lambda: replace(facts, is_referred=True),
    }[name]()


COMPARABLE = {
    "salary": lambda facts: facts.salary_from is not None and facts.salary_to is None,
    "wanted": lambda facts: facts.posting_words is not None,
    "known": lambda facts: facts.posting_words is not None,
    "avoided": lambda facts: facts.posting_words is not None,
}
"""Where the fact is known, since unknown is neutral and may be better than bad."""


@pytest.mark.parametrize(
    "name",
    ["salary", "excitement", "wanted", "known", "avoided", "interview", "fresh", "contacts", "referral"],
)
@given(facts=FACTS, wishes=WISHES, setting=SETTINGS, dice=st.randoms())
def test_a_better_fact_never_lowers_the_score(
    name: str, facts: Facts, wishes: Wishes, setting: ScoreContext, dice: Any
) -> None:
    if COMPARABLE.get(name, lambda _: True)(facts):
        assert total(better(name, facts, dice), wishes, setting) >= total(facts, wishes, setting)


@given(FACTS, WISHES, SETTINGS, st.sampled_from(["python", "go", "kafka", "scala", "baking"]))
def test_a_bullet_more_in_a_profile_never_lowers_the_score(
    facts: Facts, wishes: Wishes, setting: ScoreContext, skill: str
) -> None:
    """The first bullet activates the factor for all applications."""
    if wishes.profile_skills:
        more = replace(wishes, profile_skills=wishes.profile_skills | {skill})
        assert total(facts, more, setting) >= total(facts, wishes, setting)


@given(FACTS, WISHES, SETTINGS)
def test_unrecognized_requirements_never_beat_well_covered_ones(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    alone = replace(wishes, wanted=(), known=(), avoided=(), profile_skills=frozenset({"python"}))
    good, blank = replace(facts, required=("python", "kafka")), replace(facts, required=())
    for wanted in (wishes, alone):
        mine = replace(wanted, profile_skills=wanted.profile_skills | {"python"})
        assert total(blank, mine, setting) <= total(good, mine, setting)
    assert {r.factor: r.points for r in score(blank, alone, setting).reasons}.get("stack", 0) == 0


@given(FACTS, WISHES, SETTINGS, st.integers(0, 30), st.integers(0, 30))
def test_a_nearer_deadline_never_counts_less(
    facts: Facts, wishes: Wishes, setting: ScoreContext, near: int, far: int
) -> None:
    sooner, later = (replace(facts, deadline=TODAY + timedelta(days)) for days in sorted((near, near + far)))
    passed = replace(facts, deadline=TODAY - timedelta(1))
    assert total(sooner, wishes, setting) >= total(later, wishes, setting) >= total(passed, wishes, setting)


@given(FACTS, WISHES, st.integers(0, 40), st.integers(0, 40))
def test_a_source_that_led_to_more_interviews_never_counts_less(
    facts: Facts, wishes: Wishes, fewer: int, more: int
) -> None:
    """The mean stays constant: one source leads to more, another to fewer."""
    low, high = sorted((fewer, more))
    poor, good = (
        ScoreContext(TODAY, {"LinkedIn": (answered, 40), "Other": (80 - answered, 80)})
        for answered in (low, high)
    )
    referred = replace(facts, source="LinkedIn")
    assert total(referred, wishes, good) >= total(referred, wishes, poor)


UNKNOWN: dict[str, tuple[Factor, dict[str, Any]]] = {
    "salary": (Factor.SALARY, {"salary_from": None, "salary_to": None}),
    "posting": (Factor.STACK, {"posting_words": None, "required": ()}),
    "excitement": (Factor.EXCITEMENT, {"excitement": None}),
    "deadline": (Factor.DEADLINE, {"deadline": None}),
    "level": (Factor.SENIORITY, {"role": "Engineer"}),
    "source": (Factor.SOURCE, {"source": ""}),
    "place": (Factor.PLACE, {"workplace": None, "country": None, "location": ""}),
    "company": (Factor.COMPANY, {"industry": "", "company_size": None}),
    "contact": (Factor.CONTACT, {"contacts": 0, "is_referred": False}),
}


@pytest.mark.parametrize("name", UNKNOWN)
@given(facts=FACTS, wishes=WISHES, setting=SETTINGS)
def test_an_unknown_fact_gives_no_points_and_never_beats_the_same_fact_known_and_good(
    name: str, facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    factor, none = UNKNOWN[name]
    blank = replace(facts, **none)
    points = {reason.factor: reason.points for reason in score(blank, wishes, setting).reasons}
    assert points.get(factor, 0) == 0
    known = factors.FACTORS[factor](facts, wishes, setting)
    is_good = known is not None and known.value >= 0
    if is_good and "cap" not in {reason.factor for reason in score(facts, wishes, setting).reasons}:
        assert total(blank, wishes, setting) <= total(facts, wishes, setting)


@given(FACTS, WISHES, SETTINGS)
def test_a_deal_breaker_caps_the_score_and_says_so(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    open_one = replace(facts, stage="saved", outcome="", deadline=None, posting_words=frozenset({"php"}))
    broken = replace(wishes, breaking_words=("php",))
    capped, free = score(open_one, broken, setting), score(open_one, replace(wishes, breakers=()), setting)
    (cap,) = [reason for reason in capped.reasons if reason.factor == "cap"]
    assert capped.total == total(open_one, broken, setting) <= CAP
    assert cap.points == min(0, CAP - free.total)
    assert "php" in cap.sentence


@given(FACTS, SETTINGS)
def test_with_every_factor_off_all_open_applications_score_in_the_middle(
    facts: Facts, setting: ScoreContext
) -> None:
    off = Wishes(weights=dict.fromkeys(Factor, 0))
    assert total(facts, off, setting) == (0 if facts.stage == Stage.CLOSED else 50)
