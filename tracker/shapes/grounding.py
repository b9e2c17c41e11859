"""What a letter claims and nothing bears out."""

from dataclasses import dataclass

from tracker.shapes.words import Word


class Subject(Word):
    """Whom a claim is about, and so what it needs: the profile, or the posting."""

    APPLICANT = "applicant"
    EMPLOYER = "employer"


class ClaimKind(Word):
    """What sort of thing is claimed."""

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
    """A place in a paragraph's text that rests on nothing: `text[start:end]`, what is claimed, of whom, and why not."""

    paragraph: int
    start: int
    end: int
    kind: ClaimKind
    claim: str
    subject: Subject
    why: str


@dataclass(frozen=True)
class Obeyed:
    """A place in a text that does what a posting, or whoever wrote into it, told a machine to do.

    `posting_line` is the line that told it, 0 where the text gives itself away without one.
    """

    start: int
    end: int
    phrase: str
    posting_line: int
    why: str
