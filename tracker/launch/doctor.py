"""`tracker doctor`: every part of an installation, looked at from outside."""

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import redis
from rq import Worker
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock, web_build, zones
from tracker.backup import schedule
from tracker.errors import Sorry
from tracker.launch import folder as folders
from tracker.launch import roles, schema
from tracker.services import mail
from tracker.services.jobs import job_upkeep
from tracker.services.model import client
from tracker.services.model.timed_stream import Timeouts
from tracker.services.resume import reader_process
from tracker.settings import settings

SIGN_OF_LIFE = timedelta(minutes=2)
"""Within which a worker that lives has said so."""
TOO_LONG = timedelta(minutes=10)
"""Longer than any job should wait for a worker."""

AI_PATIENCE = Timeouts(connect=4, first=15, between=5, total=20)


@dataclass(frozen=True)
class Finding:
    """One part, whether it is as it should be, and what there is to know about it."""

    title: str
    fine: bool
    words: str


def report(folder: Path) -> list[Finding]:
    """A finding for each part, in the order in which they start."""
    looks: dict[str, Callable[[], str]] = {
        "Python": lambda: f"{platform.python_version()} at {sys.executable}",
        "Time zones": zones.check,
        "Data folder": lambda: _data_folder(folder),
        "Database": _database,
        "Redis": _redis,
        "Worker": _worker,
        "Jobs": _jobs,
        "Backups": lambda: schedule.standing(folder),
        "Resume reader": reader_process.protections,
        "Mail": _mail,
        "AI service": _ai_service,
        "Web interface": lambda: _web_interface(folder),
    }
    return [_look(title, look) for title, look in looks.items()]


def _look(title: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(title, True, look())
    except Sorry as error:
        return Finding(title, False, error.message)
    except (redis.RedisError, OSError) as error:
        return Finding(title, False, str(error))


def _data_folder(folder: Path) -> str:
    folders.prepare(folder)
    return str(folder)


def _database() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise Sorry("not running: start Pursuit, or set DATABASE_URL")
    found, wanted = schema.current_revision(schema.owner_url()), schema.head()
    if found != wanted:
        raise Sorry(
            f"answers, at schema {found or 'none'} where this version has {wanted}: run tracker migrate"
        )
    if power := roles.excess(url):
        raise Sorry(roles.WARNING.format(power=power))
    return f"answers, at schema {found}"


def _connection() -> redis.Redis:
    url = os.environ.get("REDIS_URL")
    if not url:
        raise Sorry("not running: start Pursuit, or set REDIS_URL")
    return redis.Redis.from_url(url, socket_timeout=5)


def _redis() -> str:
    """Its version; refuses one that may evict jobs when its memory is full."""
    found: Any = _connection().info()
    policy = found.get("maxmemory_policy", "noeviction")
    if policy.startswith("allkeys-"):
        raise Sorry(f"its maxmemory-policy is {policy}, which may evict jobs: set volatile-lru or noeviction")
    return (
        f"answers, version {found['redis_version']}, maxmemory {found.get('maxmemory_human', '0B')} {policy}"
    )


def _worker() -> str:
    seen = [worker.last_heartbeat for worker in Worker.all(connection=_connection()) if worker.last_heartbeat]
    alive = [at for at in seen if clock.now() - at < SIGN_OF_LIFE]
    if not alive:
        last = f", the last seen {max(seen):%H:%M:%S} UTC" if seen else ""
        raise Sorry(f"none is alive{last}: start Pursuit, or tracker worker")
    return f"{len(alive)} alive, the last seen {max(alive):%H:%M:%S} UTC"


def _jobs() -> str:
    if not os.environ.get("DATABASE_URL"):
        raise Sorry("unknown: the database isn't running")
    try:
        counts = job_upkeep.counts()
    except SQLAlchemyError:
        raise Sorry("unknown: the database doesn't answer, or has no table of jobs yet") from None
    words = f"{counts.waiting} waiting, {counts.working} being done, {counts.failed} failed"
    if counts.longest_wait > TOO_LONG:
        minutes = int(counts.longest_wait.total_seconds() // 60)
        raise Sorry(f"{words}; the first has waited {minutes} min: see the log of the worker")
    return words


def _mail() -> str:
    return mail.check_connection() if settings().smtp_host else "no server is set up, so nothing is mailed"


def _ai_service() -> str:
    if not settings().ai_configured:
        return "none is set up, so letters come from bullets alone, or from services of people's own"
    result = client.check_connection(AI_PATIENCE)
    if not result.is_ok:
        raise Sorry(result.sentence)
    return result.sentence


def _web_interface(folder: Path) -> str:
    port = web_build.browser_port(settings().origin)
    if build := web_build.ready(port, folder):
        return f"built from these sources ({build.name})"
    raise Sorry("not built from these sources: the next start builds it")
