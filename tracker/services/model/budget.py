"""What a day may take: counted from the questions themselves, what is still being answered at its most."""

from datetime import UTC, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update

from tracker import zones
from tracker.db import Scope
from tracker.errors import TooMany
from tracker.models import ModelCall, model_calls
from tracker.services.model.client import estimated
from tracker.settings import settings
from tracker.shapes.model import Request, Service, Spent, Usage

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('what a model may be asked today'))")
"""Held to the end of a transaction in which a question begins, so that two can't both be the last one allowed."""


def begin(scope: Scope, writing_id: UUID, service: Service, request: Request) -> ModelCall:
    """Note a question that is about to be put, with all it may take; `TooMany` when the day doesn't leave as much."""
    scope.session.execute(_LOCK)
    held = estimated(request, "").read + request.most_tokens
    insist(scope, service, held)
    return scope.add(
        ModelCall(
            writing_id=writing_id, host=service.host, model=service.model, is_own=service.is_own, rules=request.rules,
            matter=request.matter, parameters=request.parameters, held_tokens=held, begun_at=scope.now,
        )
    )  # fmt: skip


def insist(scope: Scope, service: Service, tokens: int = 1) -> None:
    """`TooMany`, with when there will be more, unless today leaves a question of so many tokens."""
    given, mine = settings(), spent(scope)
    if mine.requests >= given.ai_requests_a_person:
        raise TooMany(
            f"You have asked {mine.requests} times today, which is the limit. It begins anew at midnight."
        )
    if mine.tokens + tokens > given.ai_tokens_a_person:
        raise TooMany("This would take more tokens than a day leaves you. The count begins anew at midnight.")
    if service.is_own:
        return
    ours = spent_by_all(scope)
    if ours.requests >= given.ai_requests_a_day or ours.tokens + tokens > given.ai_tokens_a_day:
        raise TooMany(
            "This installation has asked its AI service as often as it may today. It begins anew at midnight UTC."
        )


def end(scope: Scope, call_id: UUID, usage: Usage, reason: str = "", *, is_whole: bool = False) -> None:
    """Note what a question took in the end, once."""
    done = {
        "held_tokens": 0, "read_tokens": usage.read, "written_tokens": usage.written,
        "is_estimated": usage.is_estimated, "reason": reason[:500], "is_whole": is_whole, "ended_at": scope.now,
    }  # fmt: skip
    own = (model_calls.user_id == scope.user_id, model_calls.id == call_id, model_calls.ended_at.is_(None))
    scope.session.execute(update(ModelCall).where(*own).values(**done))


def spent(scope: Scope) -> Spent:
    """What the person's questions have taken since their midnight."""
    since = zones.day_begins(scope.today, scope.who.zone)
    row = scope.rows(_sums().where(model_calls.user_id == scope.user_id, model_calls.begun_at >= since))[0]
    return Spent(row["requests"], row["tokens"])


def spent_by_all(scope: Scope) -> Spent:
    """What everybody's questions to the operator's service have taken since midnight UTC."""
    since = zones.day_begins(scope.now.astimezone(UTC).date(), UTC)
    todays = (model_calls.begun_at >= since, model_calls.is_own.is_(False))
    with scope.counting() as session:
        requests, tokens = session.execute(_sums().where(*todays)).one()
    return Spent(requests, tokens)


def used(scope: Scope) -> list[tuple[str, str]]:
    """What the person's day has taken, in words, beside what it may."""
    since = zones.day_begins(scope.today, scope.who.zone)
    given, mine = settings(), (model_calls.user_id == scope.user_id, model_calls.begun_at >= since)
    took = func.sum(model_calls.ended_at - model_calls.begun_at)
    row = scope.rows(
        select(
            func.count().label("requests"),
            func.coalesce(func.sum(model_calls.read_tokens), 0).label("read"),
            func.coalesce(func.sum(model_calls.written_tokens), 0).label("written"),
            func.coalesce(took, timedelta()).label("took"),
        ).where(*mine)
    )[0]
    seconds = round(row["took"].total_seconds())
    return [
        ("Questions", f"{row['requests']:,} of {given.ai_requests_a_person:,}"),
        (
            "Tokens",
            f"{row['read']:,} read and {row['written']:,} written, of {given.ai_tokens_a_person:,}",
        ),
        ("Time", f"{seconds} s"),
    ]


def used_by_all(scope: Scope) -> list[tuple[str, str]]:
    """What everybody's day at the operator's service has taken, in words, beside what it may."""
    given, ours = settings(), spent_by_all(scope)
    return [
        ("Everybody's questions", f"{ours.requests:,} of {given.ai_requests_a_day:,}"),
        ("Everybody's tokens", f"{ours.tokens:,} of {given.ai_tokens_a_day:,}"),
    ]


def _sums() -> Any:
    tokens = model_calls.held_tokens + model_calls.read_tokens + model_calls.written_tokens
    return select(func.count().label("requests"), func.coalesce(func.sum(tokens), 0).label("tokens"))
