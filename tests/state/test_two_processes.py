"""Two web processes on one port: a change at one shows at the other."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from simple_websocket import ConnectionClosed

from tests.support.live_pages import LIST, SAY, add_application, wait_until
from tests.support.people import Person
from tests.support.server import WebServer, serve
from tests.support.tab import Tab
from tracker.api import socket_limits
from tracker.services import sessions
from tracker.shapes.people import Who

TABS = 4
"""How many tabs each session may have here."""


@pytest.fixture(scope="module")
def two(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit in two processes."""
    with serve(servers_folder, PURSUIT_WEB_PROCESSES="2", SOCKETS_PER_SESSION=str(TABS)) as served:
        wait_until(lambda: len(processes(served)) == 2, seconds=60)
        yield served


@pytest.fixture
def apart(two: WebServer, alice: Person) -> Iterator[Callable[[str], tuple[Tab, Tab]]]:
    """Return a function that opens two tabs which different processes serve."""
    with ExitStack() as stack:

        def opened(cookie: str) -> tuple[Tab, Tab]:
            first = stack.enter_context(Tab(two, cookie=cookie, path="/applications"))
            while True:
                second = Tab(two, cookie=cookie, path="/applications")
                if process_of(two, second) != process_of(two, first):
                    break
                second.__exit__()
            stack.callback(second.__exit__)
            for tab in (first, second):
                tab.hydrate()
                tab.wait_for('"is_hydrated_rx_state_":true')
            return first, second

        yield opened


def test_a_session_revoked_at_one_process_ends_at_its_next_event_at_the_other(
    two: WebServer, alice: Person, apart: Callable[[str], tuple[Tab, Tab]]
) -> None:
    first, second = apart(cookie_of(two, alice.user))
    for tab in (first, second):
        tab.send(SAY, message="while signed in", is_trouble=False)
        tab.wait_for("while signed in")
    with alice.scope() as scope:
        assert sessions.revoke_others(scope) == 1
    for tab in (first, second):
        tab.send(SAY, message="after revocation", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "after revocation" not in tab.settled()


def test_a_change_in_a_tab_of_one_process_shows_in_a_tab_of_the_other(
    two: WebServer, alice: Person, apart: Callable[[str], tuple[Tab, Tab]]
) -> None:
    row_id = add_application(alice.user, "Halcyon")
    first, second = apart(cookie_of(two, alice.user))
    seen = len(second.raw)
    first.send(f"{LIST}.move", application_id=row_id, to="screening")
    second.wait_for('"screening"')
    assert any("Halcyon" in packet for packet in second.raw[seen:])


def test_a_limit_holds_in_sum(two: WebServer, alice: Person, apart: Callable[[str], tuple[Tab, Tab]]) -> None:
    cookie = cookie_of(two, alice.user)
    apart(cookie)
    with ExitStack() as stack:
        for _ in range(TABS - 2):
            stack.enter_context(Tab(two, cookie=cookie).hydrate())
        for _ in range(TABS):  # whichever process answers
            with Tab(two, cookie=cookie).connect() as refused:
                refused.wait_for(socket_limits.TOO_MANY_TABS)
    wait_until(lambda: has_place(two, cookie))


def test_a_tab_of_a_killed_process_goes_on_at_the_other(
    two: WebServer, alice: Person, apart: Callable[[str], tuple[Tab, Tab]]
) -> None:
    row_id, cookie = add_application(alice.user, "Halcyon"), cookie_of(two, alice.user)
    first, second = apart(cookie)
    killed = process_of(two, first)
    killed.kill()
    killed.wait(10)
    second.send(SAY, message="the other serves", is_trouble=False)
    second.wait_for("the other serves")
    with Tab(two, cookie=cookie, token=first.token, path="/applications").hydrate() as again:
        again.send(f"{LIST}.move", application_id=row_id, to="screening")
        again.wait_for('"screening"')
    wait_until(lambda: len(processes(two)) == 2 and killed not in processes(two), seconds=60)


def cookie_of(served: WebServer, person: Who) -> str:
    """Return the cookie of a fresh sign-in."""
    return f"pursuit-{served.port}={sessions.open_session(person.user_id, 'a test')}"


def has_place(served: WebServer, cookie: str) -> bool:
    """Tell whether one more tab of a session is served."""
    with Tab(served, cookie=cookie).connect() as tab, suppress(ConnectionClosed):
        tab.wait_for("40/_event")
        return not any(socket_limits.TOO_MANY_TABS in packet for packet in tab.raw)
    return False


def processes(served: WebServer) -> list[psutil.Process]:
    """Return the web processes that are listening."""
    children = psutil.Process(served.process.pid).children()
    return [
        child for child in children if "LISTEN" in {connection.status for connection in connections(child)}
    ]


def process_of(served: WebServer, tab: Tab) -> psutil.Process:
    """Return the process that serves a tab's socket."""
    port = tab.socket.sock.getsockname()[1]
    [serving] = [
        child
        for child in psutil.Process(served.process.pid).children()
        if any(connection.raddr and connection.raddr.port == port for connection in connections(child))
    ]
    return serving


def connections(process: psutil.Process) -> list[Any]:
    """Return the TCP connections of a process."""
    return list(process.net_connections("tcp"))
