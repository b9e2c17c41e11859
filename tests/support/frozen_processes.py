"""Processes frozen for a while, as by a hanging disk."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil


@contextmanager
def frozen(process_id: int) -> Iterator[None]:
    """Suspend a process and its children meanwhile: a server accepts connections and answers none."""
    main = psutil.Process(process_id)
    family = [main, *main.children(recursive=True)]
    for process in family:
        process.suspend()
    try:
        yield
    finally:
        for process in family:
            process.resume()
