"""The badge follows a tab's own changes once the tab is idle, and other changes at once."""

import asyncio
import time

import pytest

from tests.support.coroutines import run
from tracker.framework import live
from tracker.framework.tabs import Tab
from tracker.live import ChangeNotification


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BATCH_SECONDS", 0.02)
    monkeypatch.setattr(live, "IDLE_SECONDS", 0.2)
    monkeypatch.setattr(live, "MAX_DELAY", 0.6)


def waited(by: str, *, acts_on: bool = False) -> float:
    """Return the seconds until a tab that has just acted shows a change by the given tab."""
    tab = Tab(
        "alice", "/", {"sid": "socket", "token": "hers"}, ChangeNotification("alice", {"event": None}, by)
    )
    tab.last_event_at = begun = time.monotonic()

    async def acting() -> None:
        while True:
            tab.last_event_at = time.monotonic()
            await asyncio.sleep(0.01)

    async def wait() -> None:
        busy = asyncio.create_task(acting()) if acts_on else None
        await live._wait_until_idle(tab)
        if busy:
            busy.cancel()

    run(wait())
    return time.monotonic() - begun


def test_a_tab_that_has_just_made_a_change_is_left_to_act_on() -> None:
    assert waited("hers") >= 0.2


def test_a_tab_that_is_never_idle_still_gets_the_badge() -> None:
    assert 0.5 < waited("hers", acts_on=True) < 5


def test_a_change_made_elsewhere_shows_without_delay() -> None:
    assert waited("another") < 0.2
    assert waited("") < 0.2
