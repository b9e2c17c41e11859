"""The OpenID provider: where its doors are, which keys it signs with, and how a code becomes tokens."""

import base64
import ssl
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import quote_plus, urlencode, urlsplit
from uuid import UUID

import httpx2
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tracker.settings import GOOGLE_ISSUER, is_loopback, settings
from tracker.shapes.sign_in import Problem

SECONDS = 5
KEPT_SECONDS = 600
ASK_AGAIN_SECONDS = 30
SIGNATURES = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""What an ID token may be signed with: never `none`, and no secret that someone else could know."""

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""What reading a hostile document may raise: wrong types, lone surrogates, huge numbers, deep nesting."""

_DOORS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class CannotSignIn(Exception):
    """Nobody is signed in: the problem for the person, particulars for the log, and who it was where that is certain."""

    def __init__(self, problem: Problem, particulars: str = "", *, user_id: UUID | None = None) -> None:
        super().__init__(particulars)
        self.problem, self.user_id = problem, user_id
        self.next = ""
        """Where somebody who only had to confirm who they are goes back to."""


@dataclass
class Provider:
    """One provider as its discovery document describes it, asked again after ten minutes."""

    issuer: str
    document: dict[str, Any]
    found_at: float
    keys_at: float = 0.0
    _keys: KeySet | None = None

    def authorization_address(self, state: str, nonce: str, verifier: str, *, fresh: bool = False) -> str:
        """Where the browser goes to sign in; with `fresh`, the provider is to ask who it is even if it knows.

        Google refuses `prompt=login`: it can only be asked to have the account chosen anew.
        """
        prompt = "select_account" if self.issuer == GOOGLE_ISSUER else "login"
        more = {"prompt": prompt, "max_age": "0"} if fresh else {}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self.document["authorization_endpoint"],
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                **more,
            )
        return str(address)

    def logout_address(self, hint: str) -> str:
        """Where the browser goes to end the provider's own session; empty where the provider has no such address."""
        address = self.document.get("end_session_endpoint")
        if not isinstance(address, str) or not _is_safe(address):
            return ""
        query = {
            "client_id": settings().client[0],
            "post_logout_redirect_uri": f"{settings().origin}/sign-in",
        }
        if hint:
            query["id_token_hint"] = hint
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    def check_issuer(self, issuer: str | None) -> None:
        """Refuse an answer that names another issuer, or none where this provider always names itself."""
        promised = self.document.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.issuer and (issuer is not None or promised):
            raise CannotSignIn(Problem.BAD_ANSWER, "the answer names another issuer")

    def redeem(self, code: str, verifier: str) -> dict[str, Any]:
        """The tokens that a code stands for."""
        try:
            with self._client() as client:
                return dict(
                    client.fetch_token(
                        self.document["token_endpoint"],
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=verifier,
                        redirect_uri=redirect_address(),
                    )
                )
        except OAuthError as error:
            known = error.error in ("invalid_client", "unauthorized_client", "unsupported_grant_type")
            problem = Problem.MISCONFIGURED if known else Problem.BAD_ANSWER
            raise CannotSignIn(problem, f"token endpoint said {error.error!r:.100}") from error
        except httpx2.HTTPError as error:
            raise CannotSignIn(Problem.PROVIDER_DOWN, f"token endpoint: {error!r:.200}") from error
        except MALFORMED as error:
            raise CannotSignIn(Problem.BAD_ANSWER, f"token endpoint: {error!r:.200}") from error

    def keys(self, *, again: bool = False) -> KeySet:
        """The keys it signs with; `again` asks for newer ones, unless they are new already."""
        age = time.monotonic() - self.keys_at
        if self._keys is None or (again and age > ASK_AGAIN_SECONDS):
            try:
                self._keys = KeySet.import_key_set(cast(Any, _fetched(self.document["jwks_uri"])))
            except (JoseError, *MALFORMED) as error:
                raise CannotSignIn(Problem.BAD_ANSWER, f"keys: {error!r:.200}") from error
            self.keys_at = time.monotonic()
        return self._keys

    def particulars(self, access_token: str) -> dict[str, Any]:
        """What the provider tells of the person beside the ID token; nothing when it has no such door."""
        address = self.document.get("userinfo_endpoint")
        if not isinstance(address, str) or not access_token or not _is_safe(address):
            return {}
        return _fetched(address, {"Authorization": f"Bearer {access_token}"})

    @property
    def signatures(self) -> list[str]:
        """The signatures we accept from it."""
        offered = self.document.get("id_token_signing_alg_values_supported")
        return [name for name in SIGNATURES if name in (offered if isinstance(offered, list) else ["RS256"])]

    def _client(self) -> OAuth2Client:
        client_id, secret = settings().client
        client = OAuth2Client(
            client_id,
            secret,
            scope="openid email profile",
            redirect_uri=redirect_address(),
            code_challenge_method="S256",
            token_endpoint_auth_method=self._authentication(secret),
            timeout=SECONDS,
            follow_redirects=False,
            verify=_certificates(),
        )
        client.register_client_auth_method(("client_secret_basic", _basic))
        return client

    def _authentication(self, secret: str) -> str:
        """How the secret is shown: as an operator says, else as the provider offers; both ways are offered by most."""
        offered = self.document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if not isinstance(offered, list):
            raise CannotSignIn(Problem.MISCONFIGURED, "the provider's client authentication isn't a list")
        if not secret:
            return "none"
        if forced := settings().oidc_token_auth:
            return forced
        for name in ("client_secret_basic", "client_secret_post"):
            if name in offered:
                return name
        raise CannotSignIn(Problem.MISCONFIGURED, "the provider takes no client secret")


