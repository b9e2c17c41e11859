"""Two versions of a letter side by side: paragraphs that belong together, and what was taken out and put in."""

from dataclasses import dataclass, field

from tracker.shapes.letters import LetterPage
from tracker.shapes.words import Word


class Change(Word):
    """What became of some words from the earlier version to the later one."""

    KEPT = "kept"
    TAKEN_OUT = "out"
    PUT_IN = "in"


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph, and what became of them."""

    text: str
    change: str = Change.KEPT.value


@dataclass(frozen=True)
class Aligned:
    """A paragraph of the earlier version beside the one it became; either is empty where the other version has none.

    What is the same in both stands in `earlier` alone.
    """

    earlier: list[Piece] = field(default_factory=list)
    later: list[Piece] = field(default_factory=list)
    is_same: bool = False


@dataclass(frozen=True)
class Side:
    """One of the two versions, and whether it is the one that the page shows."""

    id: str
    label: str
    when: str
    is_shown: bool


@dataclass(frozen=True)
class Comparison:
    """Two versions, the earlier first, and every paragraph of both; `others` are those that the shown one can stand beside."""

    shown: str
    other: str
    earlier: Side
    later: Side
    rows: list[Aligned]
    said: str
    others: list[Side]


@dataclass(frozen=True)
class LetterWithComparison:
    """The letter that is shown, and its comparison while two versions are compared."""

    sheet: LetterPage
    comparison: Comparison | None
