"""Sessions: a random token in a cookie, kept here only as a hash; thirty days from the last use, ninety in all."""

import hashlib
import logging
import re
import secrets
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update

from tracker import clock
from tracker.db import Scope, anonymous, answer, as_uuid
from tracker.errors import NotFound, Sorry
from tracker.models import UserSession, user_sessions
from tracker.services import audit, people
from tracker.services.model.key_encryption import decrypt, encrypt
from tracker.shapes.agents import browser_in_words
from tracker.shapes.audit import AuditKind, Client
from tracker.shapes.cadence import Cadence
from tracker.shapes.dates import ago
from tracker.shapes.people import SessionItem, Who

LASTS = timedelta(days=30)
AT_MOST = timedelta(days=90)
"""The absolute lifetime, however often the session is used: then the person signs in again."""
KNOWN_FOR = timedelta(days=30)
"""How long an expired session is still known, as long as a browser keeps drafts: one that isn't known was ended."""
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


def open_session(user_id: UUID, browser: str, address: str = "", hint: str = "") -> str:
    """Begin a session for a person who has just proved who they are; the token is told once and kept nowhere.

    `hint` is what their provider wants to see when they sign out, kept sealed.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    with anonymous() as session:
        session.add(
            UserSession(
                user_id=user_id,
                token_hash=bytes.fromhex(fingerprint(token)),
                browser=browser[:300],
                created_at=now,
                expires_at=now + LASTS,
                logout_hint=_sealed(user_id, hint),
            )
        )
        session.flush()
        audit.record(session, user_id, AuditKind.SIGNED_IN, Client(browser, address))
    audit.notify_tabs(user_id, {"audit_entry": None})
    return token


def _sealed(user_id: UUID, hint: str) -> str:
    """The hint as it is kept; none where this machine can't keep a secret, which signing in doesn't depend on."""
    try:
        return encrypt(user_id, hint)
    except OSError as error:
        log.warning("The provider's session won't be ended at sign-out: no secret could be kept (%s)", error)
        return ""


def find(token: str) -> Who | None:
    """The person whose live session this token opens, or nobody; using it extends it, up to ninety days in all."""
    return find_by(fingerprint(token))


def find_by(mark: str) -> Who | None:
    """The person whose live session has a token of this fingerprint, as `find`."""
    if not _MARK.fullmatch(mark):
        return None
    now, hashed = clock.now(), bytes.fromhex(mark)
    row = answer(_WHO, {"mark": hashed, "now": now})
    if row is None or not people.is_allowed(row["issuer"], row["email"]):
        return None
    if row["seen_at"] < now - SEEN_EVERY:
        with anonymous() as session:
            mine = user_sessions.token_hash == hashed
            ends_at = func.least(now + LASTS, user_sessions.created_at + AT_MOST)
            session.execute(update(UserSession).where(mine).values(seen_at=now, expires_at=ends_at))
    kept = {name: value for name, value in row.items() if name not in ("issuer", "seen_at")}
    return Who(**{**kept, "columns": tuple(row["columns"]), "cadence": Cadence.of(row["cadence"])})


def was_ended(mark: str) -> bool:
    """Whether the session of a token of this fingerprint, which opens nothing, was ended rather than has expired.

    Without a token there is no session that could have been ended.
    """
    if not _MARK.fullmatch(mark):
        return False
    mine = user_sessions.token_hash == bytes.fromhex(mark)
    with anonymous() as session:
        expires_at = session.scalar(select(user_sessions.expires_at).where(mine))
    return expires_at is None or expires_at > clock.now()


def close(token: str, signed_out: Client | None = None) -> str | None:
    """End the session of this token, in its other tabs as well; a token that opens nothing is no error.

    With `signed_out` the history says so. Returns the hint for the provider, which may be empty; None where no session ended.
    """
    hashed = bytes.fromhex(fingerprint(token))
    with anonymous() as session:
        ended = delete(UserSession).where(user_sessions.token_hash == hashed)
        told = (user_sessions.user_id, user_sessions.id, user_sessions.logout_hint)
        row = session.execute(ended.returning(*told)).first()
        if row and signed_out:
            audit.record(session, row.user_id, AuditKind.SIGNED_OUT, signed_out)
    if row is None:
        return None
    # The guard then sends the tabs of this session to sign in.
    audit.notify_tabs(row.user_id, {UserSession.__tablename__: {str(row.id)}})
    with suppress(Sorry):
        return decrypt(row.user_id, row.logout_hint)
    return ""


def of_mine(scope: Scope) -> list[SessionItem]:
    """The person's live sessions, the most recently used first."""
    rows = scope.session.scalars(
        select(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.expires_at > scope.now)
        .order_by(user_sessions.seen_at.desc())
    )
    return [
        SessionItem(
            id=str(row.id),
            browser=browser_in_words(row.browser),
            agent=row.browser,
            seen="now" if row.id == scope.who.session_id else ago(row.seen_at, scope.now),
            began=ago(row.created_at, scope.now),
            is_this_one=row.id == scope.who.session_id,
        )
        for row in rows
    ]


def revoke(scope: Scope, session_id: str) -> None:
    """End one of the person's sessions at once, on sockets that are already open as well."""
    gone = scope.session.execute(
        delete(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.id == as_uuid(session_id, UserSession))
        .returning(user_sessions.browser)
    ).first()
    if gone is None:
        raise NotFound("session")
    audit.note(scope, AuditKind.SESSION_ENDED, gone.browser)


def revoke_others(scope: Scope) -> int:
    """End every session of the person but this one; the number of live ones ended."""
    query = delete(UserSession).where(
        user_sessions.user_id == scope.user_id, user_sessions.id.is_distinct_from(scope.who.session_id)
    )
    ends = scope.session.scalars(query.returning(user_sessions.expires_at))
    number = sum(1 for end in ends if end > scope.now)
    if number:
        audit.note(scope, AuditKind.OTHERS_ENDED, number=number)
    return number
