"""What the terminal shows: plain lines, each step with the time it took."""

import contextlib
import sys
import time
from collections.abc import Iterator


def say(text: str = "") -> None:
    """One line; a terminal that went away is no reason to fail."""
    with contextlib.suppress(OSError, ValueError):
        print(_printable(text), flush=True)  # noqa: T201


def _printable(text: str) -> str:
    """Replace what the terminal's encoding can't show, such as a path that isn't Unicode."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Says what begins, and how long it took once it is done."""
    begun = time.monotonic()
    live = sys.stdout.isatty()
    with contextlib.suppress(OSError, ValueError):
        if live:
            print(f"  {text} ...", end="", flush=True)  # noqa: T201
    try:
        yield
    except BaseException:
        if live:
            say()
        raise
    say(f"{chr(13) if live else ''}  {text:<44} {time.monotonic() - begun:5.1f} s")


class Progress:
    """A line that grows by a dot a second while something long goes on."""

    def __init__(self) -> None:
        self.shown = time.monotonic()

    def tick(self) -> None:
        """Shows that it still goes on: a dot a second on a terminal, a line every ten seconds in a log."""
        if time.monotonic() - self.shown < (1 if sys.stdout.isatty() else 10):
            return
        self.shown = time.monotonic()
        with contextlib.suppress(OSError, ValueError):
            print("." if sys.stdout.isatty() else "    still at it\n", end="", flush=True)  # noqa: T201
