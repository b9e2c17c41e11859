"""Redis dies and comes back: pages catch up with what they missed, and follow again."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import WINDOW
from following import adds, known
from serving import serve
from talking import Tab

from tracker import cache, embedded
from tracker.settings import settings
from tracker.shapes.people import Who


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a Valkey of this test's own keeps its data."""
    with embedded.scratch_folder() as scratch:
        yield scratch
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Have this process read its settings anew."""
    settings.cache_clear()
    cache.valkey.cache_clear()


@pytest.mark.parametrize("emptied", [False, True], ids=["with what it held", "emptied"])
def test_after_redis_was_away_pages_catch_up_and_follow_again(
    opens: Callable[..., Tab], alice: Who, folder: Path, emptied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    valkey = embedded.start_valkey(folder)
    monkeypatch.setenv("REDIS_URL", valkey.url)
    forget()
    with serve(folder, **WINDOW, REDIS_URL=valkey.url, DATABASE_URL=os.environ["DATABASE_URL"]) as served:
        tab = opens(served, alice)
        valkey.child.process.kill()
        valkey.child.process.wait()
        adds(alice, "Missed")
        if emptied:
            shutil.rmtree(folder / "valkey" / "appendonlydir")
        with embedded.start_valkey(folder, valkey.port):
            try:
                tab.wait_for("Missed")
            finally:
                print(served.said[-6000:])
            adds(alice, "Halcyon")
            tab.wait_for("Halcyon")
            assert "state_mismatch" not in tab.settled()
            assert known(served) == 1
