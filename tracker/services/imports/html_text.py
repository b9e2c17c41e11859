"""Cells with HTML, such as descriptions of postings, as plain text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from tracker.services.imports.sheets import Sheet

_MARKUP = re.compile(r"</?(p|div|br|ul|ol|li|h[1-6]|strong|em|b|span|table|section|article)\b[^>]*>", re.I)
_BLOCKS = {
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
}
_HIDDEN = {"script", "style", "head", "title"}


def without_markup(sheet: Sheet) -> Sheet:
    """Return a table in which cells with HTML hold their text alone."""
    rows = [[plain_text(cell) if _MARKUP.search(cell) else cell for cell in row] for row in sheet.rows]
    return replace(sheet, rows=rows)


def plain_text(markup: str) -> str:
    """Return the text of HTML, with a line for each block and a dash before each item of a list."""
    reader = _TextReader()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _TextReader(HTMLParser):
    """Collects the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block or an item."""
        self.hidden += tag in _HIDDEN
        if tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block's line."""
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Add text, unless it is code or the page's head."""
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))
