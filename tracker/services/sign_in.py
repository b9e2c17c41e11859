"""Sign-in with an OpenID provider: an attempt is started, answered by the provider and finished once."""

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
MAX_ATTEMPTS = 8
"""Concurrent attempts of one browser; cookies of older ones are deleted to keep requests small."""
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,2000}")
_MAX_LENGTH = 4096
"""Maximum length of a state or code."""


@dataclass(frozen=True)
class Attempt:
    """The data stored between the redirect to the provider and its answer."""

    nonce: str
    verifier: str
    next: str
    issuer: str
    user_id: str = ""
    """The user who must sign in, if the attempt confirms an identity."""
    began_at: float = 0.0


@dataclass(frozen=True)
class SignIn:
    """An authenticated user, and the page to continue on."""

    user_id: UUID
    next: str
    hint: str = ""
    """The ID token, if the provider requires it at sign-out."""


def local_path(address: str) -> str:
    """Return the address if it is a path of Pursuit, else `/`, so that sign-in never redirects elsewhere."""
    local = _LOCAL_PATH.fullmatch(address) and not address.startswith(("/sign-in", "/auth/"))
    return address if local and not urlsplit(address).netloc else "/"


@dataclass(frozen=True)
class StartedAttempt:
    """A started attempt: the provider's address, and the cookie that ties the attempt to this browser."""

    address: str
    purpose: str
    token: str


def begin(next_path: str, user: Who | None = None) -> StartedAttempt:
    """Start an attempt with a cookie of its own; tokens that the browser sends aren't reused.

    A browser may have several attempts in separate tabs. With a user, the attempt confirms that user's identity by
    requiring a new authentication.
    """
    openid_provider, now = provider.discover(), clock.now().timestamp()
    expected_user = str(user.user_id) if user else ""
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    attempt = Attempt(nonce, verifier, next_path, openid_provider.issuer, expected_user, now)
    state, token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    valkey().set(_key(token, state), json.dumps(asdict(attempt)), ex=ATTEMPT_SECONDS)
    address = openid_provider.authorization_address(state, nonce, verifier, fresh=user is not None)
    return StartedAttempt(address, purpose_of(state), token)


def purpose_of(state: str) -> str:
    """Return the purpose of the cookie of the attempt with this state."""
    return f"{ATTEMPT}{hashlib.sha256(state.encode(errors='surrogatepass')).hexdigest()[:8]}"


def finish(browser: str, answer: Mapping[str, str]) -> SignIn:
    """Return the user that the provider's answer authenticates. Raises CannotSignIn when a check fails."""
    attempt = _taken_attempt(browser, answer.get("state", "")[:_MAX_LENGTH])
    try:
        return _verified_sign_in(attempt, answer)
    except CannotSignIn as error:
        error.next = attempt.next if attempt.user_id else ""
        raise


def _verified_sign_in(attempt: Attempt, answer: Mapping[str, str]) -> SignIn:
    openid_provider = provider.discover()
    if attempt.issuer != openid_provider.issuer:
        raise CannotSignIn(Problem.STALE, "the provider was changed meanwhile")
    openid_provider.check_issuer(answer.get("iss"))
    if error := answer.get("error"):
        raise CannotSignIn(_problem_of(error), f"provider said {error!r:.100}")
    if not (code := answer.get("code")) or len(code) > _MAX_LENGTH:
        raise CannotSignIn(Problem.BAD_ANSWER, "no code")
    tokens = openid_provider.redeem(code, attempt.verifier)
    person = id_token.verified_identity(tokens, openid_provider, attempt.nonce)
    _require_allowed(person)
    if attempt.user_id:
        _require_same_user(attempt, person)
    user_id = people.sign_up(settings().issuer, person.subject, name=person.name, email=person.email)
    hint = tokens["id_token"] if openid_provider.logout_address("") else ""
    return SignIn(user_id, attempt.next, hint if len(hint) <= _MAX_LENGTH else "")


def logout_address(hint: str) -> str:
    """Return the provider's logout address, or an empty string if its session isn't ended."""
    if not settings().provider_configured or settings().oidc_sign_out == "here":
        return ""
    try:
        return provider.discover().logout_address(hint)
    except CannotSignIn as error:
        log.warning("The provider's session wasn't ended: %s", error)
        return ""


def _key(browser: str, state: str) -> str:
    """Return the Redis key of an attempt, derived from the browser's token and the state."""
    return f"sign-in:{hashlib.sha256(f'{browser} {state}'.encode(errors='surrogatepass')).hexdigest()}"


def _taken_attempt(browser: str, state: str) -> Attempt:
    """Return the attempt and delete it, so that an answer counts once."""
    stored = valkey().getdel(_key(browser, state)) if browser and state else None
    if stored is None:
        raise CannotSignIn(Problem.STALE, "no such attempt")
    return Attempt(**json.loads(stored))  # type: ignore[arg-type]


def _problem_of(error: str) -> Problem:
    """Return the problem to show for an OAuth error code."""
    if error in ("access_denied", "consent_required", "login_required", "interaction_required"):
        return Problem.REFUSED
    if error in ("server_error", "temporarily_unavailable"):
        return Problem.PROVIDER_DOWN
    return Problem.MISCONFIGURED


def _require_same_user(attempt: Attempt, person: id_token.Identity) -> None:
    """Raise CannotSignIn for another user, or when the provider didn't authenticate again."""
    expected = UUID(attempt.user_id)
    if people.existing_user(settings().issuer, person.subject) != expected:
        raise CannotSignIn(Problem.OTHER_PERSON, "another person confirmed", user_id=expected)
    signed_in_at = person.signed_in_at
    if signed_in_at is not None and signed_in_at < attempt.began_at - id_token.MAX_CLOCK_SKEW:
        raise CannotSignIn(Problem.NOT_FRESH, "the provider asked for no new sign-in", user_id=expected)


def _require_allowed(person: id_token.Identity) -> None:
    if people.is_allowed(settings().issuer, person.email):
        return
    known = people.existing_user(settings().issuer, person.subject)
    if not person.email:
        raise CannotSignIn(Problem.UNVERIFIED, "the allow-list asks for a verified address", user_id=known)
    raise CannotSignIn(Problem.NOT_ALLOWED, "not on the allow-list", user_id=known)
