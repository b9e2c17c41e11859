"""The OpenID provider: discovery, signing keys, and the exchange of a code for tokens."""

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

TIMEOUT_SECONDS = 5
CACHE_SECONDS = 600
MIN_KEYS_AGE_SECONDS = 30
SIGNATURE_ALGORITHMS = (
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
"""Accepted signature algorithms of ID tokens: never `none`, and no shared secret."""

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""Errors of reading a hostile document: wrong types, lone surrogates, huge numbers, deep nesting."""

_REQUIRED_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class CannotSignIn(Exception):
    """A failed sign-in: the problem shown, details for the log, and the user if identified."""

    def __init__(self, problem: Problem, particulars: str = "", *, user_id: UUID | None = None) -> None:
        super().__init__(particulars)
        self.problem, self.user_id = problem, user_id
        self.next = ""
        """Page to return to after a sign-in that only confirms the identity."""


@dataclass
class Provider:
    """A provider as its discovery document describes it, cached for ten minutes."""

    issuer: str
    document: dict[str, Any]
    found_at: float
    keys_at: float = 0.0
    _keys: KeySet | None = None

    def authorization_address(self, state: str, nonce: str, verifier: str, *, fresh: bool = False) -> str:
        """Return the address that starts a sign-in; `fresh` requires the user to authenticate again.

        Google rejects `prompt=login`, so it is asked to show the account chooser instead.
        """
        prompt = "select_account" if self.issuer == GOOGLE_ISSUER else "login"
        parameters = {"prompt": prompt, "max_age": "0"} if fresh else {}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self.document["authorization_endpoint"],
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                **parameters,
            )
        return str(address)

    def logout_address(self, hint: str) -> str:
        """Return the address that ends the provider's session, or an empty string if it has none."""
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
        """Raise CannotSignIn when the response names another issuer, or lacks one that is promised."""
        is_required = self.document.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.issuer and (issuer is not None or is_required):
            raise CannotSignIn(Problem.BAD_ANSWER, "the answer names another issuer")

    def redeem(self, code: str, verifier: str) -> dict[str, Any]:
        """Exchange an authorization code for tokens."""
        try:
            with self._client() as client:
                return dict(
                    client.fetch_token(
                        self.document["token_endpoint"],
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=verifier,
                        redirect_uri=redirect_uri(),
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

    def keys(self, *, refetch: bool = False) -> KeySet:
        """Return the signing keys; `refetch` loads them again unless they are less than 30 seconds old."""
        age = time.monotonic() - self.keys_at
        if self._keys is None or (refetch and age > MIN_KEYS_AGE_SECONDS):
            try:
                self._keys = KeySet.import_key_set(cast("Any", _fetched(self.document["jwks_uri"])))
            except (JoseError, *MALFORMED) as error:
                raise CannotSignIn(Problem.BAD_ANSWER, f"keys: {error!r:.200}") from error
            self.keys_at = time.monotonic()
        return self._keys

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """Return the userinfo claims, or an empty dict without a userinfo endpoint."""
        address = self.document.get("userinfo_endpoint")
        if not isinstance(address, str) or not access_token or not _is_safe(address):
            return {}
        return _fetched(address, {"Authorization": f"Bearer {access_token}"})

    @property
    def signatures(self) -> list[str]:
        """The signature algorithms that both sides support."""
        offered = self.document.get("id_token_signing_alg_values_supported")
        return [
            name
            for name in SIGNATURE_ALGORITHMS
            if name in (offered if isinstance(offered, list) else ["RS256"])
        ]

    def _client(self) -> OAuth2Client:
        client_id, secret = settings().client
        client = OAuth2Client(
            client_id,
            secret,
            scope="openid email profile",
            redirect_uri=redirect_uri(),
            code_challenge_method="S256",
            token_endpoint_auth_method=self._authentication(secret),
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
            verify=_certificates(),
        )
        client.register_client_auth_method(("client_secret_basic", _basic))
        return client

    def _authentication(self, secret: str) -> str:
        """Return the client authentication method: the configured one, else a supported one."""
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
_cache: dict[str, Provider] = {}


def discover() -> Provider:
    """Return the configured provider from its discovery document.

    Raises CannotSignIn when it is down or its document isn't valid.
    """
    issuer = settings().issuer
    with _lock:
        cached = _cache.get(issuer)
    if cached and time.monotonic() - cached.found_at < CACHE_SECONDS:
        return cached
    if not _is_safe(issuer):
        raise CannotSignIn(Problem.MISCONFIGURED, "the issuer must be https")
    document = _fetched(f"{issuer}/.well-known/openid-configuration")
    provider = Provider(_confirmed_issuer(document, issuer), document, time.monotonic())
    with _lock:
        _cache[issuer] = provider
    return provider


def redirect_uri() -> str:
    """Return the redirect URI that the operator registers with the provider."""
    return f"{settings().origin}/auth/callback"


def _confirmed_issuer(document: dict[str, Any], issuer: str) -> str:
    """Return the document's issuer, which must be the configured one, with endpoints as safe as it."""
    name = document.get("issuer")
    if not isinstance(name, str) or name.rstrip("/") != issuer:
        raise CannotSignIn(Problem.MISCONFIGURED, "the discovery document is another issuer's")
    for endpoint in _REQUIRED_ENDPOINTS:
        if not isinstance(document.get(endpoint), str) or not _is_safe(document[endpoint]):
            raise CannotSignIn(
                Problem.MISCONFIGURED, f"the discovery document's {endpoint} is missing or not https"
            )
    return name


def _is_safe(address: str) -> bool:
    """Return true if requests to the address can't be read or changed in transit."""
    parts = urlsplit(address)
    is_local = is_loopback(urlsplit(settings().issuer).hostname or "")
    return parts.scheme == "https" or (
        parts.scheme == "http" and is_local and is_loopback(parts.hostname or "")
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the trusted certificates, which take 150 ms to read."""
    return httpx2.create_ssl_context()


def _fetched(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        with httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, verify=_certificates()) as client:
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
    """Authenticate with form-encoded id and secret, as RFC 6749 requires and Authlib doesn't."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return uri, headers, body
