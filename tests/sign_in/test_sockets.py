"""Sockets: who may open one, what it may send, and its end with the session."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
import redis

from tests.support.live_pages import wait_for_storage, wait_until
from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import HYDRATE, Refused, Tab
from tracker.api import sockets
from tracker.db import scoped
from tracker.services import sessions
from tracker.services.applications.creation import add
from tracker.settings import settings
from tracker.shapes.people import Who

NOTICES = (
    "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___base____notices"
)
SAY = f"{NOTICES}.say"
Cookie = Callable[[Who], str]


def test_a_signed_in_tab_sees_its_own_and_calls_its_handlers(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(SAY, message="a word of hers", is_trouble=False)
        assert "a word of hers" in tab.wait_for("notice")


def test_an_anonymous_client_runs_only_public_handlers(local: WebServer, database_url: str) -> None:
    with Tab(local, path="/applications").hydrate() as tab:
        tab.send(SAY, message="a word of nobody", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "a word of nobody" not in tab.settled()


@pytest.mark.parametrize("junk", ["", "x" * 43, '"', "pursuit", "a=b; ;; =; pursuit={}"])
def test_a_malformed_cookie_belongs_to_no_session(local: WebServer, junk: str) -> None:
    with Tab(local, cookie=f"{junk}; pursuit-{local.port}={junk}").hydrate() as tab:
        tab.send(SAY, message="a word of nobody", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "a word of nobody" not in tab.settled()


def test_a_fingerprint_in_place_of_a_token_opens_nothing(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    name, _, token = cookie_of(alice.user).partition("=")
    mark = sessions.token_hash(token)
    for header in (mark, f"{name}={mark}", f"{name}={mark[:43]}"):
        with Tab(local, cookie=header).hydrate() as tab:
            tab.send(SAY, message="a word of nobody", is_trouble=False)
            tab.wait_for("state_mismatch")


def wait_until_closed(store: redis.Redis, cookie: str, token: str) -> None:
    """Wait until the server has noticed that a tab is closed, since a token in use is never shared."""
    kept_under = sessions.tab_key(token, sessions.token_hash(cookie.partition("=")[2]))
    wait_until(lambda: not store.exists(f"token_manager_socket_record_{kept_under}"), 20)
    wait_for_storage(store)


def ident(cookie: str, token: str) -> str:
    """Return the key under which a tab's state is stored."""
    query = sockets.bound_to_session(
        {"headers": [(b"cookie", cookie.encode())], "query_string": f"token={token}".encode()}, "127.0.0.1"
    )
    return parse_qs(query["query_string"].decode())["token"][0]


@pytest.fixture
def in_the_apps_settings(local: WebServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set this process's cookie names to those of the server."""
    monkeypatch.setenv("PURSUIT_PORT", str(local.port))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize("thief", ["nobody", "bob"])
def test_a_stolen_client_token_shows_nothing_of_its_owner(
    local: WebServer, alice: Person, bob: Person, cookie_of: Cookie, redis_url: str, thief: str
) -> None:
    secret, cookie = "a word that only alice should read", cookie_of(alice.user)
    store = redis.Redis.from_url(redis_url)
    with Tab(local, cookie=cookie, path=f"/applications?q={secret}").hydrate() as hers:
        hers.send(SAY, message=secret, is_trouble=False)
        hers.wait_for(secret)
    wait_until_closed(store, cookie, hers.token)
    with Tab(local, cookie=cookie, token=hers.token).hydrate() as again:
        assert secret in again.settled()
    wait_until_closed(store, cookie, hers.token)
    with Tab(local, cookie=cookie_of(bob.user) if thief == "bob" else "", token=hers.token).hydrate() as his:
        his.send(f"{NOTICES}.dismiss")
        assert secret not in his.settled()
        assert alice.user.name not in his.settled()
        assert "new_token" not in his.settled()


def test_a_token_that_still_counts_as_in_use_is_exchanged_for_another_with_the_same_state(
    local: WebServer, alice: Person, cookie_of: Cookie, redis_url: str
) -> None:
    secret, cookie = "a word that only alice should read", cookie_of(alice.user)
    with Tab(local, cookie=cookie).hydrate() as hers:
        hers.send(SAY, message=secret, is_trouble=False)
        hers.wait_for(secret)
        with Tab(local, cookie=cookie, token=hers.token).hydrate() as again:
            new = again.event_data("new_token")
            assert secret in again.settled()
    wait_until_closed(redis.Redis.from_url(redis_url), cookie, new)
    with Tab(local, cookie=cookie, token=new).hydrate() as later:
        assert "new_token" not in later.settled()
        assert secret in later.settled()


@pytest.mark.parametrize("thief", ["nobody", "bob"])
def test_a_stolen_client_token_that_is_in_use_shows_nothing_of_its_owner(
    local: WebServer, alice: Person, bob: Person, cookie_of: Cookie, thief: str
) -> None:
    secret = "a word that only alice should read"
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as hers:
        hers.send(SAY, message=secret, is_trouble=False)
        hers.wait_for(secret)
        with Tab(
            local, cookie=cookie_of(bob.user) if thief == "bob" else "", token=hers.token
        ).hydrate() as his:
            his.send(f"{NOTICES}.dismiss")
            assert secret not in his.settled()
            assert alice.user.name not in his.settled()


@pytest.mark.usefixtures("in_the_apps_settings")
@pytest.mark.parametrize("thief", ["nobody", "bob"])
@pytest.mark.parametrize("forgotten", [False, True], ids=["whose it is is known", "whose it is has expired"])
def test_the_guard_alone_empties_a_state_that_was_anothers(
    local: WebServer,
    alice: Person,
    bob: Person,
    cookie_of: Cookie,
    redis_url: str,
    thief: str,
    forgotten: bool,
) -> None:
    """Second layer of protection: if alice's state were under bob's key, he would see none of it."""
    store, secret = redis.Redis.from_url(redis_url), "left behind by alice"
    cookie, other = cookie_of(alice.user), cookie_of(bob.user) if thief == "bob" else ""
    with Tab(local, cookie=cookie).hydrate() as hers:
        hers.send(SAY, message=secret, is_trouble=False)
        hers.wait_for(secret)
    wait_until_closed(store, cookie, hers.token)
    mine, theirs = ident(cookie, hers.token), ident(other, hers.token)
    moved = {
        key: store.get(key) for key in store.scan_iter(f"{mine}_reflex*") if store.type(key) == b"string"
    }
    assert any(secret.encode() in value for value in moved.values() if value)
    store.delete(*moved)
    for key, value in moved.items():
        if value and not (forgotten and key.endswith(b"guard____app_state")):
            store.set(key.replace(mine.encode(), theirs.encode()), value)
    with Tab(local, cookie=other, token=hers.token).hydrate() as his:
        assert secret not in his.settled()
        assert "new_token" not in his.settled()


def test_no_session_token_is_stored_in_redis(
    local: WebServer, alice: Person, cookie_of: Cookie, redis_url: str
) -> None:
    cookie = cookie_of(alice.user)
    with Tab(local, cookie=cookie).hydrate() as tab:
        tab.send(SAY, message="hello", is_trouble=False)
        tab.wait_for("hello")
        store = redis.Redis.from_url(redis_url)
        wait_for_storage(store)
        stored = b"".join(store.get(key) or b"" for key in store.scan_iter() if store.type(key) == b"string")
    token = cookie.partition("=")[2].encode()
    assert b"hello" in stored
    assert token not in stored


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Host": "evil.example"}],
    ids=["another site", "a sandboxed frame", "a browser that hides it", "another host"],
)
def test_a_foreign_socket_is_refused(local: WebServer, headers: dict[str, str]) -> None:
    browser = {"Sec-Fetch-Site": "cross-site", **headers}
    with pytest.raises(Refused, match="403"):
        Tab(local, **browser)


