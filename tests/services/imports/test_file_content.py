"""Tables read from files of every kind, and the messages for files that aren't tables."""

import json
from datetime import date, datetime

import pytest

from tests.support.import_files import (
    AMBIGUOUS,
    LINKEDIN_CONNECTIONS,
    archive,
    bomb,
    far_cell,
    linkedin_archive,
    workbook,
)
from tracker.services.imports import sheets
from tracker.services.imports.delimited_text import delimiter_of, rows_of
from tracker.services.imports.file_content import content_of
from tracker.services.imports.html_text import plain_text
from tracker.services.imports.sheets import FileContent
from tracker.services.isolated_process import Unreadable

SIMPLE = "Company,Role\nAcme,Engineer\n"


def rows(content: bytes | str) -> list[list[str]]:
    data = content.encode() if isinstance(content, str) else content
    (sheet,) = content_of(data).sheets
    return sheet.rows


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (SIMPLE, ","),
        ("Company\tRole\nAcme, Inc.\tEngineer, backend\n", "\t"),
        ("Company;Role;Salary\nAcme;Engineer;60,000\nGlobex;Analyst;70,000\n", ";"),
        ("Company|Role\nAcme|Engineer\n", "|"),
        ("Company\nAcme\n", ","),
        ("Company,Role,URL\nAcme,Engineer,https://a.example/?a=1;b=2;c=3\n" * 3, ","),
    ],
    ids=["comma", "tab", "semicolon", "pipe", "one column", "semicolons in an address"],
)
def test_the_delimiter_is_the_one_that_splits_lines_evenly(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_a_declared_delimiter_is_used_and_its_line_is_left_out() -> None:
    assert rows("sep=;\r\nCompany;Role\r\nAcme, Inc.;Engineer, senior\r\n") == [
        ["Company", "Role"],
        ["Acme, Inc.", "Engineer, senior"],
    ]


def test_a_quoted_cell_spans_lines_and_doubles_its_quotes() -> None:
    table = rows('Company,Notes\nAcme,"First line\nsaid ""hello"", twice"\n')
    assert table[1] == ["Acme", 'First line\nsaid "hello", twice']


def test_a_quote_that_never_ends_is_reported() -> None:
    with pytest.raises(Unreadable, match="quotation mark may not be closed"):
        list(rows_of('Company,Notes\nAcme,"' + "x" * 1_100_000))


def test_formulas_stay_text_and_their_apostrophe_is_removed() -> None:
    table = rows('Company,Notes\nAcme,"=HYPERLINK(""https://x.example"")"\nGlobex,\'=1+1\nIt\'s,\'quoted\n')
    assert [row[1] for row in table[1:]] == ['=HYPERLINK("https://x.example")', "=1+1", "'quoted"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Firma,Rolle\nMüller,Ärztin\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Firma,Rolle\nMüller,Ärztin\n".encode("utf-16"), "utf-16"),
        ("Firma,Rolle\nMüller,Ärztin\n".encode(), "utf-8"),
    ],
    ids=["bom", "utf-16", "utf-8"],
)
def test_a_certain_encoding_is_not_asked(content: bytes, encoding: str) -> None:
    read = content_of(content)
    assert (read.encoding, read.encodings) == (encoding, [])
    assert read.sheets[0].rows == [["Firma", "Rolle"], ["Müller", "Ärztin"]]


def test_an_encoding_with_one_reading_only_is_not_asked() -> None:
    read = content_of("Firma,Rolle\nMüller,Ärztin\nJäger,Köchin\n".encode("cp1252"))
    assert read.encodings == []
    assert read.sheets[0].rows[1] == ["Müller", "Ärztin"]


def test_a_doubtful_encoding_is_asked_with_the_lines_that_differ() -> None:
    content = "Firma,Rolle\nŁódź Żagiel,Inżynier oprogramowania\nŚwiat Książki,Kierownik działu\n".encode(
        "cp1250"
    )
    read = content_of(content)
    assert [choice.name for choice in read.encodings] == ["cp1252", "cp1250"]
    assert read.encodings[1].lines[0] == "Łódź Żagiel,Inżynier oprogramowania"
    assert content_of(content, "cp1250").sheets[0].rows[1] == ["Łódź Żagiel", "Inżynier oprogramowania"]


