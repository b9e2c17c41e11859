"""Loaded programs are frozen for the garbage collector; new garbage is still collected."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tracker.launch import garbage_collector


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Restore the garbage collector of this process."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    gc.enable()


def test_objects_loaded_at_start_are_never_collected() -> None:
    with garbage_collector.paused_while_loading():
        assert not gc.isenabled()
        loaded = [[] for _ in range(10)]
    assert not any(tracked is part for part in loaded for tracked in gc.get_objects())
    assert gc.get_freeze_count() > 10
    assert gc.isenabled()


def test_reference_cycles_created_later_are_collected() -> None:
    class Node:
        itself: object = None

    with garbage_collector.paused_while_loading():
        pass
    node = Node()
    node.itself, gone = node, weakref.ref(node)
    del node
    later = [[] for _ in range(2 * garbage_collector.THRESHOLD)]
    assert later
    assert gone() is None
