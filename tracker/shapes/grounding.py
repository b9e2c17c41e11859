"""Claims in a letter that lack support, and traces of prompt injection."""

from dataclasses import dataclass

from tracker.shapes.enumerations import LabelledEnum


class Subject(LabelledEnum):
    """The subject of a claim, which decides what must support it: the profile or the posting."""

    APPLICANT = "applicant"
    EMPLOYER = "employer"


class ClaimKind(LabelledEnum):
    """Kinds of claims."""

    NUMBER = "number"
    YEARS = "years"
    EMPLOYER = "employer"
    TITLE = "title"
    DATE = "date"
    SKILL = "skill"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    AWARD = "award"
    FACT = "fact"
    SOURCE = "source"


@dataclass(frozen=True)
class Mark:
    """An unsupported claim at `text[start:end]` of a paragraph, its subject, and why it is highlighted."""

    paragraph: int
    start: int
    end: int
    kind: ClaimKind
    claim: str
    subject: Subject
    why: str


@dataclass(frozen=True)
class InjectionTrace:
    """Text that follows an instruction in the posting, or shows that a model wrote it.

    `posting_line` is the line with the instruction, 0 without one.
    """

    start: int
    end: int
    phrase: str
    posting_line: int
    why: str
