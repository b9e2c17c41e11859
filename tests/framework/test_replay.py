"""Events that an outage stopped: which are kept, and that each runs again once, in order."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from looping import run
from reflex_base.event import Event

from tracker.framework import outcomes, replay
from tracker.framework.outcomes import Outcome
from tracker.framework.replay import MAX_PER_TAB, Replay


class Away(Exception):
    """What an outage raises here."""


@dataclass
class Stage:
    """A processor that fails while `is_away`, with what ran on it and what tabs were told."""

    is_away: bool = True
    ran: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)

    left: int = 0
    """How many events are still to run again."""

    def __post_init__(self) -> None:
        self.is_over = asyncio.Event()
        self._execute_event = self.execute
        self.app: Any = SimpleNamespace(event_processor=self)

    async def execute(self, *, entry: Any, registered_handler: Any = None) -> None:
        """Run an event, or fail."""
        if self.is_away:
            raise Away
        self.ran.append(entry.event.name)

    async def enqueue(self, token: str, event: Event) -> None:
        """Run an event of a tab."""
        await self.press(event.name, token)
        self.left -= 1
        if not self.left:
            self.is_over.set()

    async def press(self, name: str, tab: str = "a tab") -> None:
        """What the framework does with an event."""
        context = SimpleNamespace(token=tab, txid=name, parent_txid=None, router_data={"pathname": "/"})
        entry = SimpleNamespace(ctx=context, event=Event(name=name))
        try:
            await self._execute_event(entry=entry, registered_handler=None)
        except Away:
            self.raised.append(name)

    async def probe(self) -> str | None:
        """What doesn't answer now."""
        return "away" if self.is_away else None

    async def tell(self, context: Any, cause: str) -> None:
        """Show a tab a cause."""
        self.told.append(cause)


async def played(stage: Stage, *presses: tuple[str, str]) -> None:
    """Press while away, come back, and wait until all that was kept has run."""
    watch = Replay(lambda error: "away" if isinstance(error, Away) else None, stage.probe, stage.tell)  # type: ignore[arg-type]
    task = asyncio.create_task(watch.run(stage.app))
    await asyncio.sleep(0)
    for name, token in presses:
        await stage.press(name, token)
    boots = sum(name.endswith(replay.BOOT) for name, _ in presses)
    stage.left = len(presses) - len(stage.raised) - max(0, boots - 1)
    stage.is_away = False
    await stage.press("afterwards")
    async with asyncio.timeout(20):
        await stage.is_over.wait()
    await asyncio.sleep(0)
    task.cancel()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "CHECK_SECONDS", 0.01)


def test_what_was_pressed_runs_once_in_order_and_the_tab_is_told() -> None:
    stage = Stage()
    run(played(stage, ("first", "a tab"), ("second", "a tab")))
    assert stage.ran == ["afterwards", "first", "second"]
    assert stage.told == ["away", "away", ""]
    assert stage.raised == []


def test_what_was_saved_or_is_in_doubt_is_never_run_again() -> None:
    stage = Stage()
    outcomes.record("saved", Outcome.SAVED)
    outcomes.record("in doubt", Outcome.UNKNOWN)
    run(played(stage, ("saved", "a tab"), ("in doubt", "a tab"), ("other", "a tab")))
    assert stage.raised == ["saved", "in doubt"]
    assert stage.ran == ["afterwards", "other"]


def test_a_tab_that_connected_again_and_again_loads_once() -> None:
    stage = Stage()
    run(
        played(
            stage,
            ("state.hydrate_and_load", "a tab"),
            ("press", "a tab"),
            ("state.hydrate_and_load", "a tab"),
        )
    )
    assert stage.ran == ["afterwards", "press", "state.hydrate_and_load"]


def test_so_many_of_a_tab_are_kept_and_so_much_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    run(
        played(
            stage, *((f"press {number}", "a tab") for number in range(MAX_PER_TAB + 2)), ("other", "b tab")
        )
    )
    assert stage.raised == [f"press {MAX_PER_TAB}", f"press {MAX_PER_TAB + 1}"]
    assert stage.ran[-1] == "other"
    monkeypatch.setattr(
        replay, "MAX_CHARACTERS", len(repr(Event(name="first", router_data={"pathname": "/"})))
    )
    stage = Stage()
    run(played(stage, ("first", "a tab"), ("second", "b tab")))
    assert stage.raised == ["second"]
