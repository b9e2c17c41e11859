"""Two letter versions compared: aligned paragraphs with removed and added text."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum
from tracker.shapes.letters import LetterPage


class Change(LabelledEnum):
    """Ways in which words changed between two versions."""

    KEPT = "kept"
    TAKEN_OUT = "out"
    PUT_IN = "in"


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph and how they changed."""

    text: str
    change: str = Change.KEPT.value


@dataclass(frozen=True)
class Aligned:
    """A paragraph of the earlier version beside its counterpart; either is empty without one.

    If both are the same, only `earlier` is set.
    """

    earlier: list[Piece] = field(default_factory=list)
    later: list[Piece] = field(default_factory=list)
    is_same: bool = False


@dataclass(frozen=True)
class Side:
    """One of the two versions, and whether the page shows it."""

    id: str
    label: str
    when: str
    is_shown: bool


@dataclass(frozen=True)
class Comparison:
    """Two versions, the earlier first, with their paragraphs aligned.

    `others` can be compared with the shown one.
    """

    shown: str
    other: str
    earlier: Side
    later: Side
    rows: list[Aligned]
    summary: str
    others: list[Side]


@dataclass(frozen=True)
class LetterWithComparison:
    """The shown letter, with its comparison if one is open."""

    sheet: LetterPage
    comparison: Comparison | None
