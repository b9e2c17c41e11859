"""Event replay after an outage: which events are stored, and that each runs again once, in order."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from reflex_base.event import Event

from tests.support.coroutines import run
from tracker.framework import replay, transaction_outcomes
from tracker.framework.replay import MAX_PER_TAB, Replay
from tracker.framework.transaction_outcomes import Outcome

HANDLER = SimpleNamespace(handler=SimpleNamespace(is_background=False))
LOAD = f"state{replay.PAGE_LOAD}"


class Away(Exception):
    """Error that an outage raises in these tests."""


class Stage:
    """Processor that fails while `is_away`, with the events that ran and the messages to tabs."""

    def __init__(self) -> None:
        self.is_away = True
        self.ran: list[str] = []
        self.messages: list[str] = []
        self.raised: list[str] = []
        self.changed = asyncio.Event()
        self._execute_event = self.execute
        self.app: Any = SimpleNamespace(event_processor=self)

    async def execute(self, *, entry: Any, registered_handler: Any) -> None:
        """Run an event, or fail."""
        if self.is_away:
            raise Away
        self.ran.append(entry.event.name)
        self.changed.set()

    async def enqueue(self, token: str, event: Event) -> None:
        """Run an event of a tab again."""
        await self.press(event.name, token, event)

    async def press(self, name: str, tab: str, event: Event | None = None) -> None:
        """Run an event as the framework does."""
        context = SimpleNamespace(token=tab, txid=name, parent_txid=None, router_data={"pathname": "/"})
        entry = SimpleNamespace(ctx=context, event=event or Event(name=name))
        try:
            await self._execute_event(entry=entry, registered_handler=HANDLER)
        except Away:
            self.raised.append(name)

    async def probe(self) -> str | None:
        """Return the service that doesn't answer now."""
        return "away" if self.is_away else None

    async def tell(self, context: Any, cause: str) -> None:
        """Record a message to a tab."""
        self.messages.append(cause)

    async def give_up(self, context: Any) -> None:
        """Tell a tab that something waited too long."""
        self.messages.append("given up")


def cause_of(error: BaseException) -> str | None:
    """Return the unavailable service that an error names."""
    return "away" if isinstance(error, Away) else None


def played(*presses: tuple[str, str], meanwhile: Callable[[Replay], None] = lambda _: None) -> Stage:
    """Press while away, come back, and press once more in every tab: what became of it all."""

    async def play() -> Stage:
        stage = Stage()
        watch = Replay(cause_of, stage.probe, stage.tell, stage.give_up)
        task = asyncio.create_task(watch.run(stage.app))
        await asyncio.sleep(0)
        for name, tab in presses:
            await stage.press(name, tab)
        meanwhile(watch)
        stage.is_away = False
        last = {f"last of {tab}" for _, tab in presses}
        for name in sorted(last):
            await stage.press(name, name.removeprefix("last of "))
        async with asyncio.timeout(20):
            while not last <= {*stage.ran}:
                stage.changed.clear()
                await stage.changed.wait()
        task.cancel()
        return stage

    return run(play())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "CHECK_SECONDS", 0.01)


def test_events_of_an_outage_run_once_in_order_before_later_ones() -> None:
    stage = played(("first", "a"), ("second", "a"))
    assert stage.ran == ["first", "second", "last of a"]
    assert stage.messages == ["away", "away", "away", ""]
    assert stage.raised == []


def test_an_event_that_saved_or_is_in_doubt_is_never_replayed() -> None:
    transaction_outcomes.record("saved", Outcome.SAVED)
    transaction_outcomes.record("in doubt", Outcome.UNKNOWN)
    stage = played(("saved", "a"), ("in doubt", "a"), ("other", "a"))
    assert stage.raised == ["saved", "in doubt"]
    assert stage.ran == ["other", "last of a"]


def test_a_tab_that_connected_again_and_again_loads_once() -> None:
    assert played((LOAD, "a"), ("press", "a"), (LOAD, "a")).ran == ["press", LOAD, "last of a"]


def test_the_number_of_kept_events_of_a_tab_is_limited() -> None:
    stage = played(*((f"press {number}", "a") for number in range(MAX_PER_TAB + 2)))
    assert stage.raised == [f"press {MAX_PER_TAB}", f"press {MAX_PER_TAB + 1}"]


def test_the_total_size_of_kept_events_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        replay, "MAX_CHARACTERS", len(repr(Event(name="first", router_data={"pathname": "/"})))
    )
    assert played(("first", "a"), ("second", "b")).raised == ["second"]


def test_an_event_that_waited_too_long_is_reported_and_the_page_still_loads() -> None:
    def time_passes(watch: Replay) -> None:
        for waiting_event in watch._kept["a"]:
            waiting_event.since -= replay.MAX_WAIT_SECONDS

    stage = played(("press", "a"), (LOAD, "a"), meanwhile=time_passes)
    assert stage.messages == ["away", "away", "away", "", "given up"]
    assert stage.ran == [LOAD, "last of a"]
