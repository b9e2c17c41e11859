"""Attacks of a socket on the log, the event loop, Redis and other users' pages."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import pytest
import redis
from reflex_base.registry import RegistrationContext
from simple_websocket import ConnectionClosed

from tests.support.coroutines import run
from tests.support.live_pages import wait_for_storage
from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import HYDRATE, Tab
from tracker.api import packets
from tracker.api.sockets import Throttle
from tracker.db import scoped
from tracker.framework import event_arguments
from tracker.framework.tab_states import ANONYMOUS_SECONDS
from tracker.services import sessions
from tracker.services.applications.creation import add
from tracker.shapes.figures import Selection
from tracker.shapes.filters import Filters
from tracker.shapes.people import Who

APP_STATE = "reflex___state____state.tracker___framework___app_state____app_state"
SAY = f"{APP_STATE}.tracker___state___base____notices.say"
ADD = f"{APP_STATE}.tracker___state___add_application____add_application.save"
BROWSER_ERROR = (
    "reflex___state____state.reflex___state____frontend_event_exception_state.handle_frontend_exception"
)
Cookie = Callable[[Who], str]


def event(name: str, router_data: Any, payload: Any = None) -> str:
    """Return a packet with one event."""
    return json.dumps(["event", {"name": name, "payload": payload or {}, "router_data": router_data}])


def states_of(store: redis.Redis, tab: Tab, mark: str = "") -> list[bytes]:
    """Return the Redis keys of a tab's states."""
    wait_for_storage(store)
    return [
        key
        for key in store.scan_iter(f"{sessions.tab_key(tab.token, mark)}_reflex*")
        if store.type(key) == b"string"
    ]


def log_of(target: WebServer, act: Callable[[], None]) -> str:
    """Run an attack, then use an honest tab; return what was added to the log."""
    before = len(target.output)
    act()
    with Tab(target) as honest:
        honest.hydrate().settled()
    return target.output[before:]


@pytest.mark.parametrize(
    "address",
    [1, [], None, {}, True, "[", "//[", "//[::1", "\\\\[", "http://[", "%00", "/%00", "/" + "x" * 9_000],
)
def test_no_address_of_a_page_makes_the_server_repeat_itself(target: WebServer, address: Any) -> None:
    def attack() -> None:
        with Tab(target) as tab:
            tab.send_packet(
                f"40/_event,{json.dumps({'event': {'name': HYDRATE, 'payload': {}, 'router_data': {}}})}"
            )
            tab.wait_for("40/_event")
            for field in ("asPath", "pathname"):
                tab.send_packet(
                    f"42/_event,{event(HYDRATE, {'pathname': '/', 'asPath': '/', field: address})}"
                )

    log = log_of(target, attack)
    assert log.count("\n") <= 4
    assert "Traceback" not in log


