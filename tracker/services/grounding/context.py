"""A sentence of a letter beside the profile and the posting, as the detectors of claims receive it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.services.grounding.clauses import APPLICANT, EITHER, EMPLOYER, Sentence
from tracker.services.grounding.evidence import Advert, Evidence
from tracker.shapes.grounding import ClaimKind, Mark, Subject


@dataclass(frozen=True)
class SentenceContext:
    """One sentence of a letter beside the profile and the posting."""

    number: int
    sentence: Sentence
    evidence: Evidence
    advert: Advert

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return self.sentence.text

    def subject(self, at: int) -> str:
        """Return the subject of the sentence at an offset of its text."""
        return self.sentence.at(self.sentence.start + at).subject

    def is_claimed(self, at: int) -> bool:
        """Return whether the text at an offset is claimed, rather than wished for or denied."""
        return self.sentence.at(self.sentence.start + at).is_claimed

    def is_about_applicant(self, at: int) -> bool:
        """Return whether an offset claims something that only the profile can support."""
        return self.is_claimed(at) and self.subject(at) == APPLICANT

    def is_about_employer(self, at: int) -> bool:
        """Return whether an offset states something that only the posting can support."""
        return self.subject(at) == EMPLOYER

    def is_ambiguous(self, at: int) -> bool:
        """Return whether the subject at an offset is ambiguous, so that profile or posting may support it."""
        return self.is_claimed(at) and self.subject(at) == EITHER

    def clause(self, at: int) -> str:
        """Return the clause around an offset."""
        return self.sentence.clause(self.sentence.start + at)

    def is_part_of_name(self, start: int, end: int) -> bool:
        """Return whether a number belongs to a known name, such as `Newsroom 24`.

        A name of the posting counts where the applicant claims nothing.
        """
        before = re.search(r"[A-Z]\w+\s$", self.text[:start])
        name = f"{before[0]}{self.text[start:end]}".lower() if before else ""
        is_posted = name in self.advert.text.lower() and not self.is_about_applicant(start)
        return bool(name) and (name in self.evidence.text.lower() or is_posted)

    def mark(
        self, start: int, end: int, kind: ClaimKind, why: str, subject: Subject = Subject.APPLICANT
    ) -> Mark:
        """Return a mark on part of the sentence."""
        first = self.sentence.start
        return Mark(self.number, first + start, first + end, kind, self.text[start:end], subject, why)


Detector = Callable[[SentenceContext], Iterator[Mark]]
