"""Sixty sample applications, added through the verbs a user calls, day by day."""

from datetime import datetime, time, timedelta
from random import Random

from tracker.db import Scope, scoped
from tracker.demo.interviews import at, meet
from tracker.demo.profile import introduce
from tracker.demo.world import EMPLOYERS, NOTES, POSTING, ROLES, SOURCES, TAGS
from tracker.services import first_steps, people
from tracker.services.applications import creation, stage_moves
from tracker.shapes.people import Who

APPLICATIONS = 60
FATES = (
    ("saved",) * 9
    + ("applied",) * 17
    + ("screening",) * 6
    + ("interviewing",) * 6
    + ("offer",) * 1
    + ("closed:rejected",) * 10
    + ("closed:no_response",) * 7
    + ("closed:withdrawn",) * 2
    + ("closed:declined",) * 1
    + ("closed:expired",) * 1
)


DILIGENCE = 0.9
"""How often the user of the sample data does what is due."""


def seed_demo() -> int:
    """Fill an empty local account with the sample data; return how many applications were added."""
    with scoped(Who(people.sign_up_local(), timezone="UTC")) as scope:
        return add_sample(scope)


def add_sample(scope: Scope) -> int:
    """Fill an empty account with the sample data; return how many applications were added."""
    if not first_steps.is_empty(scope):
        return 0
    live_search(scope, Random(60))
    first_steps.mark_sample(scope)
    return APPLICATIONS


def live_search(scope: Scope, dice: Random) -> None:
    """Add the last fifteen weeks of a search, day by day."""
    today = scope.now
    fates = list(FATES)
    dice.shuffle(fates)
    introduce(scope, today - timedelta(days=110))
    added: list[tuple[str, str]] = []
    for number, fate in enumerate(fates[:APPLICATIONS]):
        employer = EMPLOYERS[number % len(EMPLOYERS)]
        age = dice.randint(1, 12) if fate == "saved" else dice.randint(4, 100)
        began = datetime.combine(
            (today - timedelta(days=age)).date(), time(dice.randint(7, 18), dice.randint(0, 59))
        )
        added.append(
            (add_application(scope, dice, employer, fate, began.replace(tzinfo=today.tzinfo), today), fate)
        )
    meet(scope, added, today)
    scope.now = today


def add_application(
    scope: Scope, dice: Random, employer: tuple[str, ...], fate: str, began: datetime, today: datetime
) -> str:
    """Add an application and move it to its present stage; return its identifier."""
    company, city, country, currency, level = employer
    at(scope, began)
    base = int(level) + dice.randint(-4, 6) * 1000
    typed = {
        "company": company,
        "role": dice.choice(ROLES),
        "location": city,
        "country": country,
        "workplace": dice.choice(["remote", "hybrid", "hybrid", "onsite"]),
        "employment": "full_time",
        "source": dice.choice(SOURCES),
        "excitement": str(dice.choice([2, 3, 3, 4, 4, 5])),
        "tags": ", ".join(dice.sample(TAGS, dice.randint(0, 3))),
        "posting_url": f"https://jobs.example.com/{company.lower().replace(' ', '-')}/{dice.randint(1000, 9999)}",
        "posting_text": POSTING.format(company=company, city=city),
        "notes": dice.choice(NOTES),
    }
    if dice.random() < 0.7:
        typed |= {
            "salary_from": str(base),
            "salary_to": str(base + 12_000),
            "currency": currency,
            "salary_period": "year",
        }
    if fate == "saved" and dice.random() < 0.6:
        typed["deadline"] = (today + timedelta(days=dice.randint(-1, 14))).date().isoformat()
    row_id = creation.add(scope, typed)
    _walk(scope, dice, row_id, fate, began, today)
    return row_id


def _walk(scope: Scope, dice: Random, row_id: str, fate: str, began: datetime, today: datetime) -> None:
    """Move an application from saved to its last stage, none of it in the future."""
    stage, _, outcome = fate.partition(":")
    path = ["applied", "screening", "interviewing", "offer"]
    if stage == "closed":
        path = path[: {"rejected": dice.randint(1, 3), "declined": 4}.get(outcome, 1)]
        path = [] if outcome == "expired" else path
    elif stage == "saved":
        path = []
    else:
        path = path[: path.index(stage) + 1]
    steps = [*path, *(["closed"] if stage == "closed" else [])]
    gap = (today - began) / (len(steps) + 1) if steps else timedelta(0)
    for number, step in enumerate(steps):
        at(scope, began + timedelta(hours=3) if number == 0 else began + gap * (number + 1))
        stage_moves.move(scope, [row_id], step, outcome if step == "closed" else "")
    reached = began + gap * len(steps) if len(steps) > 1 else began
    for days in (7, 15) if stage == "applied" else (1, 4) if stage in ("screening", "interviewing") else ():
        then = reached + timedelta(days=days, hours=2)
        if then < today - timedelta(days=1) and dice.random() < DILIGENCE:
            at(scope, then)
            stage_moves.follow_up(scope, row_id)
