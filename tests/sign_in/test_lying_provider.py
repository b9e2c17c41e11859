"""Forged tokens: each false claim of an ID token is detected, and no user is signed in."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.lying_provider import LyingProvider, lying_provider, new_key
from tests.support.sign_in_steps import Configure, is_refused, signed_in, start
from tracker.launch import embedded
from tracker.services import provider


@pytest.fixture
def liar() -> Iterator[LyingProvider]:
    """Yield a provider in an attacker's hands."""
    with lying_provider() as running:
        yield running


@pytest.fixture
def ours(configure: Configure, liar: LyingProvider) -> TestClient:
    """Return a client of a Pursuit that trusts it."""
    return configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")


def test_a_truthful_provider_is_believed(ours: TestClient, liar: LyingProvider) -> None:
    ours.get(liar.callback(start(ours)))
    user = signed_in(ours)
    assert user
    assert (user.name, user.email) == ("Mallory", "mallory@evil.example")


@pytest.mark.parametrize(
    ("offered", "forced", "is_basic"),
    [
        (None, "", True),
        (["client_secret_post", "client_secret_basic"], "", True),
        (["client_secret_post"], "", False),
        (["client_secret_basic"], "client_secret_post", False),
        (["client_secret_post"], "client_secret_basic", True),
    ],
)
def test_the_secret_is_shown_as_the_provider_offers_unless_an_operator_says_how(
    ours: TestClient,
    configure: Configure,
    liar: LyingProvider,
    offered: list[str] | None,
    forced: str,
    is_basic: bool,
) -> None:
    liar.document = {"token_endpoint_auth_methods_supported": offered} if offered else {}
    ours = configure(OIDC_TOKEN_AUTH=forced)
    ours.get(liar.callback(start(ours)))
    assert signed_in(ours)
    assert (liar.was_basic, liar.was_posted) == (is_basic, not is_basic)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["pursuit", "another client"]},
        {"aud": ["pursuit", "another client"], "azp": "another client"},
        {"aud": []},
        {"azp": "another client"},
        {"iss": "https://accounts.google.com"},
        {"iss": ""},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
        {"sub": None},
        {"iat": "now"},
        {"exp": "later"},
    ],
    ids=str,
)
def test_a_lie_in_the_token_is_found_out(
    ours: TestClient, liar: LyingProvider, claims: dict[str, Any]
) -> None:
    liar.claims = claims
    assert is_refused(ours, liar.callback(start(ours)), "bad-answer")


@pytest.mark.parametrize("name", ["nonce", "aud", "iss", "sub", "exp", "iat"])
def test_a_token_without_what_it_must_have_is_refused(
    ours: TestClient, liar: LyingProvider, name: str
) -> None:
    liar.without = {name}
    assert is_refused(ours, liar.callback(start(ours)), "bad-answer")


@pytest.mark.parametrize(("name", "seconds"), [("iat", -120), ("iat", 120), ("nbf", 120), ("exp", -120)])
def test_impossible_times_are_reported_as_a_wrong_clock(
    ours: TestClient, liar: LyingProvider, name: str, seconds: int
) -> None:
    liar.claims = {name: int(time.time()) + seconds}
    assert is_refused(ours, liar.callback(start(ours)), "clock")


def _with_another_key(liar: LyingProvider) -> Callable[[dict[str, Any]], str]:
    impostor = new_key("one", "impostor")
    return lambda claims: liar.signed(claims, impostor)


@pytest.mark.parametrize(
    "trick",
    [
        lambda liar: liar.unsigned,
        lambda liar: liar.signed_with_public_key,
        _with_another_key,
        lambda liar: lambda claims: liar.signed(claims)[:-6] + "AAAAAA",
        lambda liar: lambda claims: "no token",
        lambda liar: lambda claims: "",
    ],
    ids=["unsigned", "public key as secret", "another key", "damaged", "no token", "empty"],
)
def test_a_forged_signature_is_refused(ours: TestClient, liar: LyingProvider, trick: Any) -> None:
    liar.sign = trick(liar)
    liar.document = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    assert is_refused(ours, liar.callback(start(ours)), "bad-answer")


def test_keys_are_fetched_again_but_not_for_every_forged_token(
    ours: TestClient, liar: LyingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours.get(liar.callback(start(ours)))
    newer = new_key("two")
    liar.sign = lambda claims: liar.signed(claims, newer)
    for _ in range(3):
        assert ours.get(liar.callback(start(ours))).headers["location"] == "/sign-in?problem=bad-answer"
    assert liar.key_requests == 1
    liar.shown_keys = [liar.key, newer]
    monkeypatch.setattr(provider, "MIN_KEYS_AGE_SECONDS", 0)
    assert ours.get(liar.callback(start(ours))).headers["location"] == "/applications?view=board"
    assert liar.key_requests == 2


def test_claims_about_another_user_are_refused(ours: TestClient, liar: LyingProvider) -> None:
    liar.userinfo = {"sub": "alice", "email": "alice@example.com", "email_verified": True}
    assert is_refused(ours, liar.callback(start(ours)), "bad-answer")


@pytest.mark.parametrize("verified", [False, None, "false", 1, "yes"])
def test_only_a_verified_address_is_kept(ours: TestClient, liar: LyingProvider, verified: object) -> None:
    liar.claims = {"email": "alice@example.com", "email_verified": verified}
    ours.get(liar.callback(start(ours)))
    user = signed_in(ours)
    assert user
    assert user.email == ""


@pytest.mark.parametrize("extra", [{"iss": "https://accounts.google.com"}, {"iss": ""}])
def test_an_answer_that_names_another_issuer_is_refused(
    ours: TestClient, liar: LyingProvider, extra: dict[str, str]
) -> None:
    assert is_refused(ours, liar.callback(start(ours), **extra), "bad-answer")


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        ("access_denied", "refused"),
        ("temporarily_unavailable", "provider-down"),
        ("invalid_scope", "misconfigured"),
    ],
)
def test_an_error_is_shown_by_its_code_and_never_by_its_text(
    ours: TestClient, liar: LyingProvider, error: str, problem: str
) -> None:
    callback = liar.callback(start(ours), error=error, error_description="<b>click here</b>")
    assert is_refused(ours, callback, problem)


@pytest.mark.parametrize(
    ("status", "problem"), [(500, "provider-down"), (302, "bad-answer"), (429, "bad-answer")]
)
def test_a_failing_token_endpoint_is_reported(
    ours: TestClient, liar: LyingProvider, status: int, problem: str
) -> None:
    liar.status = status
    liar.answer = {"access_token": "", "id_token": None}
    assert is_refused(ours, liar.callback(start(ours)), problem)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://accounts.google.com"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_an_untrustworthy_discovery_document_is_reported(
    ours: TestClient, liar: LyingProvider, document: dict[str, Any]
) -> None:
    liar.document = document
    assert ours.get("/auth/start").headers["location"] == "/sign-in?problem=misconfigured"


def test_an_issuer_without_https_elsewhere_is_refused(configure: Configure) -> None:
    ours = configure(OIDC_ISSUER=f"http://example.invalid:{embedded.free_port()}", OIDC_CLIENT_ID="pursuit")
    assert ours.get("/auth/start").headers["location"] == "/sign-in?problem=misconfigured"
