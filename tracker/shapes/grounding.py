"""Claims in a letter that lack support, and traces of prompt injection."""

from dataclasses import dataclass

from tracker.shapes.words import Word


class Subject(Word):
    """Whom a claim is about, and so what has to support it: the profile, or the posting."""

    APPLICANT = "applicant"
    EMPLOYER = "employer"


class ClaimKind(Word):
    """The kind of thing claimed."""

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
    """An unsupported claim at `text[start:end]` of a paragraph: what is claimed, of whom, and why it is marked."""

    paragraph: int
    start: int
    end: int
    kind: ClaimKind
    claim: str
    subject: Subject
    why: str


@dataclass(frozen=True)
class InjectionTrace:
    """Text that does what a posting told a machine to do, or gives away that a machine wrote it.

    `posting_line` is the line that demanded it, 0 where the text gives itself away without such a line.
    """

    start: int
    end: int
    phrase: str
    posting_line: int
    why: str
