"""Recall and false alarms of the grounding check, by kind of claim."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tests.support.grounding.labelled import Claim, Labelled
from tracker.services.grounding.check import check
from tracker.shapes.grounding import Mark

TODAY = date(2026, 11, 24)


@dataclass
class Measured:
    """Both figures of a set of letters, and which claims were misjudged."""

    planted: Counter[str] = field(default_factory=Counter)
    detected: Counter[str] = field(default_factory=Counter)
    true: int = 0
    missed: list[tuple[Labelled, Claim]] = field(default_factory=list)
    wrong: list[tuple[Labelled, Claim, list[Mark]]] = field(default_factory=list)
    stray: list[tuple[Labelled, Mark]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of planted claims that are marked."""
        return self.detected.total() / self.planted.total()

    @property
    def false_alarms(self) -> float:
        """Return the share of true claims that are marked."""
        return len(self.wrong) / self.true


def measured(letters: tuple[Labelled, ...]) -> Measured:
    """Check the letters; a claim counts as marked when a mark overlaps it."""
    measures = Measured()
    for letter in letters:
        marks = check(
            letter.paragraphs,
            letter.profile,
            posting=letter.posting,
            company=letter.company,
            role=letter.role,
            today=TODAY,
        )
        for claim in letter.claims:
            overlapping = [mark for mark in marks if _over(mark, claim)]
            if not claim.kind:
                measures.true += 1
                if overlapping:
                    measures.wrong.append((letter, claim, overlapping))
                continue
            measures.planted[claim.kind] += 1
            if overlapping:
                measures.detected[claim.kind] += 1
            else:
                measures.missed.append((letter, claim))
        measures.stray += [
            (letter, mark) for mark in marks if not any(_over(mark, claim) for claim in letter.claims)
        ]
    return measures


def _over(mark: Mark, claim: Claim) -> bool:
    return mark.paragraph == claim.paragraph and mark.start < claim.end and mark.end > claim.start
