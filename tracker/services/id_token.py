"""The ID token: a provider's word on who someone is, believed only when every check of it passes."""

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

CLOCKS_DIFFER = 90
"""Seconds: what two clocks may differ by; two minutes are refused."""


@dataclass(frozen=True)
class Person:
    """Who a provider says has signed in; the address is there only if the provider has verified it."""

    subject: str
    name: str
    email: str
    signed_in_at: float | None = None
    """When they last proved it to the provider, in seconds since 1970, where it says so."""


def person_in(tokens: dict[str, Any], there: Provider, nonce: str) -> Person:
    """The person an answer of the token endpoint vouches for; CannotSignIn when a check fails."""
    claims = _believed(tokens, there, nonce)
    told = dict(claims)
    if "email" not in claims or "name" not in claims:
        more = there.particulars(str(tokens.get("access_token") or ""))
        if more and more.get("sub") != claims["sub"]:
            raise CannotSignIn(Problem.BAD_ANSWER, "the particulars are another person's")
        # An address and the word that it is verified must come from the same place.
        told = {**more, **claims} if "email" in claims else {**claims, **more}
    return Person(claims["sub"], _name(told), _verified_email(told), _signed_in_at(claims))


def _believed(tokens: dict[str, Any], there: Provider, nonce: str) -> CodeIDToken:
    written = tokens.get("id_token")
    if not isinstance(written, str):
        raise CannotSignIn(Problem.BAD_ANSWER, "no ID token")
    try:
        token = _decoded(written, there)
        claims = CodeIDToken(token.claims, token.header, _expected(there), _particulars(tokens, nonce))
        _check_clock(claims)
        claims.validate(leeway=CLOCKS_DIFFER)
    except ExpiredTokenError as error:
        raise CannotSignIn(Problem.CLOCK, "the ID token has expired") from error
    except (JoseError, *MALFORMED) as error:
        raise CannotSignIn(Problem.BAD_ANSWER, f"ID token: {error!r:.200}") from error
    if not 1 <= len(claims["sub"]) <= 255 or not claims["sub"].isprintable():
        raise CannotSignIn(Problem.BAD_ANSWER, "ID token: no subject")
    return claims


def _expected(there: Provider) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": there.issuer},
        "aud": {"essential": True, "value": settings().client[0]},
        "sub": {"essential": True},
    }


def _particulars(tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
    return {"nonce": nonce, "client_id": settings().client[0], "access_token": tokens.get("access_token")}


def _decoded(written: str, there: Provider) -> jwt.Token:
    """The token with its signature checked, by newer keys of the provider when it names one we don't know."""
    rules = JWSRegistry(algorithms=there.signatures, strict_check_header=False)
    try:
        return jwt.decode(written, there.keys(), registry=rules)
    except InvalidKeyIdError:
        return jwt.decode(written, there.keys(again=True), registry=rules)


def _check_clock(claims: CodeIDToken) -> None:
    """Refuse a token that was issued in our future or, though asked for just now, a while ago."""
    now = time.time()
    issued, begins = claims.get("iat"), claims.get("nbf", 0)
    if isinstance(issued, int | float) and abs(now - issued) > CLOCKS_DIFFER:
        raise CannotSignIn(Problem.CLOCK, f"the ID token was issued {issued - now:+.0f} seconds from now")
    if isinstance(begins, int | float) and begins - now > CLOCKS_DIFFER:
        raise CannotSignIn(Problem.CLOCK, "the ID token isn't valid yet")


def _signed_in_at(claims: CodeIDToken) -> float | None:
    at = claims.get("auth_time")
    if at is None:
        return None
    # A time that isn't one counts as long ago, so that it confirms nothing.
    is_time = isinstance(at, int | float) and not isinstance(at, bool) and 0 <= at < 1e12
    return float(at) if is_time else 0.0


def _name(told: dict[str, Any]) -> str:
    name = told.get("name")
    return " ".join(clean(name[:1000]).split())[:200] if isinstance(name, str) else ""


def _verified_email(told: dict[str, Any]) -> str:
    email = told.get("email")
    # Some providers write the word rather than the value.
    verified = told.get("email_verified") is True or told.get("email_verified") == "true"
    return email if verified and isinstance(email, str) and is_storable(email) else ""
