"""How many planted claims the checker finds, and how many true ones it marks, by kind."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tests.support.grounding.labelled import Claim, Labelled
from tracker.services.grounding.check import check
from tracker.shapes.grounding import Mark

TODAY = date(2026, 11, 24)


@dataclass
class Measured:
    """The two figures of a part of the set, and what went wrong in it."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    true: int = 0
    missed: list[tuple[Labelled, Claim]] = field(default_factory=list)
    wrong: list[tuple[Labelled, Claim, list[Mark]]] = field(default_factory=list)
    stray: list[tuple[Labelled, Mark]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the planted claims that are marked."""
        return self.found.total() / self.planted.total()

    @property
    def false_alarms(self) -> float:
        """The share of the true claims that are marked."""
        return len(self.wrong) / self.true


def measured(letters: tuple[Labelled, ...]) -> Measured:
    """The checker's figures over these letters; a claim is marked when a mark overlaps it."""
    told = Measured()
    for one in letters:
        marks = check(
            one.paragraphs, one.profile, posting=one.posting, company=one.company, role=one.role, today=TODAY
        )
        for claim in one.claims:
            over = [mark for mark in marks if _over(mark, claim)]
            if not claim.kind:
                told.true += 1
                if over:
                    told.wrong.append((one, claim, over))
                continue
            told.planted[claim.kind] += 1
            if over:
                told.found[claim.kind] += 1
            else:
                told.missed.append((one, claim))
        told.stray += [(one, mark) for mark in marks if not any(_over(mark, claim) for claim in one.claims)]
    return told


def _over(mark: Mark, claim: Claim) -> bool:
    return mark.paragraph == claim.paragraph and mark.start < claim.end and mark.end > claim.start