@pytest.mark.parametrize("depth", [packets.MAX_DEPTH + 1, 1_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"payload":[{"a":'])
def test_nested_json_closes_the_socket_before_it_is_parsed(
    target: WebServer, alice: Person, cookie_of: Cookie, depth: int, opening: str
) -> None:
    with Tab(target, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send_packet(f'42/_event,["event",{opening * depth}')
        assert tab.wait_for_close() == 1008


@pytest.mark.parametrize("unit", ['\\"', "\\\\", '"', '","', '\\"\\', "\\u00"])
def test_a_text_that_never_ends_costs_no_more_than_its_length(unit: str) -> None:
    """Processor time for a packet, against that of one of a sixteenth of its size."""
    seconds = []
    for size in (1_000, 16_000):
        packet = f'42/_event,["event",{{"name":"{unit * (size // len(unit))}'
        begun = time.process_time()
        with pytest.raises(packets.Malformed):
            packets.strict_packet(packet, event_arguments, packets.SIGNED_IN)
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 100 * max(seconds[0], 0.0005)


def test_only_a_signed_in_user_may_send_a_long_text(
    target: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    text = "[{,]}" * 20_000
    with Tab(target, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(ADD, form={"company": "Longtext", "role": "Editor", "notes": text[:10_000]})
        tab.wait_for("Editor at Longtext added")
        tab.send_packet(
            f"42/_event,{event(SAY, {}, {'message': 'x' * packets.SIGNED_IN.size, 'is_trouble': False})}"
        )
        assert tab.wait_for_close() == 1008
    with Tab(target).hydrate() as tab:
        tab.send(SAY, message="x" * packets.ANONYMOUS.size, is_trouble=False)
        assert tab.wait_for_close() == 1008


def test_a_flood_of_bytes_closes_the_socket(target: WebServer, alice: Person, cookie_of: Cookie) -> None:
    with Tab(target, cookie=cookie_of(alice.user)).hydrate() as tab:
        with suppress(ConnectionClosed, OSError):
            for _ in range(20):
                tab.send(SAY, message="x" * 400_000, is_trouble=False)
                tab.settled()  # what is still on its way when the server closes resets the connection
        assert tab.wait_for_close() == 1008


def test_anonymous_states_in_redis_are_small_and_expire_in_minutes(target: WebServer, redis_url: str) -> None:
    store = redis.Redis.from_url(redis_url)
    long = {"User-Agent": "u" * 7_000, "X-Anything": "v" * 7_000, "Accept-Language": "w" * 7_000}
    with Tab(target, path=f"/sign-in?q={'x' * 1_000}", **long).hydrate() as tab:
        tab.settled()
        states = states_of(store, tab)
        assert states
        assert all(0 < int(store.ttl(key)) <= ANONYMOUS_SECONDS for key in states)  # type: ignore[arg-type]
        values = b"".join(store.get(key) or b"" for key in states)  # type: ignore[misc]
        assert len(values) < 64_000
        for letter in (b"u", b"v", b"w"):
            assert letter * 1_000 not in values


def test_a_users_state_is_stored_for_a_working_day(
    target: WebServer, alice: Person, cookie_of: Cookie, redis_url: str
) -> None:
    store, cookie = redis.Redis.from_url(redis_url), cookie_of(alice.user)
    with Tab(target, cookie=cookie).hydrate() as tab:
        tab.settled()
        states = states_of(store, tab, sessions.token_hash(cookie.partition("=")[2]))
        assert max(int(store.ttl(key)) for key in states) > 80_000  # type: ignore[arg-type]


@pytest.mark.parametrize("report", ["event", "client_error"])
def test_no_report_of_a_browser_writes_lines_of_its_own_into_the_log(target: WebServer, report: str) -> None:
    forged = "\n2026-01-01 [ERROR] forged \x1b[31m \u2028 forged"

    def attack() -> None:
        with Tab(target).hydrate() as tab:
            for _ in range(12):
                if report == "event":
                    tab.send(BROWSER_ERROR, info=forged, component_stack="s" * 1_000)
                else:
                    tab.send_packet(f"42/_event,{json.dumps(['client_error', {'message': forged}])}")
            tab.settled()

    log = log_of(target, attack)
    assert "forged" in log
    assert not any(line.startswith("2026-01-01 [ERROR] forged") for line in log.splitlines())
    assert "\x1b[31m" not in log
    assert len(log) < 20_000


@pytest.mark.parametrize("odd", ["\ud800", "\0", "a\0b\ud83d"])
def test_text_that_cannot_be_stored_is_cleaned_and_the_tab_survives(
    target: WebServer, alice: Person, cookie_of: Cookie, odd: str
) -> None:
    with Tab(target, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(ADD, form={"company": f"Odd{odd}works", "role": f"Ed{odd}itor"})
        tab.wait_for("added")
        tab.send(SAY, message=f"a word{odd}", is_trouble=False)
        tab.wait_for("a word")
    assert "Traceback" not in target.output


@pytest.mark.parametrize(
    "path",
    [
        "/applications?q=%00",
        "/applications?source=%ED%A0%80",
        "/compare?of=%00",
        *(f"/applications?{name}=a%0%0000" for name in ("q", "source", "tag", "role", "behind")),
        "/applications?source=%%00%000000",
        "/analytics?source=%0%0000",
        "/analytics?day=%0%0000",
        f"/contacts/{'x' * 10_000}",
    ],
    ids=lambda path: path[:40],
)
def test_no_address_breaks_a_page(target: WebServer, alice: Person, cookie_of: Cookie, path: str) -> None:
    with scoped(alice.user) as scope:
        add(scope, {"company": "Steady", "role": "Engineer"}, "saved")
    before = len(target.output)
    with Tab(target, cookie=cookie_of(alice.user), path=path).hydrate() as tab:
        tab.wait_for('"is_hydrated_rx_state_":true')
        tab.settled()
    assert "Traceback" not in target.output[before:]


@pytest.mark.parametrize("nul", ["\0", "\0\0", "\ud800\0"])
def test_no_filter_accepts_text_that_cannot_be_stored(nul: str) -> None:
    query = dict.fromkeys(("q", "source", "tag", "role", "behind"), f"a{nul}b")
    filters, selection = Filters.of_query(query), Selection.of_query(query)
    assert {filters.q, filters.source, filters.tag, filters.role, filters.behind} == {"ab"}
    assert {selection.source, selection.tag, selection.role} == {"ab"}


def test_no_argument_of_a_wrong_type_breaks_a_handler(
    target: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    """Call each handler with each kind of wrong value in each argument; each call logs one line."""
    import inspect

    import tracker.tracker  # noqa: F401

    before = len(target.output)
    for name, registered in RegistrationContext.get().event_handlers.items():
        arguments = list(inspect.signature(registered.handler.fn).parameters)[1:]
        if not arguments or not registered.states[0].__module__.startswith("tracker."):
            continue
        with Tab(target, cookie=cookie_of(alice.user)).hydrate() as tab:
            for wrong in (None, 1.5, 2**40, [], [[]], {"$ne": 1}, {"a": {"b": [1]}}, [None, {}]):
                tab.send(name, **dict.fromkeys(arguments, wrong))
            tab.send(SAY, message="that was all", is_trouble=False)
            tab.wait_for("that was all")
    log = target.output[before:]
    assert "Something broke" not in log
    assert "Traceback" not in log


def test_concurrent_anonymous_sockets_wait_and_none_is_closed(target: WebServer) -> None:
    with ExitStack() as stack:
        tabs = [stack.enter_context(Tab(target, path="/sign-in")).connect() for _ in range(5)]
        for _ in range(20):
            for tab in tabs:
                tab.send(HYDRATE)
        for tab in tabs:
            assert "pong" in tab.settled()


def test_a_throttle_lets_a_burst_through_and_then_no_more_than_its_rate() -> None:
    async def seconds_for(number: int) -> float:
        throttle, begun = Throttle(burst=3, rate=20), time.monotonic()
        await asyncio.gather(*(throttle.wait() for _ in range(number)))
        return time.monotonic() - begun

    assert run(seconds_for(13)) >= 10 / 20