_lock = threading.Lock()
_found: dict[str, Provider] = {}


def discovered() -> Provider:
    """The configured provider, found by its discovery address; CannotSignIn when it is down or isn't what it says."""
    issuer = settings().issuer
    with _lock:
        known = _found.get(issuer)
    if known and time.monotonic() - known.found_at < KEPT_SECONDS:
        return known
    if not _is_safe(issuer):
        raise CannotSignIn(Problem.MISCONFIGURED, "the issuer must be https")
    document = _fetched(f"{issuer}/.well-known/openid-configuration")
    found = Provider(_named(document, issuer), document, time.monotonic())
    with _lock:
        _found[issuer] = found
    return found


def redirect_address() -> str:
    """Where the provider sends the browser back to; the operator registers this address with it."""
    return f"{settings().origin}/auth/callback"


def _named(document: dict[str, Any], issuer: str) -> str:
    """The issuer as it writes itself, which is the configured one; its doors must be as safe as it is."""
    name = document.get("issuer")
    if not isinstance(name, str) or name.rstrip("/") != issuer:
        raise CannotSignIn(Problem.MISCONFIGURED, "the discovery document is another issuer's")
    for door in _DOORS:
        if not isinstance(document.get(door), str) or not _is_safe(document[door]):
            raise CannotSignIn(
                Problem.MISCONFIGURED, f"the discovery document's {door} is missing or not https"
            )
    return name


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what goes there."""
    parts = urlsplit(address)
    ours = is_loopback(urlsplit(settings().issuer).hostname or "")
    return parts.scheme == "https" or (parts.scheme == "http" and ours and is_loopback(parts.hostname or ""))


@cache
def _certificates() -> ssl.SSLContext:
    """Return the trusted certificates, which take 150 ms to read."""
    return httpx2.create_ssl_context()


def _fetched(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        with httpx2.Client(timeout=SECONDS, follow_redirects=False, verify=_certificates()) as client:
            answer = client.get(address, headers={"Accept": "application/json", **(headers or {})})
            answer.raise_for_status()
            document = answer.json()
    except httpx2.HTTPError as error:
        raise CannotSignIn(Problem.PROVIDER_DOWN, f"{address}: {error!r:.200}") from error
    except MALFORMED as error:
        raise CannotSignIn(Problem.BAD_ANSWER, f"{address}: not JSON") from error
    if not isinstance(document, dict):
        raise CannotSignIn(Problem.BAD_ANSWER, f"{address}: not an object")
    return document


def _basic(client: Any, method: str, uri: str, headers: Any, body: str) -> tuple[str, Any, str]:
    """Basic authentication with id and secret form-encoded first, as RFC 6749 wants and Authlib doesn't."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return uri, headers, body
