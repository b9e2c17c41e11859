"""Live pages: what one changes shows in every other tab of theirs, soon, and in nobody else's."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from serving import Served, serve
from talking import Tab

from tracker.db import scoped
from tracker.live import channel
from tracker.services import sessions
from tracker.services.applications import adding, editing, moving
from tracker.settings import settings
from tracker.shapes.people import Who

APP = "reflex___state____state.tracker___state___guard____app_state"
SAY = f"{APP}.tracker___state___base____notices.say"
LIST = f"{APP}.tracker___state___applications____applications"
SOON = 1.0
Opens = Callable[..., Tab]


@pytest.fixture(scope="module")
def served(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[Served]:
    """Pursuit with a window on the tabs it knows."""
    with serve(servers_folder, target="counting:app", PYTHONPATH=str(Path(__file__).parent)) as pursuit:
        yield pursuit


@pytest.fixture
def opens(served: Served) -> Iterator[Opens]:
    """Opens a tab of a person on a page; all are closed in the end."""
    opened: list[Tab] = []

    def on(who: Who, path: str = "/applications", cookie: str = "", at: Served = served) -> Tab:
        given = cookie or f"pursuit-{at.port}={sessions.open_session(who.user_id, 'a test')}"
        tab = Tab(at, cookie=given, path=path)
        opened.append(tab)
        tab.hydrate()
        tab.wait_for('"is_hydrated_rx_state_":true')
        return tab

    yield on
    for tab in opened:
        tab.__exit__()


def adds(who: Who, company: str, **more: str) -> str:
    """What a worker or the API does: a transaction in a process that serves no page."""
    with scoped(who) as scope:
        return adding.add(scope, {"company": company, "role": "Engineer", **more}, "saved")


def known(served: Served, what: str = "open") -> int:
    with served.client() as client:
        return int(client.get("/livez/tabs").json()[what])


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_a_worker_does_shows_in_every_tab_of_that_person_within_a_second(
    opens: Opens, alice: Who
) -> None:
    tabs = [opens(alice), opens(alice), opens(alice, "/")]
    adds(alice, "Halcyon")
    begun = time.monotonic()
    for tab in tabs:
        tab.wait_for("Halcyon")
    assert time.monotonic() - begun < SOON
