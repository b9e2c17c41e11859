"""A cover letter's paragraphs, each with what it says it rests on."""

from dataclasses import dataclass

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
