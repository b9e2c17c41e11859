"""What every sort of claim is found with: the sentence it stands in, and what it may rest on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.services.grounding.clauses import APPLICANT, EITHER, EMPLOYER, Sentence
from tracker.services.grounding.evidence import Advert, Evidence
from tracker.shapes.grounding import ClaimKind, Mark, Subject


@dataclass(frozen=True)
class Told:
    """One sentence of a letter beside the profile and the posting."""

    number: int
    sentence: Sentence
    evidence: Evidence
    advert: Advert

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.text

    def subject(self, at: int) -> str:
        """Whom the sentence speaks of at a place in its own text."""
        return self.sentence.at(self.sentence.start + at).subject

    def is_claimed(self, at: int) -> bool:
        """Whether what stands at a place is claimed at all, not wished or denied."""
        return self.sentence.at(self.sentence.start + at).is_claimed

    def is_of_applicant(self, at: int) -> bool:
        """Whether a place claims something that only the profile can bear out."""
        return self.is_claimed(at) and self.subject(at) == APPLICANT

    def is_of_employer(self, at: int) -> bool:
        """Whether a place tells something that the posting has to say."""
        return self.subject(at) == EMPLOYER

    def is_open(self, at: int) -> bool:
        """Whether the sentence doesn't say of whom it speaks there: either may bear it out."""
        return self.is_claimed(at) and self.subject(at) == EITHER

    def clause(self, at: int) -> str:
        """The clause around a place."""
        return self.sentence.clause(self.sentence.start + at)

    def is_part_of_name(self, start: int, end: int) -> bool:
        """Whether a number belongs to a name that the profile or the posting has, such as `Newsroom 24`."""
        before = re.search(r"[A-Z]\w+\s$", self.text[:start])
        name = f"{before[0]}{self.text[start:end]}".lower() if before else ""
        return bool(name) and (name in self.evidence.text.lower() or name in self.advert.text.lower())

    def mark(
        self, start: int, end: int, kind: ClaimKind, why: str, subject: Subject = Subject.APPLICANT
    ) -> Mark:
        """A mark on a part of the sentence."""
        first = self.sentence.start
        return Mark(self.number, first + start, first + end, kind, self.text[start:end], subject, why)


Finder = Callable[[Told], Iterator[Mark]]
