"""What a model is writing as its page follows it, and which questions were put to it."""

from dataclasses import dataclass, field

from tracker.shapes.words import Word


class Phase(Word):
    """How far something to be written is."""

    NONE = "none"
    WAITING = "waiting"
    WRITING = "writing"
    FAILED = "failed"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True)
class CallLine:
    """One question put to a model: when, to whom, how it ended and what it took."""

    id: str
    when: str
    asked: str
    took: str


@dataclass(frozen=True)
class Progress:
    """What is being written, as far as it has come: `said` tells how it fares, `before` is what an earlier try had come to."""

    of: str
    id: str = ""
    phase: str = Phase.NONE.value
    said: str = ""
    text: str = ""
    before: str = ""
    before_said: str = ""
    asks: str = ""
    """Which model is asked where, in words; empty while none is set up."""
    failed: str = ""
    """What isn't written, as the heading of a failure."""
    made: str = ""
    """The version that has come of it."""
    calls: list[CallLine] = field(default_factory=list)
    """The questions put to a model so far, the latest first."""
