"""A resume's text as lines: bullet marks separated from text, wrapped lines joined."""

import re
from dataclasses import dataclass

from tracker.services.resume.dates import span

_MARK = re.compile(
    r"^(?P<indent>\s*)(?:[•●▪■◦‣➢➤►▸∙·○❖✓✔\uf0b7\uf0a7\u2043-]|[–—*+]|o(?=\s{1,4}[A-Z])|\d{1,2}[.)]|\(cid:\d+\))(?:\s+|(?<=[•●▪\uf0b7]))(?=\S)"
)
_SPACED = re.compile(r"(?:\S ){3,}\S(?:  +(?:\S ){2,}\S)*")
_OPEN_END = re.compile(
    r"(?:,|;|[-–/&]|\b(?:and|or|of|the|with|for|to|in|a|an|by|on|at|from|using|und|mit|von))$", re.I
)
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00")) | {
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}
"""Invisible characters, and spaces that patterns don't match."""
LONGEST = 2000


@dataclass
class Line:
    """A line without its bullet mark; `level` is that of a Markdown heading, or 0."""

    text: str = ""
    is_bullet: bool = False
    level: int = 0
    indent: int = 0
    width: int = 0
    follows_blank: bool = False

    @property
    def is_marked(self) -> bool:
        """True where Markdown marks it as a heading."""
        return self.level > 0

    @property
    def is_sentence(self) -> bool:
        """True where it reads like a sentence rather than a name."""
        words = len(self.text.split())
        return words > 14 or (words > 4 and self.text.endswith((".", ";", "!")))


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, wrapped ones joined, blank ones noted on the line that follows."""
    lines: list[Line] = []
    raws = [part for raw in text.translate(_UNSEEN).splitlines() for part in _cut(raw.expandtabs(8).rstrip())]
    widths = sorted(len(raw) for raw in raws if len(raw) > 20)
    wide = max(60, widths[int(len(widths) * 0.9)] if widths else 60)
    blank, mark = True, ""
    for words in raws:
        if re.fullmatch(r"\s*[•●▪◦‣\uf0b7]\s*", words):
            mark = "• "
            continue
        raw = mark + words if words.strip() else words
        mark = "" if words.strip() else mark
        if not raw.strip() or re.fullmatch(r"[\s\-–—_=*·•|#~.]+", raw):
            blank = True
            continue
        line = _line(raw, blank)
        if lines and not blank and _goes_on(lines[-1], line, wide):
            before = lines[-1]
            before.text += ("" if before.text.endswith("-") and line.text[:1].islower() else " ") + line.text
            before.width = line.width
        else:
            lines.append(line)
        blank = False
    return [line for line in lines if line.text]


def _cut(raw: str) -> list[str]:
    """Split a line into parts short enough for patterns, at word ends."""
    return [raw] if len(raw) <= LONGEST else re.findall(rf".{{1,{LONGEST}}}(?=\s|$)|\S{{{LONGEST}}}", raw)


def _line(raw: str, blank: bool) -> Line:
    mark = _MARK.match(raw)
    words = raw[mark.end() :] if mark else raw
    signs = re.match(r"\s*(#{1,6})\s+", words)
    if signs:
        words = words[signs.end() :]
    elif re.fullmatch(r"\s*(\*\*|__)[^*_]+\1:?\s*", words) and not mark:
        signs = re.match("()", "")
    words = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", words)
    words = re.sub(r"\*\*|__|`", "", words)
    words = re.sub(r"(?<![\w*])[*_]([^*_]+)[*_](?![\w*])", r"\1", words).strip()
    if _SPACED.fullmatch(words):
        words = " ".join(part.replace(" ", "") for part in re.split(r"  +", words))
    indent = len(mark["indent"]) if mark else len(raw) - len(raw.lstrip())
    level = len(signs[1]) if signs and signs[1] else 0
    return Line(words, bool(mark), level, indent, len(raw), blank)


def _goes_on(before: Line, line: Line, wide: int) -> bool:
    """Return whether a line continues the one before, which had no room for it."""
    if line.is_bullet or line.is_marked or before.is_marked or len(before.text) + len(line.text) > LONGEST:
        return False
    if line.text[:1].islower():
        return before.is_bullet or before.width >= wide * 0.6
    if span(line.text) or (not before.is_bullet and span(before.text)):
        return False
    if before.is_bullet and line.indent > before.indent:
        return True
    if before.text.endswith((".", ":", "!", "?")):
        return False
    if _OPEN_END.search(before.text) and before.width >= wide * 0.5:
        return True
    return before.width >= wide * 0.8 and (before.is_bullet or before.width >= 70)
