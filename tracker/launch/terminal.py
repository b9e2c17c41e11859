"""Terminal output: one line per step, with its duration."""

import contextlib
import sys
import time
from collections.abc import Iterator


def say(text: str = "") -> None:
    """Print a line; ignore a closed terminal."""
    with contextlib.suppress(OSError, ValueError):
        print(_printable(text), flush=True)  # noqa: T201


def _printable(text: str) -> str:
    """Escape characters that the terminal's encoding can't show."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Print a step, and its duration when it is done."""
    started = time.monotonic()
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
    say(f"{chr(13) if live else ''}  {text:<44} {time.monotonic() - started:5.1f} s")


class Progress:
    """Dots or lines that show a long step is still running."""

    def __init__(self) -> None:
        self.shown = time.monotonic()

    def tick(self) -> None:
        """Print a dot each second on a terminal, or a line every ten seconds in a log."""
        if time.monotonic() - self.shown < (1 if sys.stdout.isatty() else 10):
            return
        self.shown = time.monotonic()
        with contextlib.suppress(OSError, ValueError):
            print("." if sys.stdout.isatty() else "    still working\n", end="", flush=True)  # noqa: T201
