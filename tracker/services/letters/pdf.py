"""A letter as a PDF, on the paper of the person's country, in a font that goes along with the file."""

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
"""As wide as the font of the Word document, so that both have the same lines."""
FILE = Path(__file__).resolve().parents[2] / "fonts" / "Carlito-Regular.ttf"
SIZE, LEADING = 11, 15
NAMED = 8
"""Signs without a glyph that are named."""
BLOCK = 8
"""Lines of a paragraph, such as the signature with its name, that no page's end parts."""
LETTER_COUNTRIES = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
"""Where paper is Letter and not A4, by the Unicode locale data."""
_AS = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
)


def _registered() -> frozenset[int]:
    """The code points that the font has a glyph for, once it is there to draw with."""
    font = TTFont(FONT, FILE)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


_GLYPHS = _registered()


def paper(locale: str) -> tuple[float, float]:
    """The width and height of a sheet where that locale is at home, in points."""
    return LETTER if known_locale(locale).territory in LETTER_COUNTRIES else A4


def without_glyph(text: str) -> str:
    """Why there is no PDF of a text, which would have holes: the signs that its font lacks; empty when it has them all."""
    lacked = list(dict.fromkeys(sign for sign in _drawn(text) if ord(sign) not in _GLYPHS and sign != "\n"))
    if not lacked:
        return ""
    named = " ".join(lacked[:NAMED]) + (" and others" if len(lacked) > NAMED else "")
    return f"No PDF, since its font lacks {named}. Word and Text have every sign."


def as_pdf(paragraphs: list[str], *, title: str = "", author: str = "", locale: str = "en-GB") -> bytes:
    """A PDF of a letter's paragraphs, line breaks kept; Sorry when its font lacks a sign of them."""
    if why := without_glyph("\n".join(paragraphs)):
        raise Sorry(why)
    sheet = width, height = paper(locale)
    kept = io.BytesIO()
    document = BaseDocTemplate(
        kept, pagesize=sheet, title=title, author=author, subject="", creator="", initialFontName=FONT, displayDocTitle=1
    )  # fmt: skip
    text = Frame(inch, inch, width - 2 * inch, height - 2 * inch, *[0] * 4)
    document.addPageTemplates(PageTemplate("letter", [text]))
    document.build([line for paragraph in paragraphs for line in _lines(_drawn(paragraph))] or [Spacer(0, 0)])
    return kept.getvalue()


def _lines(paragraph: str) -> list[Flowable]:
    """A paragraph line by line, each of which wraps by itself: many breaks in one flowable cost it their square."""
    plain = ParagraphStyle(
        "line", fontName=FONT, fontSize=SIZE, leading=LEADING, allowWidows=0, allowOrphans=0
    )
    lines = [_line(line, plain) for line in paragraph.split("\n")]
    return [*(lines if len(lines) > BLOCK else [KeepTogether(lines)]), Spacer(0, LEADING * 0.7)]


def _line(written: str, style: ParagraphStyle) -> Flowable:
    return Paragraph(escape(written), style) if written.strip() else Spacer(0, LEADING)


def _drawn(text: str) -> str:
    """A text as it is drawn: composed, with the font's own hyphens and spaces, and without what has no look."""
    composed = unicodedata.normalize("NFC", text).translate(_AS)
    return "".join(sign for sign in composed if sign == "\n" or not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    """Whether a sign only steers others: a control, a joiner, a soft hyphen, a choice of look."""
    return unicodedata.category(sign) in ("Cc", "Cf") or "\ufe00" <= sign <= "\ufe0f"
