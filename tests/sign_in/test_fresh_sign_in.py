"""Fresh sign-in before deleting the account or changing a key: requested, checked, redirected."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from starlette.testclient import TestClient

from tests.support.lying_provider import LyingProvider, lying_provider
from tests.support.people import Person
from tests.support.sign_in_steps import HOME, Configure, signed_in, start
from tests.support.strict_provider import Visitor
from tracker.cookies import cookie_name
from tracker.db import scoped
from tracker.errors import NotFresh
from tracker.services import audit, freshness, people, sessions
from tracker.services.model import user_service
from tracker.settings import GOOGLE_ISSUER
from tracker.shapes.people import Who

BACK = "/settings#delete"
SERVICE = {"base_url": "https://api.example.com/v1", "model": "m-1", "key": "sk-very-secret"}


def confirm(ours: TestClient) -> str:
    """Ask to confirm; the address at the provider."""
    answer = ours.get("/auth/start", params={"next": BACK, "fresh": "1"})
    assert answer.status_code == 303
    return answer.headers["location"]


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes))


def at_once(user: Who) -> Who:
    session_user = sessions.find(sessions.open_session(user.user_id, "a browser"))
    assert session_user
    return session_user


def test_irreversible_actions_need_a_sign_in_of_the_last_ten_minutes(alice: Person) -> None:
    me = at_once(alice.user)
    verbs = (
        lambda scope: people.delete_account(scope, "delete"),
        lambda scope: user_service.save(scope, SERVICE),
        user_service.forget,
    )
    with later(10.1):
        for verb in verbs:
            with pytest.raises(NotFresh), scoped(me) as scope:
                verb(scope)
    with later(9.9):
        for verb in reversed(verbs):
            with scoped(me) as scope:
                verb(scope)
    assert people.load_user(alice.user.user_id) is None


def test_using_a_session_does_not_make_it_fresh(alice: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "a browser")
    with later(60):
        me = sessions.find(token)
        assert me
        with scoped(me) as scope:
            assert not freshness.is_fresh(scope)


def test_the_provider_must_ask_again_and_redirects_to_the_same_page(ours: TestClient) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    old, me = ours.cookies[cookie_name()], signed_in(ours)
    parameters = confirm(ours)
    query = parse_qs(urlsplit(parameters).query)
    assert (query["prompt"], query["max_age"]) == (["login"], ["0"])
    answer = ours.get(Visitor("alice").sign_in(parameters, HOME))
    assert answer.headers["location"] == BACK
    assert ours.cookies[cookie_name()] != old
    assert sessions.find(old) is None
    again = signed_in(ours)
    assert again
    assert me
    assert again.user_id == me.user_id


def test_another_user_confirms_nothing_and_ends_nothing(ours: TestClient) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    answer = ours.get(Visitor("mallory").sign_in(confirm(ours), HOME))
    assert answer.headers["location"] == "/sign-in?problem=other-person&again=1&next=%2Fsettings%23delete"
    me = signed_in(ours)
    assert me
    assert me.name == "alice at the provider"
    with scoped(me) as scope:
        assert (
            audit.own_history(scope)[0].description
            == "Sign-in refused: another user signed in at the provider"
        )


def test_declining_at_the_provider_leaves_the_user_signed_in(ours: TestClient) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    answer = ours.get(Visitor("alice").refuse(confirm(ours), HOME))
    assert answer.headers["location"].startswith("/sign-in?problem=refused&again=1")
    assert signed_in(ours)


def test_an_anonymous_client_who_is_to_confirm_just_signs_in(ours: TestClient) -> None:
    assert "prompt" not in parse_qs(urlsplit(confirm(ours)).query)


@pytest.fixture
def liar() -> Iterator[LyingProvider]:
    with lying_provider() as running:
        yield running


@pytest.mark.parametrize("auth_time", [-86_400, 0, "now", True, [], {}, 1e300])
def test_a_provider_that_did_not_ask_again_confirms_nothing(
    configure: Configure, liar: LyingProvider, auth_time: object
) -> None:
    ours = configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")
    ours.get(liar.callback(start(ours)))
    liar.claims = {"auth_time": int(time.time()) + auth_time if auth_time == -86_400 else auth_time}  # type: ignore[operator]
    answer = ours.get(liar.callback(confirm(ours)))
    assert answer.headers["location"].startswith(
        ("/sign-in?problem=not-fresh", "/sign-in?problem=bad-answer")
    )
    assert signed_in(ours)


def test_a_provider_that_says_when_it_asked_or_nothing_at_all_confirms(
    configure: Configure, liar: LyingProvider
) -> None:
    ours = configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")
    ours.get(liar.callback(start(ours)))
    for claims in ({}, {"auth_time": int(time.time())}):
        liar.claims = claims
        assert ours.get(liar.callback(confirm(ours))).headers["location"] == BACK


def test_google_gets_the_prompt_that_it_supports() -> None:
    from tracker.services.provider import Provider

    document = {"authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth"}
    address = Provider(GOOGLE_ISSUER, document, 0.0).authorization_address("s", "n", "v" * 64, fresh=True)
    assert parse_qs(urlsplit(address).query)["prompt"] == ["select_account"]
