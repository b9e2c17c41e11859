"""A stream read in a thread, with timeouts for the first item, between items, and in total."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from tracker.errors import Upstream

T = TypeVar("T")


@dataclass(frozen=True)
class Timeouts:
    """Timeouts in seconds: to connect, to the first piece, between two pieces, and for a whole answer."""

    connect: float = 5.0
    first: float = 60.0
    between: float = 30.0
    total: float = 240.0


TICK = 0.5
"""Seconds without an item after which None is yielded, so that the reader can stop."""
_END = object()


def with_timeouts(
    open_stream: Callable[[], Iterable[T]], timeouts: Timeouts, close: Callable[[], None]
) -> Iterator[T | None]:
    """Yield items as they arrive, and None while none does; raises Upstream on a timeout.

    `close` ends the reading.
    """
    reading = _Reading(open_stream)
    threading.Thread(target=reading.read, daemon=True, name="model-stream").start()
    began = heard = time.monotonic()
    wait = timeouts.first
    try:
        while True:
            now = time.monotonic()
            until_end, until_item = began + timeouts.total - now, heard + wait - now
            if min(until_end, until_item) <= 0:
                raise _too_slow(wait, until_end - until_item, timeouts)
            try:
                item = reading.items.get(timeout=min(TICK, until_end, until_item))
            except queue.Empty:
                yield None
                continue
            if item is _END:
                return
            if isinstance(item, Exception):
                raise item
            yield item  # type: ignore[misc]
            heard, wait = time.monotonic(), timeouts.between
    finally:
        reading.cancelled.set()
        close()


class _Reading:
    """A stream being read in a thread, until it ends or is cancelled."""

    def __init__(self, open_stream: Callable[[], Iterable[object]]) -> None:
        self._open_stream = open_stream
        self.items: queue.Queue[object] = queue.Queue(maxsize=1_000)
        self.cancelled = threading.Event()

    def read(self) -> None:
        """Put each item on the queue, then the end or the error."""
        try:
            for item in self._open_stream():
                if self.cancelled.is_set():
                    return
                self._put(item)
            self._put(_END)
        except Exception as error:
            self._put(error)

    def _put(self, item: object) -> None:
        while not self.cancelled.is_set():
            with suppress(queue.Full):
                self.items.put(item, timeout=0.5)
                return


def _too_slow(wait: float, sooner: float, timeouts: Timeouts) -> Upstream:
    if sooner <= 0:
        return Upstream("The AI service didn't finish its answer in time.")
    if wait == timeouts.first:
        return Upstream("The AI service didn't begin to answer in time.")
    return Upstream("The AI service stopped in the middle of its answer.")
