"""Claims and parameters that no honest provider sends: rejected or cleaned, never an internal error."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.lying_provider import LyingProvider, lying_provider
from tests.support.sign_in_steps import Configure, is_refused, signed_in, start

NUL, HALF, LONG = "\x00", "\ud800", "x" * 5_000
ODD: list[Any] = [NUL, HALF, f"a{NUL}b", LONG, "", 7, 10**400, True, None, [], {"a": 1}]


@pytest.fixture(scope="module")
def running() -> Iterator[LyingProvider]:
    """Yield a provider in an attacker's hands."""
    with lying_provider() as provider:
        yield provider


@pytest.fixture
def liar(running: LyingProvider) -> LyingProvider:
    """Return the same provider, reset."""
    running.claims, running.without, running.document, running.answer = {}, set(), {}, {}
    running.userinfo = {"sub": "mallory"}
    running.sign = running.signed
    return running


@pytest.fixture
def ours(configure: Configure, liar: LyingProvider) -> TestClient:
    """Return a client of a Pursuit that trusts it."""
    return configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")


def is_signed_in(ours: TestClient, liar: LyingProvider) -> bool:
    """Return whether the provider's answer opened a session; anything but a redirect fails."""
    answer = ours.get(liar.callback(start(ours)))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(("/sign-in?problem=", "/applications"))
    return signed_in(ours) is not None


@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:20])
def test_an_odd_name_or_address_is_cleaned_or_left_out(
    ours: TestClient, liar: LyingProvider, value: Any
) -> None:
    liar.claims = {"name": value, "email": value, "email_verified": True}
    assert is_signed_in(ours, liar)
    user = signed_in(ours)
    assert user
    assert user.email == ""
    assert len(user.name) <= 200
    assert user.name.isprintable() or user.name == "\u202e"


@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize(
    "claim",
    [
        "sub",
        "iss",
        "aud",
        "azp",
        "nonce",
        "exp",
        "iat",
        "nbf",
        "at_hash",
        "email_verified",
        "auth_time",
        "amr",
    ],
)
def test_an_odd_claim_never_breaks_the_answer(
    ours: TestClient, liar: LyingProvider, claim: str, value: Any
) -> None:
    liar.claims = {"email": "mallory@evil.example", claim: value}
    entered = is_signed_in(ours, liar)
    assert not (entered and claim in ("sub", "iss", "aud", "nonce"))


@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize("part", ["id_token", "access_token", "token_type", "expires_in", "error"])
def test_an_odd_token_answer_never_breaks_the_answer(
    ours: TestClient, liar: LyingProvider, part: str, value: Any
) -> None:
    liar.answer = {part: value}
    is_signed_in(ours, liar)


@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize(
    "part",
    ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "issuer",
     "id_token_signing_alg_values_supported", "token_endpoint_auth_methods_supported",
     "authorization_response_iss_parameter_supported"],
)  # fmt: skip
def test_an_odd_discovery_document_never_breaks_the_answer(
    ours: TestClient, liar: LyingProvider, part: str, value: Any
) -> None:
    liar.document = {part: value}
    answer = ours.get("/auth/start")
    assert answer.status_code == 303
    if not answer.headers["location"].startswith("/sign-in?problem="):
        assert ours.get(liar.callback(answer.headers["location"])).status_code == 303


@pytest.mark.parametrize(
    "nesting", ["[" * 100_000, '{"a":' * 100_000, json.dumps("x")], ids=["lists", "objects", "a word"]
)
def test_a_nested_answer_is_refused(ours: TestClient, liar: LyingProvider, nesting: str) -> None:
    address = liar.callback(start(ours))
    liar.raw = nesting
    try:
        assert is_refused(ours, address, "bad-answer")
    finally:
        liar.raw = ""


@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "%FF", "x" * 20_000, "a%00b", "%0d%0aSet-Cookie:%20x=y", "%E2%80%A8"]
)
@pytest.mark.parametrize("name", ["next", "state", "code", "iss", "error", "problem"])
def test_an_odd_parameter_never_breaks_the_answer(ours: TestClient, name: str, value: str) -> None:
    for path in ("/auth/start", "/auth/callback"):
        answer = ours.get(f"{path}?{name}={value}&{name}={value}")
        assert answer.status_code == 303
        assert "set-cookie" not in answer.headers or "x=y" not in answer.headers["set-cookie"]


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%FF", "x" * 20_000, "%0d%0aSet-Cookie:%20x=y"])
def test_an_odd_code_never_breaks_the_answer(ours: TestClient, liar: LyingProvider, value: str) -> None:
    address = liar.callback(start(ours)).replace("code=a+code", f"code={value}")
    assert ours.get(address).status_code == 303


@pytest.mark.parametrize("value", [b"\x80\xff", b"\xed\xa0\x80", b"x" * 20_000, b"=;=;,", b'"\x7f'])
def test_an_odd_cookie_opens_nothing(ours: TestClient, value: bytes) -> None:
    cookie = b"pursuit-8000=" + value + b"; pursuit-attempt-8000=" + value
    for path in ("/auth/start", "/auth/callback?state=x&code=y"):
        assert ours.get(path, headers={b"Cookie": cookie}).status_code == 303
