"""A value nearer to a wish never scores lower: places, levels, companies and stages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.scoring import FACTS, ROLES, SETTINGS, TODAY, WISHES
from tracker.services.matching.seniority import level_of
from tracker.services.priority.factors import momentum
from tracker.services.priority.score import score, total
from tracker.services.priority.wish_factors import industry_fits, place
from tracker.shapes.cadence import Cadence
from tracker.shapes.enumerations import Stage, Workplace
from tracker.shapes.priority import CompanySize, Factor, Facts, ScoreContext, Seniority, Wishes


def assert_ascending_scores(facts: list[Facts], wishes: Wishes, setting: ScoreContext) -> None:
    """Check that the score never falls along these facts, and equals the explained one."""
    totals = [total(fact, wishes, setting) for fact in facts]
    assert totals == sorted(totals)
    assert totals == [score(fact, wishes, setting).total for fact in facts]


@given(FACTS, WISHES, SETTINGS)
def test_a_place_nearer_to_the_wish_never_scores_lower(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    wished = replace(wishes, countries=("DE",), cities=("Berlin",))
    abroad, unknown = (replace(facts, location="", country=code) for code in ("US", None))
    same_country = replace(facts, location="Hamburg", country="DE")
    there = replace(facts, location="Berlin", country="DE")
    assert_ascending_scores([abroad, same_country, there], wished, setting)
    assert_ascending_scores([abroad, unknown, same_country], wished, setting)


@given(FACTS, WISHES, SETTINGS)
def test_a_country_wished_for_never_scores_lower_than_another(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    wished = replace(wishes, countries=("DE",), cities=())
    assert_ascending_scores(
        [replace(facts, location="", country=code) for code in ("US", None, "DE")], wished, setting
    )


@given(FACTS, WISHES, SETTINGS, st.sampled_from(list(Workplace)), st.sampled_from(list(Workplace)))
def test_a_way_of_working_that_was_ticked_never_scores_lower(
    facts: Facts, wishes: Wishes, setting: ScoreContext, ticked: Workplace, other: Workplace
) -> None:
    """Test in the user's own country, since remote work abroad is no further away."""
    assume(ticked != other)
    wished = replace(wishes, workplaces=(ticked.value,), countries=("DE",))
    home = replace(facts, country="DE")
    assert_ascending_scores(
        [replace(home, workplace=how) for how in (other.value, None, ticked.value)], wished, setting
    )


@given(FACTS, WISHES, SETTINGS)
def test_work_abroad_that_is_remote_never_scores_lower_than_on_site(
    facts: Facts, wishes: Wishes, setting: ScoreContext
) -> None:
    wished = replace(wishes, countries=("DE",), workplaces=())
    abroad = replace(facts, country="US", location="")
    assert_ascending_scores(
        [replace(abroad, workplace=how.value) for how in (Workplace.ONSITE, Workplace.REMOTE)],
        wished,
        setting,
    )


@given(FACTS, WISHES, SETTINGS, st.lists(st.sampled_from(list(Seniority)), min_size=1, unique=True))
def test_a_level_nearer_to_those_wished_for_never_scores_lower(
    facts: Facts, wishes: Wishes, setting: ScoreContext, levels: list[Seniority]
) -> None:
    def apart(role: str) -> int:
        level = level_of(role)
        return min(abs(level.rank - wanted_level.rank) for wanted_level in levels) if level else 0

    named = sorted((role for role in ROLES if level_of(role)), key=apart, reverse=True)
    wished = replace(wishes, levels=tuple(wanted_level.value for wanted_level in levels))
    assert_ascending_scores([replace(facts, role=role) for role in named], wished, setting)


@given(FACTS, WISHES, SETTINGS, st.sampled_from(list(CompanySize)), st.sampled_from(list(CompanySize)))
def test_an_industry_or_a_size_that_was_named_never_scores_lower(
    facts: Facts, wishes: Wishes, setting: ScoreContext, named: CompanySize, other: CompanySize
) -> None:
    assume(named != other)
    wished = replace(wishes, industries=("energy",), sizes=(named.value,))
    assert_ascending_scores(
        [replace(facts, industry=industry) for industry in ("Advertising", "", "Energy")], wished, setting
    )
    assert_ascending_scores(
        [replace(facts, company_size=size) for size in (other.value, None, named.value)], wished, setting
    )


@given(FACTS, WISHES, SETTINGS)
def test_a_later_stage_never_scores_lower(facts: Facts, wishes: Wishes, setting: ScoreContext) -> None:
    """Without the deadline, which counts only until an application is sent, and before silence counts."""
    lately = TODAY - timedelta(days=setting.cadence.reply_again)
    plain = replace(facts, deadline=None, next_interview=None, stage_since=max(lately, facts.stage_since))
    stages = (Stage.SAVED, Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER)
    assert_ascending_scores([replace(plain, stage=stage.value) for stage in stages], wishes, setting)


@given(FACTS, WISHES, SETTINGS)
def test_a_longer_silence_never_scores_higher(facts: Facts, wishes: Wishes, setting: ScoreContext) -> None:
    silent = [replace(facts, stage_since=TODAY - timedelta(days)) for days in (90, 31, 30, 20, 8, 3, 0)]
    assert_ascending_scores([replace(fact, last_interview=None) for fact in silent], wishes, setting)
    met = [
        replace(facts, stage_since=TODAY - timedelta(100), last_interview=fact.stage_since) for fact in silent
    ]
    assert_ascending_scores(met, wishes, setting)


