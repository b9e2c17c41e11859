"""Signing in with an OpenID provider: an attempt that is begun here, answered there, and finished once."""

import hashlib
import json
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from uuid import UUID

from tracker import clock
from tracker.cache import valkey
from tracker.services import id_token, people, provider
from tracker.services.provider import CannotSignIn
from tracker.settings import settings
from tracker.shapes.people import Who
from tracker.shapes.sign_in import Problem

log = logging.getLogger(__name__)
ATTEMPT = "attempt-"
ATTEMPT_SECONDS = 600
ATTEMPTS_AT_ONCE = 8
"""Attempts of one browser; the cookies of older ones are taken away, so that they never fill a request."""
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,2000}")
_LONGEST = 4096
"""Characters of a state or a code; a longer one is nobody's."""


@dataclass(frozen=True)
class Attempt:
    """What is remembered between sending someone to the provider and their coming back."""

    nonce: str
    verifier: str
    next: str
    issuer: str
    user_id: str = ""
    """Who has to be the one that signs in, when a signed-in person is to confirm that it's them."""
    began_at: float = 0.0


@dataclass(frozen=True)
class Entry:
    """A person who has proved who they are, and where they were going."""

    user_id: UUID
    next: str
    hint: str = ""
    """The ID token, where the provider wants to see it when the person signs out."""


def local_path(address: str) -> str:
    """The address if it is a path of ours, else the first page: nobody is sent elsewhere after signing in."""
    local = _LOCAL_PATH.fullmatch(address) and not address.startswith(("/sign-in", "/auth/"))
    return address if local and not urlsplit(address).netloc else "/"


@dataclass(frozen=True)
class Begun:
    """An attempt that has begun: where the browser goes, and the cookie that ties the attempt to this browser."""

    address: str
    purpose: str
    token: str


def begin(next_path: str, who: Who | None = None) -> Begun:
    """Begin an attempt with a cookie of its own: no token that the browser brought along is taken over.

    One browser may have several attempts under way, each in a tab of its own. With `who`, that person is to confirm
    that it's them, which the provider is told to ask for.
    """
    there, now = provider.discovered(), clock.now().timestamp()
    expected = str(who.user_id) if who else ""
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    attempt = Attempt(nonce, verifier, next_path, there.issuer, expected, now)
    state, token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    valkey().set(_key(token, state), json.dumps(asdict(attempt)), ex=ATTEMPT_SECONDS)
    address = there.authorization_address(state, nonce, verifier, fresh=who is not None)
    return Begun(address, purpose_of(state), token)


def purpose_of(state: str) -> str:
    """Return the purpose of the cookie of the attempt with this state."""
    return f"{ATTEMPT}{hashlib.sha256(state.encode(errors='surrogatepass')).hexdigest()[:8]}"


def finish(browser: str, answer: Mapping[str, str]) -> Entry:
    """The person a provider's answer vouches for; CannotSignIn, and nobody, when any check of it fails."""
    attempt = _take(browser, answer.get("state", "")[:_LONGEST])
    try:
        return _entry(attempt, answer)
    except CannotSignIn as error:
        error.next = attempt.next if attempt.user_id else ""
        raise


def _entry(attempt: Attempt, answer: Mapping[str, str]) -> Entry:
    there = provider.discovered()
    if attempt.issuer != there.issuer:
        raise CannotSignIn(Problem.STALE, "the provider was changed meanwhile")
    there.check_issuer(answer.get("iss"))
    if error := answer.get("error"):
        raise CannotSignIn(_meaning(error), f"provider said {error!r:.100}")
    if not (code := answer.get("code")) or len(code) > _LONGEST:
        raise CannotSignIn(Problem.BAD_ANSWER, "no code")
    tokens = there.redeem(code, attempt.verifier)
    person = id_token.verified_identity(tokens, there, attempt.nonce)
    _let_in(person)
    if attempt.user_id:
        _confirm(attempt, person)
    user_id = people.sign_up(settings().issuer, person.subject, name=person.name, email=person.email)
    hint = tokens["id_token"] if there.logout_address("") else ""
    return Entry(user_id, attempt.next, hint if len(hint) <= _LONGEST else "")


def logout_address(hint: str) -> str:
    """Where signing out leads on to, so that the provider's session ends too; empty when it stays or can't be ended."""
    if not settings().provider_configured or settings().oidc_sign_out == "here":
        return ""
    try:
        return provider.discovered().logout_address(hint)
    except CannotSignIn as error:
        log.warning("The provider's session wasn't ended: %s", error)
        return ""


def _key(browser: str, state: str) -> str:
    """Where an attempt lies: only the browser that began it can name the place, and only with its state."""
    return f"sign-in:{hashlib.sha256(f'{browser} {state}'.encode(errors='surrogatepass')).hexdigest()}"


def _take(browser: str, state: str) -> Attempt:
    """The attempt, which is gone with this: an answer counts once."""
    kept = valkey().getdel(_key(browser, state)) if browser and state else None
    if kept is None:
        raise CannotSignIn(Problem.STALE, "no such attempt")
    return Attempt(**json.loads(kept))  # type: ignore[arg-type]


def _meaning(error: str) -> Problem:
    """What a provider's error is to the person."""
    if error in ("access_denied", "consent_required", "login_required", "interaction_required"):
        return Problem.REFUSED
    if error in ("server_error", "temporarily_unavailable"):
        return Problem.PROVIDER_DOWN
    return Problem.MISCONFIGURED


def _confirm(attempt: Attempt, person: id_token.Identity) -> None:
    """Refuse another person than the one who was to confirm, and one whom the provider didn't ask anew."""
    expected = UUID(attempt.user_id)
    if people.existing_user(settings().issuer, person.subject) != expected:
        raise CannotSignIn(Problem.OTHER_PERSON, "another person confirmed", user_id=expected)
    signed_in_at = person.signed_in_at
    if signed_in_at is not None and signed_in_at < attempt.began_at - id_token.MAX_CLOCK_SKEW:
        raise CannotSignIn(Problem.NOT_FRESH, "the provider asked for no new sign-in", user_id=expected)


def _let_in(person: id_token.Identity) -> None:
    if people.is_allowed(settings().issuer, person.email):
        return
    known = people.existing_user(settings().issuer, person.subject)
    if not person.email:
        raise CannotSignIn(Problem.UNVERIFIED, "the allow-list asks for a verified address", user_id=known)
    raise CannotSignIn(Problem.NOT_ALLOWED, "not on the allow-list", user_id=known)