def test_setvar_and_other_framework_events_are_refused(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.settled()
        for state in ("reflex___state____state", NOTICES):
            tab.send(f"{state}.setvar", var_name="notice", value="set from outside")
        tab.send(SAY, message="the last word", is_trouble=False)
        tab.wait_for("the last word")
        assert "set from outside" not in tab.settled()


def test_client_storage_writes_no_var_of_the_server(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    update = "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal"
    app_state = NOTICES.rpartition(".")[0]
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(
            update, vars={f"{app_state}._principal": "x", f"{NOTICES}.notice": "forged", "nonsense.x": 1}
        )
        tab.send(SAY, message="still mine", is_trouble=False)
        tab.wait_for("still mine")
        assert "forged" not in tab.settled()


def test_an_unknown_handler_is_dropped_and_the_socket_lives(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(f"{NOTICES}.no_such_handler")
        tab.send(SAY, message="still here", is_trouble=False)
        tab.wait_for("still here")
    assert "no_such_handler" not in local.output


@pytest.mark.parametrize(
    "packet",
    [
        "42/_event,[",
        '42/_event,["event"]',
        '42/_event,["event",{"name":7}]',
        '42/_event,["event",{"name":"x","payload":[]}]',
        '42/_event,["event","{}"]',
        '42/_event,["disconnect",{}]',
        '451-/_event,["event",{"_placeholder":true,"num":0}]',
        '42/_event,["event",' + "[" * 50_000,
        "bAAAA",
        "nonsense",
    ],
)
def test_a_malformed_packet_closes_the_socket(local: WebServer, packet: str) -> None:
    with Tab(local).hydrate() as tab:
        tab.send_packet(packet)
        assert tab.wait_for_close() == 1008


def test_a_flood_closes_the_socket(local: WebServer, alice: Person, cookie_of: Cookie) -> None:
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        for _ in range(600):
            tab.send_packet('42/_event,["ping"]')
        assert tab.wait_for_close() == 1008


def test_only_a_hydration_reaches_a_state_that_was_not_loaded(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    with Tab(local, cookie=cookie_of(alice.user)) as tab:
        tab.send_packet("40/_event,")
        tab.wait_for("40/_event")
        tab.send(SAY, message="before hydration", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "before hydration" not in tab.settled()


def test_a_page_that_is_opened_again_gets_its_list_once(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    with scoped(alice.user) as scope:
        add(scope, {"company": "Onceonly", "role": "Engineer"}, "saved")
    with Tab(local, cookie=cookie_of(alice.user), path="/applications").hydrate() as tab:
        tab.wait_for("Onceonly")
        tab.wait_for('"is_hydrated_rx_state_":true')  # a load that is cut off keeps nothing of what it sent
        before = len(tab.raw)
        tab.send(HYDRATE)
        tab.wait_for("Onceonly")
        again = tab.settled().split("\n")[before:]
    assert sum("Onceonly" in packet for packet in again) == 1
    assert not any('"cards_rx_state_":[]' in packet for packet in again)
