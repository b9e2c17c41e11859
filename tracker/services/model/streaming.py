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


_END = object()


def patiently(
    open_stream: Callable[[], Iterable[T]], patience: Patience, close: Callable[[], None]
) -> Iterator[T]:
    """The items of a stream as they come; an `Upstream` when one of the waits gets too long. `close` ends the reading."""
    items: queue.Queue[object] = queue.Queue(maxsize=1_000)
    given_up = threading.Event()

    def hand_over(item: object) -> None:
        while not given_up.is_set():
            with suppress(queue.Full):
                return items.put(item, timeout=0.5)

    def read() -> None:
        try:
            for item in open_stream():
                if given_up.is_set():
                    return
                hand_over(item)
            hand_over(_END)
        except Exception as error:
            hand_over(error)

    threading.Thread(target=read, daemon=True, name="model-stream").start()
    deadline, wait = time.monotonic() + patience.total, patience.first
    try:
        while True:
            left = deadline - time.monotonic()
            try:
                item = items.get(timeout=max(0.0, min(wait, left)))
            except queue.Empty:
                raise _too_slow(wait, left, patience) from None
            if item is _END:
                return
            if isinstance(item, Exception):
                raise item
            yield item  # type: ignore[misc]
            wait = patience.between
    finally:
        given_up.set()
        close()


def _too_slow(wait: float, left: float, patience: Patience) -> Upstream:
    if left <= wait:
        return Upstream("The AI service didn't finish its answer in time.")
    if wait == patience.first:
        return Upstream("The AI service didn't begin to answer in time.")
    return Upstream("The AI service fell silent in the middle of its answer.")
