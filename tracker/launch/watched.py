"""A child that must go on running, and what to say of it."""

import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.launch import children
from tracker.logs import escaped


@dataclass
class Watched:
    """A child with the way to start it again and the times at which it died."""

    title: str
    start: Callable[[], children.Child]
    child: children.Child
    deaths: list[float] = field(default_factory=list)
    due: float = 0.0

    @property
    def name(self) -> str:
        """Its title at the beginning of a sentence."""
        return self.title[:1].upper() + self.title[1:]

    @property
    def how(self) -> str:
        """The predicate that says how it ended."""
        status = self.child.process.returncode
        if status and status < 0:
            return f"was ended by {signal.Signals(-status).name}"
        return f"stopped (exit {status})"

    @property
    def reason(self) -> str:
        """The one line by which a command says why it failed; empty where it left more, such as a traceback."""
        lines = self.child.said.strip().splitlines()
        return escaped(lines[0]) if len(lines) == 1 else ""

    def tail(self, predicate: str) -> str:
        """Return the end of its log, and what became of it."""
        lines = [escaped(line) for line in self.child.said.splitlines()[-15:]]
        return "\n".join(
            [*lines, f"{self.name} {predicate} ({self.how}); all it said is in {self.child.log}."]
        )
