"""Personal access tokens: random secrets for programs, stored as hashes.

A secret is `pursuit_pat_`, 32 random characters and a checksum, so that secret scanners recognize a leaked one without
asking, and a mistyped one costs no query.
"""

import hashlib
import secrets
import string
from collections.abc import Mapping
from datetime import timedelta
from zlib import crc32

from sqlalchemy import delete, func, select, update

from tracker import clock
from tracker.db import Scope, anonymous, as_uuid, call_function
from tracker.errors import NotFound, TooMany
from tracker.models import AccessToken, access_tokens
from tracker.services import audit, freshness, people
from tracker.services.field_parsers import InvalidField, Parser, parsed_by, text
from tracker.shapes.access_tokens import ACCESS, LIFETIMES, NewToken, TokenHolder, TokenItem
from tracker.shapes.audit import AuditKind
from tracker.shapes.dates import ago, exact_day

PREFIX = "pursuit_pat_"
RANDOM_LENGTH, CHECKSUM_LENGTH = 32, 6
MAX_TOKENS = 50
"""Maximum number of tokens of a user."""
USED_INTERVAL = timedelta(minutes=10)
"""Interval between updates of the time of last use, so that most requests don't write it."""
_ALPHABET = string.digits + string.ascii_letters
_FIND = "SELECT * FROM find_access_token(%(mark)s, %(now)s)"


def create(scope: Scope, typed: Mapping[str, str]) -> NewToken:
    """Create a token and return its secret, which isn't stored.

    Raises Invalid, TooMany beyond 50 tokens, or NotFresh without a fresh sign-in.
    """
    values = parsed_by(_PARSERS, {name: str(typed.get(name, "")) for name in _PARSERS})
    freshness.require_fresh(scope)
    count = select(func.count()).select_from(AccessToken).where(access_tokens.user_id == scope.user_id)
    if (scope.session.scalar(count) or 0) >= MAX_TOKENS:
        raise TooMany(f"At most {MAX_TOKENS} tokens. Revoke one you no longer use.")
    secret = _new_secret()
    row = AccessToken(
        name=values["name"],
        token_hash=_digest(secret),
        ending=secret[-4:],
        can_write=values["access"] == "write",
        expires_at=scope.now + timedelta(days=values["days"]) if values["days"] else None,
        created_at=scope.now,
    )
    scope.add(row)
    audit.note(scope, AuditKind.TOKEN_CREATED, row.name)
    return NewToken(secret, own_tokens(scope))


def own_tokens(scope: Scope) -> list[TokenItem]:
    """Return the user's tokens, the newest first, expired ones included."""
    query = select(AccessToken).where(access_tokens.user_id == scope.user_id)
    rows = scope.session.scalars(query.order_by(access_tokens.created_at.desc(), access_tokens.id.desc()))
    return [_item(scope, row) for row in rows]


def revoke(scope: Scope, token_id: str) -> str:
    """Revoke a token at once, and return a sentence for the notice."""
    own_token = (access_tokens.user_id == scope.user_id, access_tokens.id == as_uuid(token_id, AccessToken))
    name: str | None = scope.session.scalar(
        delete(AccessToken).where(*own_token).returning(access_tokens.name)
    )
    if name is None:
        raise NotFound("token")
    audit.note(scope, AuditKind.TOKEN_REVOKED, name)
    return f"Token {name} revoked"


def holder_of(secret: str) -> TokenHolder | None:
    """Return the user of a valid token, and note its use; None for any other text."""
    if not is_well_formed(secret):
        return None
    now, token_hash = clock.now(), _digest(secret)
    row = call_function(_FIND, {"mark": token_hash, "now": now})
    if row is None or not people.is_allowed(row["issuer"], row["email"]):
        return None
    if row["used_at"] is None or row["used_at"] < now - USED_INTERVAL:
        with anonymous() as session:
            own_token = access_tokens.token_hash == token_hash
            session.execute(update(AccessToken).where(own_token).values(used_at=now))
    return TokenHolder(
        people.user_of(row), str(row["token_id"]), row["token_name"], row["can_write"], row["expires_at"]
    )


def is_well_formed(secret: str) -> bool:
    """Return true if the text has a token's prefix, length and checksum."""
    body, checksum = secret[:-CHECKSUM_LENGTH], secret[-CHECKSUM_LENGTH:]
    return (
        len(secret) == len(PREFIX) + RANDOM_LENGTH + CHECKSUM_LENGTH
        and secret.startswith(PREFIX)
        and secret.isascii()
        and secrets.compare_digest(checksum, _checksum(body))
    )


def _new_secret() -> str:
    body = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(RANDOM_LENGTH))
    return body + _checksum(body)


def _checksum(body: str) -> str:
    """Return the CRC-32 of a text in base 62, padded to six characters."""
    number, digits = crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits.rjust(CHECKSUM_LENGTH, _ALPHABET[0])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _item(scope: Scope, row: AccessToken) -> TokenItem:
    is_expired = row.expires_at is not None and row.expires_at <= scope.now
    return TokenItem(
        id=str(row.id),
        name=row.name,
        ending=row.ending,
        access=dict(ACCESS)["write" if row.can_write else "read"],
        created=ago(row.created_at, scope.now),
        used=f"used {ago(row.used_at, scope.now)}" if row.used_at else "never used",
        expires=_expiry(scope, row, "expired" if is_expired else "expires"),
        is_expired=is_expired,
    )


def _expiry(scope: Scope, row: AccessToken, verb: str) -> str:
    if row.expires_at is None:
        return "no expiry"
    return f"{verb} {exact_day(row.expires_at.astimezone(scope.who.zone).date(), scope.who.locale)}"


def _choice(choices: list[tuple[str, str]]) -> Parser:
    def parse(raw: str) -> str:
        if raw not in dict(choices):
            raise InvalidField("Choose one of the listed values.")
        return raw

    return parse


def _days(raw: str) -> int:
    """Return a lifetime in days; 0 for none."""
    return int(_choice(LIFETIMES)(raw) or 0)


_PARSERS: dict[str, Parser] = {
    "name": text(100, required="Name the program that will use it."),
    "access": _choice(ACCESS),
    "days": _days,
}
