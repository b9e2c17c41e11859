"""Timings of scoring all applications of a user, as the job does when a wish or weight changes."""

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
    """Return a table of the seconds to score all applications, reading and writing included."""
    user = Who(user_id, timezone="Europe/Berlin")
    _do(user, _WISHES)
    lines = ["| scoring 10,000 | best s | changed |", "| --- | ---: | ---: |"]
    lines.append(_line("first time", user, rounds=1))
    lines.append(_line("a weight changed", user, rounds, _other_weight))
    with scoped(user) as scope:
        scope.session.execute(text(_REOPEN), {"id": user_id})
    _line("", user, rounds=1)
    lines.append(_line(f"a weight changed, all open: {_open(user):,}", user, rounds, _other_weight))
    _do(user, _WORDS)
    lines.append(_line("four technologies added to look for in every posting", user, rounds=1))
    _do(user, _BULLET)
    lines.append(_line("the first bullet added, postings already read", user, rounds=1, prepare=_read))
    lines.append(_line("a weight changed, all open, with a profile", user, rounds, _other_weight))
    _do(user, _NO_BULLET)
    return "\n".join(lines)


def _line(name: str, user: Who, rounds: int, prepare: Callable[[Who, int], None] | None = None) -> str:
    best, summary = float("inf"), ""
    for number in range(rounds):
        if prepare:
            prepare(user, number)
        started = time.perf_counter()
        with scoped(user) as scope:
            summary = score_all(scope)
        best = min(best, time.perf_counter() - started)
    return f"| {name} | {best:.2f} | {summary.partition(' ')[0]} |"


def _other_weight(user: Who, number: int) -> None:
    weights = '{"salary": 5, "place": 0}' if number % 2 else '{"salary": 0, "place": 5, "excitement": 1}'
    _do(user, _WEIGHTS, weights=weights)


def _do(user: Who, statement: str, **values: str) -> None:
    with scoped(user) as scope:
        scope.session.execute(text(statement), {"id": user.user_id, **values})


def _read(user: Who, _: int) -> None:
    started, batch_size = time.perf_counter(), posting_skills.BATCH
    while batch_size == posting_skills.BATCH:
        with scoped(user) as scope:
            batch_size = posting_skills.read_batch(scope)
    print(f"the requirements of all postings were read in {time.perf_counter() - started:.1f} s", flush=True)


def _open(user: Who) -> int:
    with scoped(user) as scope:
        return int(scope.session.execute(text(_OPEN), {"id": user.user_id}).scalar_one())
