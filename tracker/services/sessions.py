"""Sessions: a random token in a cookie, kept here only as a hash; thirty days from the last use, ninety in all."""

import hashlib
import logging
import re
import secrets
from datetime import timedelta
from uuid import UUID

import redis
from sqlalchemy import delete, func, select, update

from tracker import clock
from tracker.db import Scope, anonymous, answer, as_uuid
from tracker.errors import NotFound
from tracker.live import Changed, tell
from tracker.models import UserSession, user_sessions
from tracker.services import people
from tracker.shapes.cadence import Cadence
from tracker.shapes.dates import ago
from tracker.shapes.people import SessionLine, Who

LASTS = timedelta(days=30)
AT_MOST = timedelta(days=90)
"""The absolute lifetime, however often the session is used: then the person signs in again."""
SEEN_EVERY = timedelta(minutes=10)
"""How stale the time of last use may be, so that most actions write nothing."""

log = logging.getLogger(__name__)
_MARK = re.compile(r"[0-9a-f]{64}")
_WHO = "SELECT * FROM find_session(%(mark)s, %(now)s)"


def fingerprint(token: str) -> str:
    """The hash of a token, all that is kept of it; nothing for no token, or for what can't be one."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def tied(token: str, mark: str) -> str:
    """What the state of the tab with this client token is kept under: it opens nothing without its session."""
    return hashlib.sha256(f"{mark} {token}".encode()).hexdigest()[:32]


def open_session(user_id: UUID, browser: str) -> str:
    """Begin a session for a person who has just proved who they are; the token is told once and kept nowhere."""
    token, now = secrets.token_urlsafe(32), clock.now()
    with anonymous() as session:
        session.add(
            UserSession(
                user_id=user_id,
                token_hash=bytes.fromhex(fingerprint(token)),
                browser=browser[:300],
                created_at=now,
                expires_at=now + LASTS,
            )
        )
    return token


def find(token: str) -> Who | None:
    """The person whose live session this token opens, or nobody; using it extends it, up to ninety days in all."""
    return find_by(fingerprint(token))


def find_by(mark: str) -> Who | None:
    """The person whose live session has a token of this fingerprint, as `find`."""
    if not _MARK.fullmatch(mark):
        return None
    now, hashed = clock.now(), bytes.fromhex(mark)
    row = answer(_WHO, {"mark": hashed, "now": now})
    if row is None or not people.may_enter(row["issuer"], row["email"]):
        return None
    if row["seen_at"] < now - SEEN_EVERY:
        with anonymous() as session:
            mine = user_sessions.token_hash == hashed
            ends_at = func.least(now + LASTS, user_sessions.created_at + AT_MOST)
            session.execute(update(UserSession).where(mine).values(seen_at=now, expires_at=ends_at))
    kept = {name: value for name, value in row.items() if name not in ("issuer", "seen_at")}
    return Who(**{**kept, "columns": tuple(row["columns"]), "cadence": Cadence.of(row["cadence"])})


def close(token: str) -> None:
    """End the session of this token, in its other tabs as well; a token that opens nothing is no error."""
    hashed = bytes.fromhex(fingerprint(token))
    with anonymous() as session:
        ended = delete(UserSession).where(user_sessions.token_hash == hashed)
        row = session.execute(ended.returning(user_sessions.user_id, user_sessions.id)).first()
    if row:
        _tell_tabs(row.user_id, row.id)


def _tell_tabs(user_id: UUID, session_id: UUID) -> None:
    """Have the open tabs of an ended session leave at once; without the live channel they do at their next event."""
    try:
        tell(Changed(str(user_id), {UserSession.__tablename__: {str(session_id)}}))
    except redis.RedisError:
        log.warning("The tabs of an ended session weren't told: Redis doesn't answer")


def of_mine(scope: Scope) -> list[SessionLine]:
    """The person's live sessions, the most recently used first."""
    rows = scope.session.scalars(
        select(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.expires_at > scope.now)
        .order_by(user_sessions.seen_at.desc())
    )
    return [
        SessionLine(
            id=str(row.id),
            browser=browser_in_words(row.browser),
            agent=row.browser,
            seen="now" if row.id == scope.who.session_id else ago(row.seen_at, scope.now),
            began=ago(row.created_at, scope.now),
            is_this_one=row.id == scope.who.session_id,
        )
        for row in rows
    ]


def browser_in_words(agent: str) -> str:
    """A browser by its name and its system, such as `Firefox on Linux`; the words it gave itself where they tell neither."""
    named = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " on ".join(part for part in (named, system) if part) or agent


_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
"""What of the words tells a browser or a system, the ones that call themselves like others first."""


def revoke(scope: Scope, session_id: str) -> None:
    """End one of the person's sessions at once, on sockets that are already open as well."""
    gone = scope.session.execute(
        delete(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.id == as_uuid(session_id, UserSession))
        .returning(user_sessions.id)
    ).first()
    if gone is None:
        raise NotFound("session")


def revoke_others(scope: Scope) -> int:
    """End every session of the person but this one; the number ended."""
    query = delete(UserSession).where(
        user_sessions.user_id == scope.user_id, user_sessions.id.is_distinct_from(scope.who.session_id)
    )
    return len(scope.session.execute(query.returning(user_sessions.id)).all())
