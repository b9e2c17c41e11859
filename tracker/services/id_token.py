"""The ID token: the identity that a provider asserts, accepted only if every check passes."""

import time
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import (
    ExpiredTokenError,
    InvalidKeyIdError,
    JoseError,
)
from joserfc.jws import JWSRegistry

from tracker.mail_address import is_storable
from tracker.services.provider import MALFORMED, CannotSignIn, Provider
from tracker.settings import settings
from tracker.shapes.sign_in import Problem
from tracker.storable_text import clean

MAX_CLOCK_SKEW = 90
"""Accepted clock difference in seconds."""


@dataclass(frozen=True)
class Identity:
    """The identity that a provider asserts; the email is empty unless the provider verified it."""

    subject: str
    name: str
    email: str
    signed_in_at: float | None = None
    """Time of the last authentication at the provider as a Unix timestamp, if stated."""


def verified_identity(tokens: dict[str, Any], provider: Provider, nonce: str) -> Identity:
    """Return the identity in a token response. Raises CannotSignIn when a check fails."""
    claims = _verified_claims(tokens, provider, nonce)
    profile = dict(claims)
    if "email" not in claims or "name" not in claims:
        userinfo = provider.userinfo(str(tokens.get("access_token") or ""))
        if userinfo and userinfo.get("sub") != claims["sub"]:
            raise CannotSignIn(Problem.BAD_ANSWER, "the userinfo response is for another subject")
        # The email and its verified flag must come from the same source.
        profile = {**userinfo, **claims} if "email" in claims else {**claims, **userinfo}
    return Identity(claims["sub"], _name(profile), _verified_email(profile), _signed_in_at(claims))


def _verified_claims(tokens: dict[str, Any], provider: Provider, nonce: str) -> CodeIDToken:
    encoded = tokens.get("id_token")
    if not isinstance(encoded, str):
        raise CannotSignIn(Problem.BAD_ANSWER, "no ID token")
    try:
        token = _decoded(encoded, provider)
        claims = CodeIDToken(
            token.claims, token.header, _required_claims(provider), _expected_values(tokens, nonce)
        )
        _check_clock(claims)
        claims.validate(leeway=MAX_CLOCK_SKEW)
    except ExpiredTokenError as error:
        raise CannotSignIn(Problem.CLOCK, "the ID token has expired") from error
    except (JoseError, *MALFORMED) as error:
        raise CannotSignIn(Problem.BAD_ANSWER, f"ID token: {error!r:.200}") from error
    if not 1 <= len(claims["sub"]) <= 255 or not claims["sub"].isprintable():
        raise CannotSignIn(Problem.BAD_ANSWER, "ID token: no subject")
    return claims


def _required_claims(provider: Provider) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": settings().client[0]},
        "sub": {"essential": True},
    }


def _expected_values(tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
    return {"nonce": nonce, "client_id": settings().client[0], "access_token": tokens.get("access_token")}


def _decoded(encoded: str, provider: Provider) -> jwt.Token:
    """Return the token after checking its signature, refetching the keys for an unknown key id."""
    rules = JWSRegistry(algorithms=provider.signatures, strict_check_header=False)
    try:
        return jwt.decode(encoded, provider.keys(), registry=rules)
    except InvalidKeyIdError:
        return jwt.decode(encoded, provider.keys(refetch=True), registry=rules)


def _check_clock(claims: CodeIDToken) -> None:
    """Raise CannotSignIn for a token issued in the future or more than 90 seconds ago."""
    now = time.time()
    issued, begins = claims.get("iat"), claims.get("nbf", 0)
    if isinstance(issued, int | float) and abs(now - issued) > MAX_CLOCK_SKEW:
        raise CannotSignIn(Problem.CLOCK, f"the ID token was issued {issued - now:+.0f} seconds from now")
    if isinstance(begins, int | float) and begins - now > MAX_CLOCK_SKEW:
        raise CannotSignIn(Problem.CLOCK, "the ID token isn't valid yet")


def _signed_in_at(claims: CodeIDToken) -> float | None:
    at = claims.get("auth_time")
    if at is None:
        return None
    # An invalid time counts as long ago, so that it confirms nothing.
    is_time = isinstance(at, int | float) and not isinstance(at, bool) and 0 <= at < 1e12
    return float(at) if is_time else 0.0


def _name(profile: dict[str, Any]) -> str:
    name = profile.get("name")
    return " ".join(clean(name[:1000]).split())[:200] if isinstance(name, str) else ""


def _verified_email(profile: dict[str, Any]) -> str:
    email = profile.get("email")
    # Some providers send the string instead of the boolean.
    verified = profile.get("email_verified") is True or profile.get("email_verified") == "true"
    return email if verified and isinstance(email, str) and is_storable(email) else ""
