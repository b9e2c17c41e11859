"""Supervised child process and its status messages."""

import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.launch import children
from tracker.logs import escaped


@dataclass
class WatchedChild:
    """Child process with the function that restarts it and the times at which it died."""

    title: str
    start: Callable[[], children.Child]
    child: children.Child
    deaths: list[float] = field(default_factory=list)
    due: float = 0.0

    @property
    def name(self) -> str:
        """Return the title with an initial capital."""
        return self.title[:1].upper() + self.title[1:]

    @property
    def exit_status(self) -> str:
        """Return how it ended, such as `stopped (exit 1)`."""
        status = self.child.process.returncode
        if status and status < 0:
            return f"was killed by {signal.Signals(-status).name}"
        return f"stopped (exit {status})"

    @property
    def reason(self) -> str:
        """Return the child's output when it is a single line; empty when it is longer, such as a traceback."""
        lines = self.child.output.strip().splitlines()
        return escaped(lines[0]) if len(lines) == 1 else ""

    def tail(self, predicate: str) -> str:
        """Return the last lines of its log, and a sentence with `predicate` and how it ended."""
        lines = [escaped(line) for line in self.child.output.splitlines()[-15:]]
        return "\n".join([*lines, f"{self.name} {predicate} ({self.exit_status}); see {self.child.log}."])
