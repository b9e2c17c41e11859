"""A letter read while its JSON still arrives, and taken apart once it is whole."""

from typing import Any

from tracker.errors import Upstream
from tracker.services.model.client import json_in
from tracker.services.model.failing import UNREADABLE
from tracker.shapes.letters import Paragraph
from tracker.storable_text import clean

_ESCAPES = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}
_PARTED = "\n\n"


class LetterReader:
    """Takes an answer piece by piece, and gives the text of the paragraphs as it can be read."""

    def __init__(self) -> None:
        self.whole = ""
        self._is_plain: bool | None = None
        self._in_string = self._is_escaped = self._is_shown = False
        self._word = self._key = self._code = ""
        self._high = 0
        self._shown = 0

    def feed(self, text: str) -> str:
        """What has become readable with this piece: the paragraphs' text, a blank line between two."""
        self.whole += text
        if self._is_plain is None and (begun := self.whole.lstrip()):
            self._is_plain = begun[0] not in "{[`"
            text = self.whole
        if self._is_plain is None:
            return ""
        return text if self._is_plain else "".join(map(self._next, text))

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs with their ids and lines; of an answer in plain text the text alone. Refuses what has none."""
        data = json_in(self.whole)
        listed = data.get("paragraphs") if isinstance(data, dict) else data
        if isinstance(listed, list):
            found = tuple(one for one in map(_paragraph, listed) if one)
        elif data is None and self._is_plain:
            found = tuple(Paragraph(part.strip()) for part in self.whole.split(_PARTED) if part.strip())
        else:
            found = ()
        if not found:
            raise Upstream(UNREADABLE)
        return found

    def _next(self, sign: str) -> str:
        if not self._in_string:
            return self._between(sign)
        if self._code or self._is_escaped:
            return self._escape(sign)
        if sign == "\\":
            self._is_escaped = True
            return ""
        if sign == '"':
            self._in_string = self._is_shown = False
            return ""
        return self._say(sign)

    def _between(self, sign: str) -> str:
        if sign == '"':
            self._in_string, self._word = True, ""
            self._is_shown = self._key == "text"
            self._shown += self._is_shown
            return _PARTED if self._is_shown and self._shown > 1 else ""
        if sign == ":":
            self._key = self._word
        elif sign in ",{[}]":
            self._key = ""
        return ""

    def _escape(self, sign: str) -> str:
        if not self._code:
            self._is_escaped = False
            if sign == "u":
                self._code = "u"
                return ""
            return self._say(_ESCAPES.get(sign, sign))
        self._code += sign
        if len(self._code) < 5:
            return ""
        code, self._code = self._code[1:], ""
        try:
            return self._point(int(code, 16))
        except ValueError:
            return self._say("\ufffd")

    def _point(self, point: int) -> str:
        """A sign by its number; those beyond the first plane come in two halves."""
        if 0xD800 <= point < 0xDC00:
            self._high = point
            return ""
        if 0xDC00 <= point < 0xE000:
            high, self._high = self._high, 0
            return self._say(chr(0x10000 + ((high - 0xD800) << 10) + point - 0xDC00) if high else "\ufffd")
        return self._say(chr(point) if point else "")

    def _say(self, sign: str) -> str:
        self._word += sign
        return sign if self._is_shown else ""


def _paragraph(said: Any) -> Paragraph | None:
    """One paragraph of an answer; ids and lines of another form than asked for are dropped, not guessed."""
    if not isinstance(said, dict) or not isinstance(said.get("text"), str) or not said["text"].strip():
        return None
    text = clean(said["text"]).strip()
    if not text:
        return None
    bullets, lines = said.get("bullets"), said.get("lines")
    ids = (
        [clean(one).strip("[] ") for one in bullets if isinstance(one, str)]
        if isinstance(bullets, list)
        else []
    )
    numbers = (
        [one for one in lines if isinstance(one, int) and not isinstance(one, bool)]
        if isinstance(lines, list)
        else []
    )
    return Paragraph(text, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(numbers)))
