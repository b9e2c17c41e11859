"""Settings of the garbage collector for a process that keeps most of its objects for good."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLD = 20_000
"""New objects after which the youngest are looked at; Python's own 700 has a page's load looked at dozens of times."""


@contextmanager
def loading() -> Iterator[None]:
    """Collect nothing while a program loads, and never look at what it has loaded again.

    A full collection of the loaded application stops the process for 0.3 s and finds nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(THRESHOLD)
        gc.enable()
