"""Signing in with a real, strict OpenID provider: the correct flow and each incorrect one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx2
import pytest
import time_machine
from starlette.testclient import TestClient

from tests.support.sign_in_steps import HOME, Configure, is_refused, signed_in, start
from tests.support.strict_provider import SECRET, StrictProvider, Visitor, strict_provider
from tracker.cache import valkey
from tracker.cookies import cookie_name
from tracker.launch import embedded
from tracker.services import sessions


def changed(address: str, **changes: str | None) -> str:
    """Return an address with other parameters; None removes one."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query |= {name: value for name, value in changes.items() if value is not None}
    unchanged = {name: value for name, value in query.items() if changes.get(name, "") is not None}
    return urlunsplit(parts._replace(query=urlencode(unchanged)))


def attempts() -> list[bytes]:
    """Return the keys of stored sign-in attempts."""
    return list(valkey().scan_iter("sign-in:*"))


@pytest.fixture(autouse=True)
def no_attempts(redis_url: str) -> None:
    for key in attempts():
        valkey().delete(key)


def test_a_sign_in_returns_to_the_requested_page(ours: TestClient) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    answer = ours.get(callback)
    assert answer.headers["location"] == "/applications?view=board"
    user = signed_in(ours)
    assert user
    assert (user.name, user.email) == ("alice at the provider", "alice@example.com")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=2592000" in cookie


def test_each_subject_of_the_provider_signs_in_to_an_account_of_its_own(ours: TestClient) -> None:
    people = []
    for name in ("alice", "alice", "bob"):
        ours.cookies.clear()
        ours.get(Visitor(name).sign_in(start(ours), HOME))
        people.append(signed_in(ours))
    assert people[0].user_id == people[1].user_id != people[2].user_id  # type: ignore[union-attr]
    assert people[0].session_id != people[1].session_id  # type: ignore[union-attr]


def test_signing_in_again_opens_a_fresh_session_and_ends_the_old_one(ours: TestClient) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    old = ours.cookies[cookie_name()]
    ours.get(Visitor("bob").sign_in(start(ours), HOME))
    assert ours.cookies[cookie_name()] != old
    assert sessions.find(old) is None


