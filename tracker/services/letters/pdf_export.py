"""A letter as a PDF, on the paper of the user's country, in a font that ships with Pursuit."""

import io
import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from tracker.errors import Sorry
from tracker.shapes.dates import known_locale

FONT = "Carlito"
"""Metrically compatible with the font of the Word document, for the same line breaks."""
FONT_FILE = Path(__file__).resolve().parents[2] / "fonts" / "Carlito-Regular.ttf"
SIZE, LEADING = 11, 15
MAX_LISTED = 8
"""Maximum number of unsupported characters that a message lists."""
MAX_KEPT_TOGETHER = 8
"""Longest paragraph in lines, such as a signature, that isn't split across pages."""
LETTER_COUNTRIES = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
"""Countries where paper is Letter rather than A4, by the Unicode locale data."""
_AS = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
)


def _registered() -> frozenset[int]:
    """Register the font; return the code points it has a glyph for."""
    font = TTFont(FONT, FONT_FILE)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


_GLYPHS = _registered()


def paper(locale: str) -> tuple[float, float]:
    """Return the paper's width and height for a locale, in points."""
    width, height = LETTER if known_locale(locale).territory in LETTER_COUNTRIES else A4
    return width, height


def without_glyph(text: str) -> str:
    """Return why a text can't be exported, with the characters that the font lacks; empty when it can."""
    missing = list(
        dict.fromkeys(
            character for character in _drawn(text) if ord(character) not in _GLYPHS and character != "\n"
        )
    )
    if not missing:
        return ""
    listing = " ".join(missing[:MAX_LISTED]) + (" and others" if len(missing) > MAX_LISTED else "")
    return f"The PDF font lacks {listing}. Download Word or Text instead."


def as_pdf(paragraphs: list[str], *, title: str = "", author: str = "", locale: str = "en-GB") -> bytes:
    """Return a PDF of a letter's paragraphs; raises Sorry when the font lacks a character."""
    if problem := without_glyph("\n".join(paragraphs)):
        raise Sorry(problem)
    size = width, height = paper(locale)
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=size, title=title, author=author, subject="", creator="", initialFontName=FONT, displayDocTitle=1
    )  # fmt: skip
    text = Frame(inch, inch, width - 2 * inch, height - 2 * inch, *[0] * 4)
    document.addPageTemplates(PageTemplate("letter", [text]))
    document.build([line for paragraph in paragraphs for line in _lines(_drawn(paragraph))] or [Spacer(0, 0)])
    return buffer.getvalue()


def _lines(paragraph: str) -> list[Flowable]:
    """Return a paragraph line by line, since the cost of breaks within one flowable is quadratic."""
    plain = ParagraphStyle(
        "line", fontName=FONT, fontSize=SIZE, leading=LEADING, allowWidows=0, allowOrphans=0
    )
    lines = [_line(line, plain) for line in paragraph.split("\n")]
    return [*(lines if len(lines) > MAX_KEPT_TOGETHER else [KeepTogether(lines)]), Spacer(0, LEADING * 0.7)]


def _line(written: str, style: ParagraphStyle) -> Flowable:
    return Paragraph(escape(written), style) if written.strip() else Spacer(0, LEADING)


def _drawn(text: str) -> str:
    """Return a text as it is drawn: composed, in the font's hyphens and spaces, without invisible ones."""
    composed = unicodedata.normalize("NFC", text).translate(_AS)
    return "".join(character for character in composed if character == "\n" or not _is_invisible(character))


def _is_invisible(character: str) -> bool:
    """Return whether a character is invisible: a control, a joiner, a soft hyphen, a variation selector."""
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"