def test_a_workbook_gives_every_visible_sheet_with_dates_and_whole_numbers() -> None:
    content = workbook(
        [
            ["Company", "Applied", "Seen", "Rating"],
            ["Acme", date(2026, 3, 4), datetime.fromisoformat("2026-03-04T15:30"), 4.0],
        ],
        Contacts=[["Name"], ["Ann"]],
    )
    jobs, contacts = content_of(content).sheets
    assert jobs.rows[1] == ["Acme", "2026-03-04", "2026-03-04 15:30:00", "4"]
    assert (jobs.name, contacts.name, contacts.rows) == ("Jobs", "Contacts", [["Name"], ["Ann"]])


def test_a_table_that_starts_in_the_middle_of_a_sheet_keeps_its_row_numbers() -> None:
    assert rows(workbook([[], ["", "Company", "Role"], ["", "Acme", "Engineer"]])) == [
        [],
        ["Company", "Role"],
        ["Acme", "Engineer"],
    ]


def test_json_lists_become_tables() -> None:
    text = json.dumps(
        {
            "applications": [{"company": "Acme", "applied": None, "tags": ["a", "b"], "pay": {"from": 1}}],
            "n": 1,
        }
    )
    (sheet,) = content_of(text.encode()).sheets
    assert sheet.rows == [["company", "applied", "tags", "pay.from"], ["Acme", "", "a, b", "1"]]


def test_a_markdown_table_gives_its_cells_without_markup_and_its_link() -> None:
    text = "# Applications\n\n| # | Company | Role | Status |\n|---|---|:--|---|\n| 1 | **Acme** | [Engineer](https://x.example/1) | Applied |\n\nEnd\n"
    assert rows(text) == [
        ["#", "Company", "Role", "Status", "URL"],
        ["1", "Acme", "Engineer", "Applied", "https://x.example/1"],
    ]


def test_only_jobs_and_connections_of_linkedins_export_are_read() -> None:
    names = [sheet.name for sheet in content_of(linkedin_archive()).sheets]
    assert names == ["Job Applications.csv", "Saved Jobs.csv", "Connections.csv"]


def test_an_archive_of_other_programs_is_read_table_by_table() -> None:
    read = content_of(
        archive({"huntr/USER_JOBS.csv": SIMPLE, "readme.txt": "hello", "__MACOSX/._x.csv": "x"})
    )
    assert [sheet.rows for sheet in read.sheets] == [[["Company", "Role"], ["Acme", "Engineer"]]]


def test_markup_in_a_cell_becomes_text() -> None:
    markup = "<p>We&nbsp;build <b>maps</b>.</p><ul><li>Python</li><li>Go</li></ul><script>x()</script>"
    assert plain_text(markup) == "We build maps.\n\n- Python\n- Go"
    assert rows(f'Company,Description\nAcme,"{markup}"\n')[1][1].endswith("- Go")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"  \n", "This file is empty"),
        (b"Company,Role\nAc\x00me,Engineer\n", "isn't a text file or a table"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b"[1, 2]", "has no list of applications"),
        (b'{"jobs": [', "damaged"),
        (b"PK\x03\x04" + b"x" * 100, "damaged, or locked"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "damaged, or locked"),
        (archive({"readme.txt": "hello"}), "holds no table"),
        (bomb(), "unpacks to far more"),
        (far_cell(), "XFD1048576"),
        (",".join(f"c{n}" for n in range(10_000)).encode(), "10,000 columns"),
        (b"Company,Role\n" + b"Acme,Engineer\n" * 50_001, "more than 50,000 rows"),
    ],
    ids=[
        "empty", "nul", "pdf", "page", "numbers", "cut json", "no archive", "no workbook", "nothing", "bomb", "far cell", "wide",
        "long",
    ],
)  # fmt: skip
def test_a_file_that_holds_no_table_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        content_of(content)


def test_a_long_text_repeated_in_every_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CHARACTERS", 10_000)
    with pytest.raises(Unreadable, match="far more text"):
        rows("Company,Notes\n" + f"Acme,{'x' * 100}\n" * 101)


def test_an_answer_of_the_reader_is_limited_again() -> None:
    assert FileContent.of_plain(
        {"sheets": [{"name": 1, "rows": [["a", 2], "b"]}], "encodings": [{}]}
    ).sheets == [sheets.Sheet("", [["a"]])]
    with pytest.raises(Unreadable, match="201 columns"):
        FileContent.of_plain({"sheets": [{"rows": [["x"] * 201]}]})


def test_preambles_and_ambiguous_dates_are_left_to_the_mapping() -> None:
    assert rows(LINKEDIN_CONNECTIONS)[3][0] == "First Name"
    assert rows(AMBIGUOUS)[1] == ["Müller GmbH", "Ärztin", "03.04.2026", "Beworben", "65.000 €"]
