"""Cover letters: paragraphs with their sources, versions and highlights."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum


class Tone(LabelledEnum):
    """Tones of a letter."""

    PLAIN = "plain"
    WARM = "warm"
    FORMAL = "formal"


class Length(LabelledEnum):
    """Lengths of a letter: about 120, 200 or 300 words, if there is enough to say."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Writer(LabelledEnum):
    """Ways a version can be written."""

    TEMPLATE = "template"
    HAND = "hand"
    MODEL = "model"

    @property
    def label(self) -> str:
        """The label that people read."""
        return {
            "template": "Drafted from your bullets",
            "hand": "Edited by you",
            "model": "Written by the model",
        }[self.value]


class Language(LabelledEnum):
    """Languages of a letter; claims are checked in English only."""

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
        """The label that people read."""
        return self.name.capitalize()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with the ids of bullets and positions, and the lines of the posting, that support it."""

    text: str
    bullet_ids: tuple[str, ...] = ()
    posting_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The paragraphs of a letter, or in `missing` a sentence for each reason why there are none."""

    paragraphs: tuple[Paragraph, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Segment:
    """A piece of a letter's text; `mark` is the number of its highlight, empty without one."""

    text: str
    mark: str = ""
    why: str = ""


@dataclass(frozen=True)
class MarkItem:
    """An unsupported claim and why; `paragraph` and `at` locate it, so that its sentence can be removed.

    `add` is the address of a new bullet's form, filled with the sentence.
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
    """A version in the list of versions."""

    id: str
    label: str
    when: str
    sent: str


@dataclass(frozen=True)
class LetterPage:
    """A version with unsupported claims highlighted, and the list of versions, the newest first.

    `no_pdf` says why the text can't become a PDF, empty if it can.
    """

    application_id: str
    versions: list[VersionItem] = field(default_factory=list)
    revision: str = ""
    """Changes with any version, so that an offset is never applied to a text that changed since."""
    id: str = ""
    text: str = ""
    segments: list[Segment] = field(default_factory=list)
    marks: list[MarkItem] = field(default_factory=list)
    marked: str = ""
    warning: str = ""
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    """Number of each paragraph, counted from 0, with its first words."""
    body: str = "0"
    """Number of the first paragraph longer than a greeting."""
    missing: list[str] = field(default_factory=list)
    is_sent: bool = False
    sent: str = ""
    mail: str = ""
    no_pdf: str = ""
    can_draft: bool = True
