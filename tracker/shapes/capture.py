"""Facts of a job posting, each with its origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum


class FactOrigin(LabelledEnum):
    """Parts of a posting that a field can come from; the label completes a sentence under the field."""

    ADDRESS = "from the posting's address"
    JOB_DATA = "from the page's job data"
    LAYOUT = "from the page's layout"
    PREVIEW = "from the page's preview"
    TITLE = "from the page's title"
    HEADING = "from the page's heading"
    TEXT = "read in the text"

    @property
    def label(self) -> str:
        """The value itself, which is part of a sentence."""
        return self.value


class CaptureState(LabelledEnum):
    """States of a posting that a job reads."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class PostingSource:
    """An address to fetch, or pasted HTML."""

    address: str
    html: str = ""


@dataclass(frozen=True)
class Fact:
    """The value of a field, as text that its form accepts, and its origin."""

    value: str
    origin: FactOrigin


Facts = Mapping[str, Fact]
"""Facts by the name of the field in the form that adds an application."""


@dataclass(frozen=True)
class PostingFacts:
    """The certain facts of a posting, and its text with paragraphs and lists."""

    facts: Facts = field(default_factory=dict)
    text: str = ""

    def value(self, name: str) -> str:
        """Return the value of a field; empty for an unknown one."""
        fact = self.facts.get(name)
        return fact.value if fact else ""


@dataclass(frozen=True)
class FilledField:
    """A field of the form that adds an application, its value, and a note on where the value comes from."""

    name: str
    value: str
    note: str


@dataclass(frozen=True)
class CapturedPosting:
    """Fields that a posting fills and a message for the user; `capture_id` is set while a job reads it."""

    message: str
    fields: list[FilledField] = field(default_factory=list)
    capture_id: str = ""
    is_problem: bool = False
