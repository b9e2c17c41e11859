"""`tracker doctor`: checks of every part of an installation."""

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

from tracker import clock, zones
from tracker.backup import schedule
from tracker.errors import Sorry
from tracker.launch import folder as folders
from tracker.launch import roles, schema, web_build
from tracker.services import mail
from tracker.services.jobs import job_upkeep
from tracker.services.model import client
from tracker.services.model.timed_stream import Timeouts
from tracker.services.resume import reader_process
from tracker.settings import settings

HEARTBEAT_LIMIT = timedelta(minutes=2)
"""Age at which a worker's last heartbeat counts as missed."""
WAIT_LIMIT = timedelta(minutes=10)
"""Longest time that a job should wait for a worker."""

AI_TIMEOUTS = Timeouts(connect=4, first=15, between=5, total=20)


@dataclass(frozen=True)
class Finding:
    """Result of checking one part: whether it is fine, and details for the operator."""

    title: str
    fine: bool
    detail: str


def report(folder: Path) -> list[Finding]:
    """Return a finding for each part, in the order in which they start."""
    checks: dict[str, Callable[[], str]] = {
        "Python": lambda: f"{platform.python_version()} at {sys.executable}",
        "Time zones": zones.check,
        "Data folder": lambda: _data_folder(folder),
        "Database": _database,
        "Redis": _redis,
        "Worker": _worker,
        "Jobs": _jobs,
        "Backups": lambda: schedule.status(folder),
        "Resume reader": reader_process.protections,
        "Mail": _mail,
        "AI service": _ai_service,
        "Web interface": lambda: _web_interface(folder),
    }
    return [_finding(title, check) for title, check in checks.items()]


def _finding(title: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(title, True, check())
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
    revision, head = schema.current_revision(schema.owner_url()), schema.head()
    if revision != head:
        raise Sorry(
            f"running, but its schema is {revision or 'none'} and this version needs {head}: run tracker migrate"
        )
    if power := roles.bypassing_role(url):
        raise Sorry(roles.WARNING.format(power=power))
    return f"running, schema {revision}"


def _connection() -> redis.Redis:
    url = os.environ.get("REDIS_URL")
    if not url:
        raise Sorry("not running: start Pursuit, or set REDIS_URL")
    return redis.Redis.from_url(url, socket_timeout=5)


def _redis() -> str:
    """Return Redis's version and memory policy; raises Sorry for a policy that may evict jobs."""
    info: Any = _connection().info()
    policy = info.get("maxmemory_policy", "noeviction")
    if policy.startswith("allkeys-"):
        raise Sorry(f"its maxmemory-policy is {policy}, which may evict jobs: set volatile-lru or noeviction")
    return f"running, version {info['redis_version']}, maxmemory {info.get('maxmemory_human', '0B')} {policy}"


def _worker() -> str:
    seen = [worker.last_heartbeat for worker in Worker.all(connection=_connection()) if worker.last_heartbeat]
    running = [at for at in seen if clock.now() - at < HEARTBEAT_LIMIT]
    if not running:
        last = f" (last heartbeat {max(seen):%H:%M:%S} UTC)" if seen else ""
        raise Sorry(f"not running{last}: start Pursuit, or run tracker worker")
    return f"{len(running)} running, last heartbeat {max(running):%H:%M:%S} UTC"


def _jobs() -> str:
    if not os.environ.get("DATABASE_URL"):
        raise Sorry("unknown: the database isn't running")
    try:
        counts = job_upkeep.counts()
    except SQLAlchemyError:
        raise Sorry("unknown: the database doesn't answer or isn't migrated") from None
    detail = f"{counts.waiting} waiting, {counts.working} running, {counts.failed} failed"
    if counts.longest_wait > WAIT_LIMIT:
        minutes = int(counts.longest_wait.total_seconds() // 60)
        raise Sorry(f"{detail}; the oldest has waited {minutes} min: see the worker's log")
    return detail


def _mail() -> str:
    return mail.check_connection() if settings().smtp_host else "not configured: no mail is sent"


def _ai_service() -> str:
    if not settings().ai_configured:
        return "not configured: letters use a template or users' own services"
    result = client.check_connection(AI_TIMEOUTS)
    if not result.is_ok:
        raise Sorry(result.sentence)
    return result.sentence


def _web_interface(folder: Path) -> str:
    port = web_build.browser_port(settings().origin)
    if build := web_build.ready(port, folder):
        return f"up to date ({build.name})"
    raise Sorry("out of date: the next start builds it")
