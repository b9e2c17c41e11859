"""Read a letter from JSON while it arrives, and parse it once it is complete."""

from typing import Any

from tracker.errors import Upstream
from tracker.services.model.failures import UNREADABLE
from tracker.services.model.json_answers import json_in
from tracker.shapes.letters import Paragraph
from tracker.storable_text import clean

_ESCAPES = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}
_PARTED = "\n\n"


class LetterReader:
    """Incremental reader of an answer, which returns the paragraphs' text as it becomes readable."""

    def __init__(self) -> None:
        self.whole = ""
        self._is_plain: bool | None = None
        self._in_string = self._is_escaped = self._is_shown = False
        self._word = self._key = self._code = ""
        self._high = 0
        self._shown = 0

    def feed(self, text: str) -> str:
        """Return the text that this piece completes: paragraphs, separated by blank lines."""
        self.whole += text
        if self._is_plain is None and (begun := self.whole.lstrip()):
            self._is_plain = begun[0] not in "{[`"
            text = self.whole
        if self._is_plain is None:
            return ""
        return text if self._is_plain else "".join(map(self._next, text))

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs with their sources, or the text alone of a plain-text answer.

        Raises Upstream when there is no paragraph.
        """
        data = json_in(self.whole)
        entries = data.get("paragraphs") if isinstance(data, dict) else data
        if isinstance(entries, list):
            paragraphs = tuple(paragraph for paragraph in map(_paragraph, entries) if paragraph)
        elif data is None and self._is_plain:
            paragraphs = tuple(Paragraph(part.strip()) for part in self.whole.split(_PARTED) if part.strip())
        else:
            paragraphs = ()
        if not paragraphs:
            raise Upstream(UNREADABLE)
        return paragraphs

    def _next(self, character: str) -> str:
        if not self._in_string:
            return self._between(character)
        if self._code or self._is_escaped:
            return self._escape(character)
        if character == "\\":
            self._is_escaped = True
            return ""
        if character == '"':
            self._in_string = self._is_shown = False
            return ""
        return self._emit(character)

    def _between(self, character: str) -> str:
        if character == '"':
            self._in_string, self._word = True, ""
            self._is_shown = self._key == "text"
            self._shown += self._is_shown
            return _PARTED if self._is_shown and self._shown > 1 else ""
        if character == ":":
            self._key = self._word
        elif character in ",{[}]":
            self._key = ""
        return ""

    def _escape(self, character: str) -> str:
        if not self._code:
            self._is_escaped = False
            if character == "u":
                self._code = "u"
                return ""
            return self._emit(_ESCAPES.get(character, character))
        self._code += character
        if len(self._code) < 5:
            return ""
        code, self._code = self._code[1:], ""
        try:
            return self._point(int(code, 16))
        except ValueError:
            return self._emit("\ufffd")

    def _point(self, point: int) -> str:
        """Return the character of a code unit; those beyond the first plane come as two."""
        if 0xD800 <= point < 0xDC00:
            self._high = point
            return ""
        if 0xDC00 <= point < 0xE000:
            high, self._high = self._high, 0
            return self._emit(chr(0x10000 + ((high - 0xD800) << 10) + point - 0xDC00) if high else "\ufffd")
        return self._emit(chr(point) if point else "")

    def _emit(self, character: str) -> str:
        self._word += character
        return character if self._is_shown else ""


def _paragraph(entry: Any) -> Paragraph | None:
    """Return a paragraph of an answer; ids and lines of the wrong type are dropped."""
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not entry["text"].strip():
        return None
    text = clean(entry["text"]).strip()
    if not text:
        return None
    bullets, lines = entry.get("bullets"), entry.get("lines")
    ids = (
        [clean(source).strip("[] ") for source in bullets if isinstance(source, str)]
        if isinstance(bullets, list)
        else []
    )
    numbers = (
        [source for source in lines if isinstance(source, int) and not isinstance(source, bool)]
        if isinstance(lines, list)
        else []
    )
    return Paragraph(text, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(numbers)))