@given(FACTS, WISHES, SETTINGS, st.integers(0, 20))
def test_an_open_offer_leads(facts: Facts, wishes: Wishes, setting: ScoreContext, days: int) -> None:
    """Among applications that differ only in where they stand."""
    plain = replace(facts, deadline=None)
    offer = replace(plain, stage="offer", stage_since=TODAY - timedelta(days))
    for stage in (Stage.SAVED, Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING):
        assert total(replace(plain, stage=stage), wishes, setting) <= total(offer, wishes, setting)


LIKED = Facts(excitement=5, contacts=2, touched_on=TODAY)


def test_an_offer_leads_a_near_deadline_which_leads_silent_talks() -> None:
    setting, wishes = ScoreContext(TODAY), Wishes()
    days = timedelta(days=1)
    offer = replace(LIKED, stage="offer", stage_since=TODAY - 10 * days, touched_on=TODAY - 10 * days)
    closing = replace(LIKED, stage="saved", deadline=TODAY + 4 * days)
    interviewed = replace(
        LIKED, stage="interviewing", stage_since=TODAY - 60 * days, last_interview=TODAY - 40 * days
    )
    screening = replace(LIKED, stage="screening", stage_since=TODAY - 45 * days)
    passed = replace(LIKED, stage="saved", deadline=TODAY - days)
    totals = [total(fact, wishes, setting) for fact in (offer, closing, interviewed, screening, passed)]
    assert totals == sorted(totals, reverse=True)
    assert totals[1] - totals[2] > 15
    assert totals[2] == totals[3]
    assert totals[4] == 25


@pytest.mark.parametrize(
    ("stage", "days", "value"),
    [
        ("screening", 3, 60), ("screening", 4, 55), ("screening", 30, -100), ("screening", 300, -100),
        ("applied", 7, 0), ("applied", 8, -4), ("applied", 29, -95), ("applied", 30, -100), ("offer", 300, 100), ("saved", 300, 0),
    ],
)  # fmt: skip
def test_momentum_fades_between_the_days_of_the_cadence(stage: str, days: int, value: int) -> None:
    facts = Facts(stage=stage, stage_since=TODAY - timedelta(days))
    assert momentum(facts, Wishes(), ScoreContext(TODAY)).value == value


def test_momentum_fades_with_the_users_own_cadence() -> None:
    facts = Facts(stage="interviewing", stage_since=TODAY - timedelta(40))
    patient = ScoreContext(TODAY, cadence=Cadence(reply_again=30, close=90))
    assert momentum(facts, Wishes(), patient).value == 60 - 160 * 10 // 60
    hasty = ScoreContext(TODAY, cadence=Cadence(reply_again=30, close=7))
    assert momentum(replace(facts, stage_since=TODAY - timedelta(6)), Wishes(), hasty).value == 60
    assert momentum(replace(facts, stage_since=TODAY - timedelta(7)), Wishes(), hasty).value == -100


def test_a_deadline_that_passed_is_said_beside_the_cap() -> None:
    facts = replace(LIKED, stage="saved", deadline=TODAY - timedelta(1))
    explained = score(facts, Wishes(), ScoreContext(TODAY))
    (cap,) = [reason for reason in explained.reasons if reason.factor == "passed"]
    assert (explained.total, cap.label) == (25, "Deadline passed")
    assert cap.sentence == "The deadline to apply has passed. That caps the score at 25."
    weightless = Wishes(weights={Factor.DEADLINE: 0})
    assert total(facts, weightless, ScoreContext(TODAY)) > 50


@given(FACTS, WISHES, SETTINGS, st.integers(0, 40))
def test_an_interview_that_is_arranged_never_scores_lower_than_none(
    facts: Facts, wishes: Wishes, setting: ScoreContext, days: int
) -> None:
    soon = replace(facts, next_interview=TODAY + timedelta(days))
    assert_ascending_scores([replace(facts, next_interview=None), soon], wishes, setting)


@pytest.mark.parametrize(
    ("wished", "industry", "fits"),
    [
        ("AI", "Retail", -60),
        ("AI", "Robotics and AI", 100),
        ("art", "Department stores", -60),
        ("health", "Healthcare", 100),
        ("tech", "Fintech", 100),
    ],
)
def test_a_short_industry_is_a_word_of_its_own(wished: str, industry: str, fits: int) -> None:
    assert industry_fits(Facts(industry=industry), Wishes(industries=(wished,))) == fits


@pytest.mark.parametrize(
    ("city", "location", "value"),
    [("Bern", "Bernau bei Berlin", -100), ("Bern", "Bern, Switzerland", 100), ("Köln", "KÖLN-Deutz", 100)],
)
def test_a_city_is_found_as_a_word_of_its_own(city: str, location: str, value: int) -> None:
    reason: Any = place(Facts(location=location, country="DE"), Wishes(countries=("CH",), cities=(city,)))
    assert reason[0] == value


def test_another_city_than_the_one_named_says_so() -> None:
    reason: Any = place(Facts(location="Paris, France", country="FR"), Wishes(cities=("Berlin",)))
    assert (reason[0], reason[1]()) == (0, "Paris, France isn't a city you named: counted as neutral.")