def test_the_authorization_request_has_pkce_state_and_nonce(ours: TestClient) -> None:
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(start(ours)).query).items()}
    assert parameters["response_type"] == "code"
    assert parameters["code_challenge_method"] == "S256"
    assert parameters["redirect_uri"] == f"{HOME}/auth/callback"
    assert set(parameters["scope"].split()) == {"openid", "email", "profile"}
    assert all(len(parameters[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    again = {name: values[0] for name, values in parse_qs(urlsplit(start(ours)).query).items()}
    assert not {parameters[name] for name in ("state", "nonce", "code_challenge")} & set(again.values())


@pytest.mark.parametrize(("client_id", "secret"), [("pursuit-post", SECRET), ("pursuit-public", "")])
def test_every_method_of_client_authentication_signs_in(
    configure: Configure, strict: StrictProvider, client_id: str, secret: str
) -> None:
    ours = configure(OIDC_ISSUER=strict.issuer, OIDC_CLIENT_ID=client_id, OIDC_CLIENT_SECRET=secret)
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    assert signed_in(ours)


def test_two_tabs_may_sign_in_at_once(ours: TestClient) -> None:
    first, second = start(ours, "/first"), start(ours, "/second")
    assert ours.get(Visitor("alice").sign_in(first, HOME)).headers["location"] == "/first"
    assert ours.get(Visitor("alice").sign_in(second, HOME)).headers["location"] == "/second"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/\t/evil.example",
     "/auth/sign-out", "/sign-in?next=/x", "evil", ""],
)  # fmt: skip
def test_sign_in_never_redirects_to_another_site(ours: TestClient, address: str) -> None:
    assert ours.get(Visitor("alice").sign_in(start(ours, address), HOME)).headers["location"] == "/"


def test_a_refused_consent_is_reported(ours: TestClient) -> None:
    assert is_refused(ours, Visitor("alice").refuse(start(ours), HOME), "refused")


def test_an_unavailable_provider_is_reported(configure: Configure) -> None:
    ours = configure(OIDC_ISSUER=f"http://127.0.0.1:{embedded.free_port()}", OIDC_CLIENT_ID="pursuit")
    assert ours.get("/auth/start").headers["location"] == "/sign-in?problem=provider-down"
    assert ours.get("/auth/callback?state=x&code=y").headers["location"] == "/sign-in?problem=stale"


@pytest.mark.parametrize("state", [None, "", "forged"])
def test_a_forged_state_is_refused(ours: TestClient, state: str | None) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    assert is_refused(ours, changed(callback, state=state), "stale")


def test_an_answer_in_another_browser_is_refused(ours: TestClient) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    ours.cookies.clear()
    assert is_refused(ours, callback, "stale")
    start(ours)
    assert is_refused(ours, callback, "stale")


def test_a_replayed_answer_is_refused(ours: TestClient) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    ours.get(callback)
    ours.cookies.delete(cookie_name())
    assert is_refused(ours, callback, "stale")


def test_an_answer_after_ten_minutes_is_refused(ours: TestClient) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    (attempt,) = attempts()
    assert 590 < valkey().ttl(attempt) <= 600
    valkey().pexpire(attempt, 1)
    while valkey().exists(attempt):
        continue
    assert is_refused(ours, callback, "stale")


def tampered(ours: TestClient, **changes: str) -> str:
    """Return a valid answer to an attempt whose stored state was altered."""
    callback = Visitor("alice").sign_in(start(ours), HOME)
    (attempt,) = attempts()
    valkey().set(attempt, json.dumps({**json.loads(valkey().get(attempt)), **changes}))  # type: ignore[arg-type]
    return callback


def test_a_wrong_nonce_is_refused(ours: TestClient) -> None:
    assert is_refused(ours, tampered(ours, nonce="of another attempt"), "bad-answer")


def test_a_wrong_verifier_is_refused_by_the_provider(ours: TestClient) -> None:
    assert is_refused(ours, tampered(ours, verifier="x" * 64), "bad-answer")


def test_a_request_without_pkce_is_refused_by_the_provider(ours: TestClient) -> None:
    stripped = changed(start(ours), code_challenge=None, code_challenge_method=None)
    assert is_refused(ours, Visitor("alice").sign_in(stripped, HOME), "misconfigured")


def test_another_redirect_address_is_refused_by_the_provider(ours: TestClient) -> None:
    moved = changed(start(ours), redirect_uri="http://127.0.0.1:1/auth/callback")
    answer = httpx2.get(moved)
    assert answer.status_code == 400
    assert "redirect_uri" in answer.text


def test_a_code_given_to_another_redirect_address_is_refused(
    ours: TestClient, configure: Configure, strict: StrictProvider
) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    cookies = dict(ours.cookies)
    moved = configure(PUBLIC_URL="http://elsewhere.localhost:8000")
    moved.cookies.update(cookies)
    assert is_refused(moved, callback, "bad-answer")


def test_a_code_of_another_client_is_refused(ours: TestClient) -> None:
    mine = start(ours)
    theirs = changed(mine, client_id="another", redirect_uri="https://another.example/callback")
    stolen = Visitor("mallory").sign_in(theirs, "https://another.example")
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    callback = changed(Visitor("alice").sign_in(mine, HOME), code=code)
    assert is_refused(ours, callback, "bad-answer")


@pytest.mark.parametrize("issuer", ["https://evil.example", None])
def test_an_answer_of_another_issuer_is_refused(ours: TestClient, issuer: str | None) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    assert is_refused(ours, changed(callback, iss=issuer), "bad-answer")


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_the_secret_is_shown_in_the_only_way_a_provider_offers(
    configure: Configure, servers_folder: Path, method: str
) -> None:
    client_id = "pursuit-post" if method == "client_secret_post" else "pursuit"
    with strict_provider(servers_folder, f"{HOME}/auth/callback", method) as only:
        ours = configure(OIDC_ISSUER=only.issuer, OIDC_CLIENT_ID=client_id, OIDC_CLIENT_SECRET=SECRET)
        ours.get(Visitor("alice").sign_in(start(ours), HOME))
        assert signed_in(ours)


def test_an_operator_may_say_how_the_secret_is_shown(configure: Configure, strict: StrictProvider) -> None:
    ours = configure(
        OIDC_ISSUER=strict.issuer,
        OIDC_CLIENT_ID="pursuit-post",
        OIDC_CLIENT_SECRET=SECRET,
        OIDC_TOKEN_AUTH="client_secret_post",
    )
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    assert signed_in(ours)


def test_a_wrong_client_secret_is_reported(configure: Configure, strict: StrictProvider) -> None:
    ours = configure(OIDC_ISSUER=strict.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="wrong")
    assert is_refused(ours, Visitor("alice").sign_in(start(ours), HOME), "misconfigured")


@pytest.mark.parametrize(
    "allowed", ["alice@example.com", "ALICE@Example.com", "example.com", "@example.com, x.org"]
)
def test_the_allow_list_lets_in_addresses_and_domains(
    ours: TestClient, configure: Configure, allowed: str
) -> None:
    ours = configure(SIGN_IN_ALLOW=allowed)
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    assert signed_in(ours)


@pytest.mark.parametrize("allowed", ["bob@example.com", "ample.com", "@other.example", "@alice"])
def test_the_allow_list_keeps_others_out(ours: TestClient, configure: Configure, allowed: str) -> None:
    ours = configure(SIGN_IN_ALLOW=allowed)
    assert is_refused(ours, Visitor("alice").sign_in(start(ours), HOME), "not-allowed")


def test_an_unverified_address_is_not_believed(ours: TestClient, configure: Configure) -> None:
    ours.get(Visitor("unverified-eve").sign_in(start(ours), HOME))
    assert signed_in(ours).email == ""  # type: ignore[union-attr]
    ours = configure(SIGN_IN_ALLOW="example.com")
    assert is_refused(ours, Visitor("unverified-eve").sign_in(start(ours), HOME), "unverified")


def test_a_user_removed_from_the_allow_list_is_signed_out_at_once(
    ours: TestClient, configure: Configure
) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    assert signed_in(ours)
    configure(SIGN_IN_ALLOW="bob@example.com")
    assert signed_in(ours) is None


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_a_minute_off_is_tolerated(ours: TestClient, seconds: int) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        assert ours.get(callback).headers["location"] == "/applications?view=board"


@pytest.mark.parametrize("seconds", [-300, -120, 120, 300])
def test_a_clock_two_minutes_off_is_reported(ours: TestClient, seconds: int) -> None:
    callback = Visitor("alice").sign_in(start(ours), HOME)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        assert is_refused(ours, callback, "clock")
