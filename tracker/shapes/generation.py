"""A generation request's progress, and the model calls made for it."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum


class Phase(LabelledEnum):
    """Phases of a generation request."""

    NONE = "none"
    WAITING = "waiting"
    WRITING = "writing"
    FAILED = "failed"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True)
class CallItem:
    """A model call in a list: when, which service, how it ended and what it used."""

    id: str
    when: str
    service: str
    took: str


@dataclass(frozen=True)
class Progress:
    """A generation request's progress: `status` describes it, and `text` is what has been written so far.

    `before` is what an earlier attempt had written.
    """

    of: str
    id: str = ""
    phase: str = Phase.NONE.value
    status: str = ""
    text: str = ""
    before: str = ""
    before_status: str = ""
    asks: str = ""
    """Model and host as text; empty without a service."""
    failed: str = ""
    """Heading of a failure."""
    version_id: str = ""
    """Id of the resulting version."""
    calls: list[CallItem] = field(default_factory=list)
    """Model calls so far, the latest first."""
