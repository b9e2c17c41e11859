"""A cover letter's paragraphs, each with what it says it rests on."""

from dataclasses import dataclass, field

from tracker.shapes.words import Word


class Tone(Word):
    """How a letter speaks."""

    PLAIN = "plain"
    WARM = "warm"
    FORMAL = "formal"


class Length(Word):
    """How long a letter is: about 120, 200 or 300 words, where there is so much to say."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Writer(Word):
    """Who wrote a version."""

    TEMPLATE = "template"
    HAND = "hand"
    MODEL = "model"

    @property
    def label(self) -> str:
        """What people read."""
        return {
            "template": "Drafted from your bullets",
            "hand": "Edited by you",
            "model": "Written by the model",
        }[self.value]


class Language(Word):
    """What a letter is written in; its claims are checked in English alone."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    ITALIAN = "it"
    PORTUGUESE = "pt"
    DUTCH = "nl"
    POLISH = "pl"
    SWEDISH = "sv"
    DANISH = "da"

    @property
    def label(self) -> str:
        """What people read."""
        return self.name.capitalize()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, the bullets or positions it rests on by their ids, and the numbers of the posting's lines."""

    text: str
    bullet_ids: tuple[str, ...] = ()
    posting_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The paragraphs of a letter; none, and `missing` in a sentence each, where there is too little to write from."""

    paragraphs: tuple[Paragraph, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as it is sent."""
        return "\n\n".join(one.text for one in self.paragraphs)


@dataclass(frozen=True)
class Segment:
    """A piece of a letter's text; `mark` is the number of the mark it is under, empty for what bears itself out."""

    text: str
    mark: str = ""
    why: str = ""


@dataclass(frozen=True)
class MarkItem:
    """One thing that rests on nothing, and why; `paragraph` and `at` say where, so that its sentence can be taken out.

    `add` leads to the form of a new bullet that begins as the sentence.
    """

    number: str
    claim: str
    why: str
    is_of_applicant: bool
    paragraph: int
    at: int
    add: str


@dataclass(frozen=True)
class VersionItem:
    """One version in the list of them."""

    id: str
    label: str
    when: str
    sent: str


@dataclass(frozen=True)
class LetterPage:
    """The version that is shown, its text with what rests on nothing marked, and all versions, the newest first.

    `no_pdf` says why the text can't be a PDF; it is empty when it can.
    """

    application_id: str
    versions: list[VersionItem] = field(default_factory=list)
    revision: str = ""
    """Another after each change of any version, so that a place in the text is never one of a text changed since."""
    id: str = ""
    text: str = ""
    segments: list[Segment] = field(default_factory=list)
    marks: list[MarkItem] = field(default_factory=list)
    marked: str = ""
    warning: str = ""
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    """Each by its number, counted from nought, and its first words."""
    body: str = "0"
    """The number of the first that is more than a greeting."""
    missing: list[str] = field(default_factory=list)
    is_sent: bool = False
    sent: str = ""
    mail: str = ""
    no_pdf: str = ""
    can_draft: bool = True
