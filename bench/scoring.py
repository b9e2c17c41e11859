"""Scoring every application of the person with the long search: what the job does when a wish or a weight changes."""

import time
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import text

from tracker.db import scoped
from tracker.services.priority import posting_skills
from tracker.services.priority.stored_scores import score_all
from tracker.shapes.people import Who

_WISHES = """
INSERT INTO wishes (user_id, countries, workplaces, salary_target, salary_floor, currency, levels, weights)
VALUES (:id, '{DE,FR}', '{remote}', 90000, 70000, 'EUR', '{senior,staff}', '{}')
ON CONFLICT (user_id) DO UPDATE SET wanted = '{}', known = '{}', weights = '{}'
"""
_WEIGHTS = "UPDATE wishes SET weights = CAST(:weights AS jsonb) WHERE user_id = :id"
_WORDS = "UPDATE wishes SET wanted = '{Python,Rust}', known = '{React,AWS}' WHERE user_id = :id"
_BULLET = (
    "INSERT INTO bullet (user_id, text) VALUES (:id, 'Ran services in Python on Kubernetes and PostgreSQL')"
)
_NO_BULLET = "DELETE FROM bullet WHERE user_id = :id"
_OPEN = "SELECT count(*) FROM application WHERE user_id = :id AND deleted_at IS NULL AND stage != 'closed'"
_REOPEN = "UPDATE application SET stage = furthest, outcome = NULL WHERE user_id = :id AND stage = 'closed'"


def measured(user_id: UUID, rounds: int) -> str:
    """The seconds of one scoring of everything, reading and writing included, as a table."""
    who = Who(user_id, timezone="Europe/Berlin")
    _do(who, _WISHES)
    lines = ["| scoring 10,000 | best s | changed |", "| --- | ---: | ---: |"]
    lines.append(_line("first, as they stand", who, rounds=1))
    lines.append(_line("a weight changed, as they stand", who, rounds, _other_weight))
    with scoped(who) as scope:
        scope.session.execute(text(_REOPEN), {"id": user_id})
    _line("", who, rounds=1)
    lines.append(_line(f"a weight changed, all open: {_open(who):,}", who, rounds, _other_weight))
    _do(who, _WORDS)
    lines.append(_line("four new words looked for in every posting", who, rounds=1))
    _do(who, _BULLET)
    lines.append(_line("a first bullet, once the postings were read", who, rounds=1, prepare=_read))
    lines.append(_line("a weight changed, all open, with a profile", who, rounds, _other_weight))
    _do(who, _NO_BULLET)
    return "\n".join(lines)


def _line(name: str, who: Who, rounds: int, prepare: Callable[[Who, int], None] | None = None) -> str:
    best, said = float("inf"), ""
    for number in range(rounds):
        if prepare:
            prepare(who, number)
        began = time.perf_counter()
        with scoped(who) as scope:
            said = score_all(scope)
        best = min(best, time.perf_counter() - began)
    return f"| {name} | {best:.2f} | {said.partition(' ')[0]} |"


def _other_weight(who: Who, number: int) -> None:
    weights = '{"salary": 5, "place": 0}' if number % 2 else '{"salary": 0, "place": 5, "excitement": 1}'
    _do(who, _WEIGHTS, weights=weights)


def _do(who: Who, statement: str, **values: str) -> None:
    with scoped(who) as scope:
        scope.session.execute(text(statement), {"id": who.user_id, **values})


def _read(who: Who, _: int) -> None:
    began, read = time.perf_counter(), posting_skills.BATCH
    while read == posting_skills.BATCH:
        with scoped(who) as scope:
            read = posting_skills.read_batch(scope)
    print(f"what every posting asks for was read in {time.perf_counter() - began:.1f} s", flush=True)


def _open(who: Who) -> int:
    with scoped(who) as scope:
        return int(scope.session.execute(text(_OPEN), {"id": who.user_id}).scalar_one())
