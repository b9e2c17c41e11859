"""Redis stops and returns: pages reload what they missed, and follow changes again."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests.support.frozen_processes import frozen
from tests.support.live_pages import (
    SAY,
    SOON,
    TAB_COUNTS,
    add_application,
    tab_count,
    wait_for_storage,
    wait_until,
)
from tests.support.people import Person
from tests.support.server import serve
from tests.support.tab import Tab
from tracker import cache
from tracker.framework.redis_timeouts import CONNECTING
from tracker.framework.replay import SLOW_SECONDS
from tracker.launch import embedded
from tracker.services import sessions
from tracker.services.outages import PROBE_SECONDS
from tracker.settings import settings


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the data folder of this test's Valkey."""
    with embedded.scratch_folder() as scratch:
        yield scratch
    monkeypatch.undo()
    clear_settings()


def clear_settings() -> None:
    """Clear the cached settings of this process."""
    settings.cache_clear()
    cache.valkey.cache_clear()


def wait_until_idle(url: str) -> None:
    """Wait until Redis stores every tab state and no event runs."""
    with redis.Redis.from_url(url) as store:
        wait_for_storage(store)


def test_after_redis_was_away_pages_catch_up_and_follow_again(
    open_tab_at: Callable[..., Tab], alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    valkey = embedded.start_valkey(folder)
    monkeypatch.setenv("REDIS_URL", valkey.url)
    clear_settings()
    with serve(folder, **TAB_COUNTS) as served:
        tab = open_tab_at(served, alice.user)
        for is_emptied in (False, True):
            wait_until_idle(valkey.url)
            valkey.child.process.kill()
            valkey.child.process.wait()
            if is_emptied:
                shutil.rmtree(folder / "valkey" / "appendonlydir")
            begun = time.monotonic()
            add_application(alice.user, f"Missed {is_emptied}")
            assert time.monotonic() - begun < SOON
            if not is_emptied:
                tab.send(SAY, message="pressed while away", is_trouble=False)
                tab.wait_for("The session store isn't answering")
            valkey = embedded.start_valkey(folder, valkey.port)
            tab.wait_for(f"Missed {is_emptied}")
            if not is_emptied:
                wait_until(lambda: "pressed while away" in tab.settled())
            add_application(alice.user, f"Halcyon {is_emptied}")
            tab.wait_for(f"Halcyon {is_emptied}")
        assert "state_mismatch" not in tab.settled()
        assert tab_count(served) == 1
        assert "Something broke" not in served.output
    valkey.stop()


def test_an_event_ends_while_redis_is_frozen_and_the_tab_works_when_it_thaws(
    open_tab_at: Callable[..., Tab], alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded.start_valkey(folder) as valkey:
        monkeypatch.setenv("REDIS_URL", valkey.url)
        clear_settings()
        with serve(folder, **TAB_COUNTS) as served:
            tab = open_tab_at(served, alice.user)
            wait_until_idle(valkey.url)
            with frozen(valkey.child.process.pid):
                tab.send(SAY, message="lost", is_trouble=False)
                wait_until(lambda: "Timeout" in served.output, 30)
            wait_until(lambda: shows_notice(tab, "kept"), 30)


def test_a_tab_that_is_opened_while_redis_is_frozen_says_so_and_shows_its_page_when_it_thaws(
    open_tab_at: Callable[..., Tab], alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded.start_valkey(folder) as valkey:
        monkeypatch.setenv("REDIS_URL", valkey.url)
        clear_settings()
        with serve(folder, **TAB_COUNTS) as served:
            cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
            add_application(alice.user, "Glacier")
            open_tab_at(served, alice.user, cookie=cookie)
            wait_until_idle(valkey.url)
            with frozen(valkey.child.process.pid):
                late = Tab(served, cookie=cookie, path="/applications").connect()
                late.wait_for("The session store isn't answering")
            with late:
                late.wait_for("Glacier")


def test_a_tab_says_within_three_seconds_what_is_frozen() -> None:
    assert CONNECTING + SLOW_SECONDS + PROBE_SECONDS <= 2.5  # the rest is the way to the browser


def shows_notice(tab: Tab, words: str) -> bool:
    """Send a notice; return whether it is shown."""
    tab.send(SAY, message=words, is_trouble=False)
    try:
        tab.wait_for(words)
    except AssertionError:
        return False
    return True
