"""Sessions: a random token in a cookie, stored as a hash; 30 days after the last use, 90 at most."""

import hashlib
import logging
import re
import secrets
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy import delete, func, select, update

from tracker import clock
from tracker.cache import valkey
from tracker.db import Scope, anonymous, as_uuid, call_function
from tracker.errors import NotFound, Sorry
from tracker.models import UserSession, user_sessions
from tracker.services import audit, people
from tracker.services.model.key_encryption import decrypt, encrypt
from tracker.shapes.audit import AuditKind, Client
from tracker.shapes.browser_names import browser_name
from tracker.shapes.dates import ago
from tracker.shapes.people import SessionItem, Who

IDLE_LIFETIME = timedelta(days=30)
MAX_LIFETIME = timedelta(days=90)
"""Absolute lifetime of a session, after which the user has to sign in again."""
EXPIRED_RETENTION = timedelta(days=30)
"""Retention of expired sessions, as long as browsers keep drafts; a missing session was ended."""
DELETION_SHOWN = timedelta(minutes=10)
"""How long browsers of a deleted account are told."""
SEEN_INTERVAL = timedelta(minutes=10)
"""Interval between updates of the time of last use, so that most actions don't write it."""

log = logging.getLogger(__name__)
_HASH = re.compile(r"[0-9a-f]{64}")
_FIND_SESSION = "SELECT * FROM find_session(%(mark)s, %(now)s)"


def token_hash(token: str) -> str:
    """Return the hash of a token, which is all that is stored; empty for an empty token."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def tab_key(token: str, token_digest: str) -> str:
    """Return the key under which a tab's state is stored; useless without the session."""
    return hashlib.sha256(f"{token_digest} {token}".encode()).hexdigest()[:32]


def open_session(user_id: UUID, browser: str, address: str = "", hint: str = "") -> str:
    """Open a session for a user who just authenticated, and return its token, which isn't stored.

    `hint` is the ID token that the provider requires at sign-out; it is stored encrypted.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    with anonymous() as session:
        session.add(
            UserSession(
                user_id=user_id,
                token_hash=bytes.fromhex(token_hash(token)),
                browser=browser[:300],
                created_at=now,
                expires_at=now + IDLE_LIFETIME,
                logout_hint=_encrypted_hint(user_id, hint),
            )
        )
        session.flush()
        audit.record(session, user_id, AuditKind.SIGNED_IN, Client(browser, address))
    audit.notify_tabs(user_id, {"audit_entry": None})
    return token


def _encrypted_hint(user_id: UUID, hint: str) -> str:
    """Return the encrypted hint, or an empty string if this machine can't store a secret."""
    try:
        return encrypt(user_id, hint)
    except OSError as error:
        log.warning(
            "The provider's session can't be ended at sign-out: no secret could be stored (%s)", error
        )
        return ""


def find(token: str) -> Who | None:
    """Return the user of a live session's token, or None.

    Using a session extends it, up to 90 days in all.
    """
    return find_by(token_hash(token))


def find_by(token_digest: str) -> Who | None:
    """Return the user of a live session by its token's hash, as `find` does."""
    if not _HASH.fullmatch(token_digest):
        return None
    now, hash_bytes = clock.now(), bytes.fromhex(token_digest)
    row = call_function(_FIND_SESSION, {"mark": hash_bytes, "now": now})
    if row is None or not people.is_allowed(row["issuer"], row["email"]):
        return None
    if row["seen_at"] < now - SEEN_INTERVAL:
        with anonymous() as session:
            own_session = user_sessions.token_hash == hash_bytes
            ends_at = func.least(now + IDLE_LIFETIME, user_sessions.created_at + MAX_LIFETIME)
            session.execute(update(UserSession).where(own_session).values(seen_at=now, expires_at=ends_at))
    return people.user_of(row)


def was_ended(token_digest: str) -> bool:
    """Return true if the session of this token hash was ended rather than expired.

    Returns false without a token.
    """
    if not _HASH.fullmatch(token_digest):
        return False
    own_session = user_sessions.token_hash == bytes.fromhex(token_digest)
    with anonymous() as session:
        expires_at = session.scalar(select(user_sessions.expires_at).where(own_session))
    return expires_at is None or expires_at > clock.now()


def announce_deletion(scope: Scope) -> None:
    """Show in each browser of this user, for ten minutes, that the account was deleted."""
    query = select(user_sessions.token_hash).where(user_sessions.user_id == scope.user_id)
    keys = [_deletion_key(token_hash.hex()) for token_hash in scope.session.scalars(query)]
    scope.send(partial(_note_deletion, keys))


def was_deleted(token_digest: str) -> bool:
    """Return true if the account of this token hash was deleted in the last ten minutes."""
    try:
        return bool(_HASH.fullmatch(token_digest) and valkey().exists(_deletion_key(token_digest)))
    except RedisError:
        return False


def _note_deletion(keys: list[str]) -> None:
    with valkey().pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.set(key, 1, ex=DELETION_SHOWN)
        pipeline.execute()


def _deletion_key(token_digest: str) -> str:
    return f"pursuit:deleted-session:{token_digest}"


def end_session(token: str, signed_out: Client | None = None) -> str | None:
    """End the session of a token in all of its tabs; an unknown token has no effect.

    `signed_out` records a sign-out in the account history. Returns the provider's logout hint, which may be empty, or None
    if no session ended.
    """
    hash_bytes = bytes.fromhex(token_hash(token))
    with anonymous() as session:
        statement = delete(UserSession).where(user_sessions.token_hash == hash_bytes)
        returned = (user_sessions.user_id, user_sessions.id, user_sessions.logout_hint)
        row = session.execute(statement.returning(*returned)).first()
        if row and signed_out:
            audit.record(session, row.user_id, AuditKind.SIGNED_OUT, signed_out)
    if row is None:
        return None
    # The guard then redirects the session's tabs to the sign-in page.
    audit.notify_tabs(row.user_id, {UserSession.__tablename__: {str(row.id)}})
    with suppress(Sorry):
        return decrypt(row.user_id, row.logout_hint)
    return ""


def own_sessions(scope: Scope) -> list[SessionItem]:
    """Return the user's live sessions, the most recently used first."""
    rows = scope.session.scalars(
        select(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.expires_at > scope.now)
        .order_by(user_sessions.seen_at.desc())
    )
    return [
        SessionItem(
            id=str(row.id),
            browser=browser_name(row.browser),
            agent=row.browser,
            seen="now" if row.id == scope.who.session_id else ago(row.seen_at, scope.now),
            began=ago(row.created_at, scope.now),
            is_this_one=row.id == scope.who.session_id,
        )
        for row in rows
    ]


def revoke(scope: Scope, session_id: str) -> None:
    """End one of the user's sessions at once, including its open sockets."""
    revoked = scope.session.execute(
        delete(UserSession)
        .where(user_sessions.user_id == scope.user_id, user_sessions.id == as_uuid(session_id, UserSession))
        .returning(user_sessions.browser)
    ).first()
    if revoked is None:
        raise NotFound("session")
    audit.note(scope, AuditKind.SESSION_ENDED, revoked.browser)


def revoke_others(scope: Scope) -> int:
    """End all other sessions of the user, and return how many live ones ended."""
    query = delete(UserSession).where(
        user_sessions.user_id == scope.user_id, user_sessions.id.is_distinct_from(scope.who.session_id)
    )
    ends = scope.session.scalars(query.returning(user_sessions.expires_at))
    number = sum(1 for end in ends if end > scope.now)
    if number:
        audit.note(scope, AuditKind.OTHERS_ENDED, number=number)
    return number
