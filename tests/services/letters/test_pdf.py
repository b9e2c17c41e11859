"""Letters as PDF: complete text, embedded font and the right paper size, however odd the text."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tracker.errors import Sorry
from tracker.services.letters.pdf_export import FONT_FILE, as_pdf, paper, without_glyph

A4, LETTER = (595, 842), (612, 792)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> list[str]:
    return " ".join(page.extract_text() for page in read(pdf).pages).split()


@pytest.mark.parametrize(
    "written",
    [
        "Dear <b>Smith & Sons</b> &amp; co; 3 < 4 > 2 <br/> <para> <img src='x'/>",
        "Žluťoučký kůň, Łódź, Đặng Thị, ñandú – “quoted”, ½ of 10 000 €",
        "Αγαπητοί κύριοι,\nУкраїна, Київ, ёлка",
        "One\nTwo\n \nThree\tfour   five",
    ],
)
def test_the_pdf_has_the_words_of_the_letter(written: str) -> None:
    assert (
        words(as_pdf(["Dear team,", written, "Kind regards\nAnn"]))
        == f"Dear team, {written} Kind regards Ann".split()
    )


def test_line_breaks_are_kept_and_paragraphs_are_separated() -> None:
    lines: list[tuple[str, float]] = []

    def note(text: str, page: list[float], at: list[float], *rest: object) -> None:
        if text.strip():
            lines.append((text.strip(), page[5] + at[5]))

    read(as_pdf(["Kind regards\nAnn", "PS"])).pages[0].extract_text(visitor_text=note)
    assert [line for line, _ in lines] == ["Kind regards", "Ann", "PS"]
    (_, first), (_, second), (_, third) = lines
    assert 0 < first - second < second - third


def test_every_font_in_it_is_embedded() -> None:
    fonts = [
        font.get_object()
        for page in read(as_pdf(["Dear team", "Жук & ώρα"])).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("Carlito" in font["/BaseFont"] for font in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)
    assert (FONT_FILE.parent / "OFL.txt").read_text().startswith("Copyright (c) 2010-2013 by tyPoland")


@pytest.mark.parametrize(
    ("locale", "sheet"),
    [("en-GB", A4), ("de-DE", A4), ("en-US", LETTER), ("en-CA", LETTER), ("fr-CA", LETTER), ("es-MX", LETTER),
     ("es-AR", A4), ("zh-TW", A4), ("nonsense", A4), ("en", A4)],
)  # fmt: skip
def test_the_paper_is_the_countrys(locale: str, sheet: tuple[int, int]) -> None:
    assert tuple(round(side) for side in paper(locale)) == sheet
    box = read(as_pdf(["Dear team"], locale=locale)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == sheet


def test_the_metadata_of_a_pdf_names_title_and_author() -> None:
    about = read(
        as_pdf(["Dear team"], title="Cover letter: Chef <de> & “partie”", author="Zoë (née Å)")
    ).metadata
    assert about is not None
    assert (about.title, about.author) == ("Cover letter: Chef <de> & “partie”", "Zoë (née Å)")
    assert (about.subject, about.creator) == ("", "")


def test_a_long_letter_flows_over_pages_and_loses_nothing() -> None:
    letter = [f"Paragraph {number}: " + "the quick brown fox jumps. " * 12 for number in range(50)]
    pdf = as_pdf(letter)
    assert len(read(pdf).pages) > 3
    assert words(pdf) == " ".join(letter).split()


@pytest.mark.parametrize("lines", range(36, 46))
def test_no_page_ends_between_the_regards_and_the_name(lines: int) -> None:
    pages = read(as_pdf(["\n".join(["line"] * lines), "Kind regards\nAnn"])).pages
    assert sum("Kind regards\nAnn" in page.extract_text() for page in pages) == 1


def test_an_endless_word_is_broken_at_the_end_of_the_line() -> None:
    pdf = as_pdf(["x" * 20_000, "W" * 5_000 + " " + "i" * 900])
    assert "".join(words(pdf)) == "x" * 20_000 + "W" * 5_000 + "i" * 900
    assert max(map(len, words(pdf))) < 400


def test_a_letter_of_nothing_but_line_breaks_takes_no_minutes() -> None:
    begun = time.perf_counter()
    assert len(read(as_pdf(["a\n" * 9_999])).pages) > 100
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("text", "named"), [("✓ done ✓ ★", "✓ ★"), ("田中", "田 中"), ("🙂", "🙂"), ("שלום", "ש ל ו ם")]
)
def test_a_sign_that_the_font_lacks_is_named_and_never_drawn_as_a_box(text: str, named: str) -> None:
    assert without_glyph(text) == f"The PDF font lacks {named}. Download Word or Text instead."
    with pytest.raises(Sorry, match="font lacks"):
        as_pdf(["Dear team", text])


def test_a_few_of_many_missing_characters_are_named() -> None:
    assert "日 本 語 で 書 い た 手 and others." in without_glyph("日本語で書いた手紙です")


def test_invisible_characters_do_not_prevent_a_pdf() -> None:
    written = "co\u00adoperate e\u0301lan well\u2011known a\u200bb 40\u202f% \ufeffx"
    assert without_glyph(written) == ""
    assert words(as_pdf([written])) == ["cooperate", "élan", "well-known", "ab", "40", "%", "x"]


@settings(max_examples=150)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=80), max_size=6))
def test_any_text_at_all_is_a_pdf_or_says_why_it_is_none(paragraphs: list[str]) -> None:
    if without_glyph("\n".join(paragraphs)):
        with pytest.raises(Sorry):
            as_pdf(paragraphs)
    else:
        assert as_pdf(paragraphs).startswith(b"%PDF-")
