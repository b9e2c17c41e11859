"""The factors of the score: each maps facts and wishes to a value from -100 to 100, with a sentence.

Unknown is 0 and says so; good is above 0, bad below. A factor without any wish gives None for every application, and weighs
nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tracker.services.matching.seniority import level_of
from tracker.services.priority.technology_factor import stack
from tracker.services.priority.wish_factors import company, place, salary
from tracker.shapes.dates import days_from
from tracker.shapes.enumerations import TALKING, WITH_DEADLINE, Stage
from tracker.shapes.priority import Factor, Facts, ScoreContext, Seniority, Wishes

ENOUGH = 5
"""Fewest applications for which a source's rate of interviews counts."""
PRIOR = 10
"""Weight of the overall mean when a source's rate is shrunk towards it, in applications."""


class Finding(NamedTuple):
    """A factor's value, and its sentence, which is only built when it is read."""

    value: int
    words: Callable[[], str]


def momentum(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score an offer highest, then an interview soon, then talks and applications, which fade in silence."""
    if facts.stage == Stage.OFFER:
        return Finding(100, lambda: "An offer is waiting for your answer.")
    if (soon := facts.next_interview) is not None:
        away = (soon - setting.today).days
        value = 95 if away <= 2 else 85 if away <= 7 else 75
        return Finding(value, lambda: f"The next interview is {days_from(soon, setting.today)}.")
    if facts.stage in TALKING:
        return _talks(facts, setting)
    if facts.stage == Stage.APPLIED:
        value = _faded(0, facts.stage_since, setting.cadence.follow_up_first, setting)
        return Finding(value, lambda: f"Sent {days_from(facts.stage_since, setting.today)}, no reply yet.")
    return Finding(0, lambda: "No interview or reply yet.")


def _talks(facts: Facts, setting: ScoreContext) -> Finding:
    """Score talks by the days since the company was last heard from."""
    met = facts.last_interview
    has_met = met is not None and met >= facts.stage_since
    heard_on = met if met is not None and has_met else facts.stage_since
    value = _faded(40 if has_met else 60, heard_on, setting.cadence.reply_again, setting)
    event = "The last interview was" if has_met else "They answered"
    return Finding(
        value, lambda: f"{event} {days_from(heard_on, setting.today)}, and no interview is scheduled."
    )


def _faded(value: int, since: date, patience: int, setting: ScoreContext) -> int:
    """Return a value that falls linearly to -100 between `patience` days of silence and closing."""
    close = setting.cadence.close
    begin = min(patience, close - 1)
    passed = min(max((setting.today - since).days - begin, 0), close - begin)
    return value - (value + 100) * passed // (close - begin)


def excitement(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score the user's rating, from one to five stars."""
    stars = facts.excitement
    if stars is None:
        return Finding(0, lambda: "Not rated yet: counted as neutral.")
    return Finding((stars - 3) * 50, lambda: f"You gave it {stars} of 5 for excitement.")


DEADLINE_DAYS = 21


def deadline(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score a deadline that comes near; one that has passed counts against a job that wasn't applied for."""
    day = facts.deadline
    if day is None:
        return Finding(0, lambda: "No deadline is known: counted as neutral.")
    if facts.stage not in WITH_DEADLINE:
        return Finding(0, lambda: "The deadline has been met.")
    left = (day - setting.today).days
    if left < 0 and facts.stage == Stage.OFFER:
        return Finding(0, lambda: f"The deadline to answer the offer was {days_from(day, setting.today)}.")
    value = -100 if left < 0 else max(0, 100 - 100 * left // DEADLINE_DAYS)
    verb = "was" if left < 0 else "is"
    return Finding(value, lambda: f"The deadline {verb} {days_from(day, setting.today)}.")


def contact(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score a referral highest, then contacts at the company."""
    if facts.is_referred:
        return Finding(100, lambda: "You were referred.")
    number = facts.contacts
    if number:
        people = "a contact" if number == 1 else f"{number} contacts"
        return Finding(60 if number == 1 else 80, lambda: f"You have {people} there.")
    return Finding(0, lambda: "No contact there is known: counted as neutral.")


def seniority(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding | None:
    """Score the distance of the title's level from the wished ones."""
    if not wishes.levels:
        return None
    level = level_of(facts.role)
    if level is None:
        return Finding(0, lambda: "The title names no level: counted as neutral.")
    apart = min(abs(level.rank - Seniority(wanted_level).rank) for wanted_level in wishes.levels)
    value = (100, -30, -70, -100, -100, -100)[apart]
    return Finding(value, lambda: _level_sentence(level, wishes))


def _level_sentence(level: Seniority, wishes: Wishes) -> str:
    if level in wishes.levels:
        return f"The title says {level.label.lower()}, as you want."
    wanted = " or ".join(Seniority(wanted_level).label.lower() for wanted_level in wishes.levels)
    return f"The title says {level.label.lower()}; you're looking for {wanted}."


FRESH_DAYS, STALE_DAYS = 7, 35


def freshness(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score recent activity, down to stale; an offer never is."""
    if facts.stage == Stage.OFFER:
        return Finding(50, lambda: "An offer is current until you answer it.")
    days = max(0, (setting.today - facts.touched_on).days)
    if days <= FRESH_DAYS:
        value = 50 * (FRESH_DAYS - days) // FRESH_DAYS
    else:
        value = -100 * min(days - FRESH_DAYS, STALE_DAYS - FRESH_DAYS) // (STALE_DAYS - FRESH_DAYS)
    return Finding(value, lambda: f"The last activity was {days_from(facts.touched_on, setting.today)}.")


def source(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Finding:
    """Score how often this source led to an interview, shrunk to the mean while there is little data."""
    if not facts.source:
        return Finding(0, lambda: "The source isn't known: counted as neutral.")
    interviewed, sent = setting.sources.get(facts.source, (0, 0))
    all_sent = sum(number for _, number in setting.sources.values())
    all_interviewed = sum(number for number, _ in setting.sources.values())
    if sent < ENOUGH or not all_interviewed:
        return Finding(
            0,
            lambda: (
                f"Not enough data on {facts.source}: {interviewed} of {sent} led to an interview. Counted as neutral."
            ),
        )
    mean = all_interviewed / all_sent
    drawn = (interviewed + PRIOR * mean) / (sent + PRIOR)
    value = round(100 * (drawn - mean) / (drawn + mean))
    return Finding(
        value,
        lambda: (
            f"{interviewed} of your {sent} applications from {facts.source} led to an interview; "
            f"from all sources together, {round(100 * mean)} %."
        ),
    )


def _finding(value: tuple[int, Callable[[], str]] | None) -> Finding | None:
    return Finding(*value) if value is not None else None


FACTORS: dict[Factor, Callable[[Facts, Wishes, ScoreContext], Finding | None]] = {
    Factor.MOMENTUM: momentum,
    Factor.EXCITEMENT: excitement,
    Factor.SALARY: lambda facts, wishes, setting: _finding(salary(facts, wishes, setting)),
    Factor.PLACE: lambda facts, wishes, setting: _finding(place(facts, wishes)),
    Factor.STACK: lambda facts, wishes, setting: _finding(stack(facts, wishes)),
    Factor.DEADLINE: deadline,
    Factor.CONTACT: contact,
    Factor.SENIORITY: seniority,
    Factor.FRESHNESS: freshness,
    Factor.SOURCE: source,
    Factor.COMPANY: lambda facts, wishes, setting: _finding(company(facts, wishes)),
}
