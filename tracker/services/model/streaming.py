"""A stream read in a thread of its own, so that every wait has its limit: to the first piece, between two, and in all."""

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
class Patience:
    """The seconds to wait for a connection, for the first piece, between two pieces, and for all of an answer."""

    connect: float = 5.0
    first: float = 60.0
    between: float = 30.0
    total: float = 240.0


TICK = 0.5
"""Seconds without an item after which whoever reads is given None, to see whether it is still wanted."""
_END = object()


def patiently(
    open_stream: Callable[[], Iterable[T]], patience: Patience, close: Callable[[], None]
) -> Iterator[T | None]:
    """The items of a stream as they come, None while none does; an `Upstream` when one of the waits gets too long.

    `close` ends the reading.
    """
    reading = _Reading(open_stream)
    threading.Thread(target=reading.read, daemon=True, name="model-stream").start()
    began = heard = time.monotonic()
    wait = patience.first
    try:
        while True:
            now = time.monotonic()
            left, patient = began + patience.total - now, heard + wait - now
            if min(left, patient) <= 0:
                raise _too_slow(wait, left - patient, patience)
            try:
                item = reading.items.get(timeout=min(TICK, left, patient))
            except queue.Empty:
                yield None
                continue
            if item is _END:
                return
            if isinstance(item, Exception):
                raise item
            yield item  # type: ignore[misc]
            heard, wait = time.monotonic(), patience.between
    finally:
        reading.given_up.set()
        close()


class _Reading:
    """A stream being read in a thread of its own, until it ends or nobody wants it any more."""

    def __init__(self, open_stream: Callable[[], Iterable[object]]) -> None:
        self._open_stream = open_stream
        self.items: queue.Queue[object] = queue.Queue(maxsize=1_000)
        self.given_up = threading.Event()

    def read(self) -> None:
        """Hand over each item, then the end or the error."""
        try:
            for item in self._open_stream():
                if self.given_up.is_set():
                    return
                self._hand_over(item)
            self._hand_over(_END)
        except Exception as error:
            self._hand_over(error)

    def _hand_over(self, item: object) -> None:
        while not self.given_up.is_set():
            with suppress(queue.Full):
                return self.items.put(item, timeout=0.5)


def _too_slow(wait: float, sooner: float, patience: Patience) -> Upstream:
    if sooner <= 0:
        return Upstream("The AI service didn't finish its answer in time.")
    if wait == patience.first:
        return Upstream("The AI service didn't begin to answer in time.")
    return Upstream("The AI service fell silent in the middle of its answer.")
