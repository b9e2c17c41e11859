"""Daily usage limits, counted from the model calls; a running call counts the maximum it may use."""

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
from tracker.shapes.model import DayUsage, Request, Service, Usage

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('what a model may be asked today'))")
"""Advisory lock of a transaction that begins a call, so that two calls can't both use the last allowance."""


def begin(scope: Scope, writing_id: UUID, service: Service, request: Request) -> ModelCall:
    """Record a call before it starts, and reserve its maximum usage; raises TooMany beyond a limit."""
    scope.session.execute(_LOCK)
    reserved = estimated(request, "").read + request.most_tokens
    require_allowance(scope, service, reserved)
    return scope.add(
        ModelCall(
            writing_id=writing_id, host=service.host, model=service.model, is_own=service.is_own, rules=request.rules,
            matter=request.matter, parameters=request.parameters, held_tokens=reserved, begun_at=scope.now,
        )
    )  # fmt: skip


def require_allowance(scope: Scope, service: Service, tokens: int = 1) -> None:
    """Raise TooMany, with the time of the reset, unless today's limits allow a call of `tokens` tokens."""
    limits, today = settings(), user_usage(scope)
    if today.requests >= limits.ai_requests_a_person:
        raise TooMany(
            f"You have reached your daily limit of AI requests ({today.requests}). It resets at midnight."
        )
    if today.tokens + tokens > limits.ai_tokens_a_person:
        raise TooMany("This would take more tokens than you have left today. The limit resets at midnight.")
    if service.is_own:
        return
    total = installation_usage(scope)
    if total.requests >= limits.ai_requests_a_day or total.tokens + tokens > limits.ai_tokens_a_day:
        raise TooMany(
            "This installation has reached its daily limit of AI requests. It resets at midnight UTC."
        )


def end(scope: Scope, call_id: UUID, usage: Usage, reason: str = "", *, is_whole: bool = False) -> None:
    """Record a call's actual usage; does nothing for a call that has ended."""
    values = {
        "held_tokens": 0, "read_tokens": usage.read, "written_tokens": usage.written,
        "is_estimated": usage.is_estimated, "reason": reason[:500], "is_whole": is_whole, "ended_at": scope.now,
    }  # fmt: skip
    own = (model_calls.user_id == scope.user_id, model_calls.id == call_id, model_calls.ended_at.is_(None))
    scope.session.execute(update(ModelCall).where(*own).values(**values))


def user_usage(scope: Scope) -> DayUsage:
    """Return the usage of the user's calls since their midnight."""
    since = zones.day_begins(scope.today, scope.who.zone)
    row = scope.rows(_sums().where(model_calls.user_id == scope.user_id, model_calls.begun_at >= since))[0]
    return DayUsage(row["requests"], row["tokens"])


def installation_usage(scope: Scope) -> DayUsage:
    """Return the usage of all calls to the operator's service since midnight UTC."""
    since = zones.day_begins(scope.now.astimezone(UTC).date(), UTC)
    todays = (model_calls.begun_at >= since, model_calls.is_own.is_(False))
    with scope.counting() as session:
        requests, tokens = session.execute(_sums().where(*todays)).one()
    return DayUsage(requests, tokens)


def user_usage_lines(scope: Scope) -> list[tuple[str, str]]:
    """Return the user's usage today and its limits, as labels and texts."""
    since = zones.day_begins(scope.today, scope.who.zone)
    limits, todays_calls = settings(), (model_calls.user_id == scope.user_id, model_calls.begun_at >= since)
    durations = func.sum(model_calls.ended_at - model_calls.begun_at)
    row = scope.rows(
        select(
            func.count().label("requests"),
            func.coalesce(func.sum(model_calls.read_tokens), 0).label("read"),
            func.coalesce(func.sum(model_calls.written_tokens), 0).label("written"),
            func.coalesce(durations, timedelta()).label("took"),
        ).where(*todays_calls)
    )[0]
    seconds = round(row["took"].total_seconds())
    return [
        ("Requests", f"{row['requests']:,} of {limits.ai_requests_a_person:,}"),
        (
            "Tokens",
            f"{row['read']:,} input and {row['written']:,} output, of {limits.ai_tokens_a_person:,}",
        ),
        ("Time", f"{seconds} s"),
    ]


def installation_usage_lines(scope: Scope) -> list[tuple[str, str]]:
    """Return all users' usage of the operator's service today and its limits, as labels and texts."""
    limits, usage = settings(), installation_usage(scope)
    return [
        ("All users' requests", f"{usage.requests:,} of {limits.ai_requests_a_day:,}"),
        ("All users' tokens", f"{usage.tokens:,} of {limits.ai_tokens_a_day:,}"),
    ]


def _sums() -> Any:
    tokens = model_calls.held_tokens + model_calls.read_tokens + model_calls.written_tokens
    return select(func.count().label("requests"), func.coalesce(func.sum(tokens), 0).label("tokens"))
