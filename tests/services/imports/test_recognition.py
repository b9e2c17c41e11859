"""Recognition of files by their content: programs, columns, status words and orders of dates."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.support.import_files import (
    AMBIGUOUS,
    LINKEDIN_APPLICATIONS,
    LINKEDIN_CONNECTIONS,
    LINKEDIN_SAVED,
)
from tracker.services.imports.columns import fields_of
from tracker.services.imports.file_content import content_of
from tracker.services.imports.mappings import ImportMapping, proposed
from tracker.services.imports.moments import order_of, read_moment
from tracker.services.imports.status_words import status_of


def mapping_of(text: str) -> ImportMapping:
    return proposed(content_of(text.encode()), "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "source", "columns"),
    [
        (LINKEDIN_APPLICATIONS, "LinkedIn applications", ["applied_on", "", "", "company", "role", "posting_url", "", ""]),
        (LINKEDIN_SAVED, "LinkedIn saved jobs", ["saved_on", "posting_url", "role", "company"]),
        (LINKEDIN_CONNECTIONS, "LinkedIn connections", ["first_name", "last_name", "link", "email", "company", "role", "met_on"]),
        (
            "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,JobSource,Status\n1",
            "JobSync",
            ["", "saved_on", "", "applied_on", "company", "role", "employment", "workplace", "location", "source", "status"],
        ),
        (
            ('[{"company":"A","role":"B","lane":"x","status":"applied","link":"","location":"","salary":"","source":"","contact":"",'
            '"applied":"","followup":"","created":"","score":"8","notes":"","slug":"a-b"}]'),
            "OSApplyTrack",
            ["company", "role", "tags", "status", "posting_url", "location", "salary", "source", "contact", "applied_on", "follow_up_on",
             "saved_on", "", "notes", ""],
        ),
        (
            "| # | Date | Company | Role | Score | Status | PDF | Report | Notes |\n|---|---|---|---|---|---|---|---|---|\n| 1 | | A |",
            "career-ops",
            ["", "saved_on", "company", "role", "", "status", "", "", "notes", "posting_url"],
        ),
        ("Employer,Job Title,List,URL,Location,Salary,Date Saved,Notes\nA", "Huntr",
         ["company", "role", "status", "posting_url", "location", "salary", "saved_on", "notes"]),
        ("Company Name,Job Title,Status,Job URL,Location,Salary\nA", "Teal",
         ["company", "role", "status", "posting_url", "location", "salary"]),
        ("company,role,stage,outcome,posting_url,applied_on,salary_from,salary_to\nA", "Pursuit",
         ["company", "role", "status", "outcome", "posting_url", "applied_on", "salary_from", "salary_to"]),
        ("date,company,sector,role,role_type,channel,status,contact_person,fit_rating,notes\n2026-10-01", "",
         ["applied_on", "company", "industry", "role", "", "source", "status", "contact", "excitement", "notes"]),
    ],
    ids=["linkedin", "saved", "connections", "jobsync", "osapplytrack", "career-ops", "huntr", "teal", "pursuit", "own"],
)  # fmt: skip
def test_a_programs_file_is_recognized_with_its_columns(text: str, source: str, columns: list[str]) -> None:
    (sheet,) = mapping_of(text).sheets
    assert (sheet.source, sheet.columns) == (source, columns)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Comapny", "company"), ("Date applied (UTC)", "applied_on"), ("App. date", "applied_on"), ("Stellenbezeichnung", "role"),
        ("Société", "company"), ("Ubicación", "location"), ("Contact name", "contact"), ("Recruiter", "contact"), ("Posting date", ""),
        ("Date posted", ""), ("Interview date", ""), ("ID", ""), ("Job ID", ""), ("Salary expectations of mine", ""),
    ],
)  # fmt: skip
def test_a_header_is_recognized_only_where_it_is_certain(header: str, field: str) -> None:
    assert fields_of([header]) == [field]


def test_the_stronger_of_two_headers_gets_the_field() -> None:
    assert fields_of(["Date", "Date applied", "Title", "Job title"]) == ["", "applied_on", "", "role"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Wishlist", "saved"), ("✅", "applied"), ("Phone-screen", "screening"), ("OA", "screening"), ("Final round", "interviewing"),
        ("verbal offer", "offer"), ("Hired", "accepted"), ("Not selected", "rejected"), ("❌", "rejected"), ("I withdrew", "withdrawn"),
        ("no_response", "no_response"), ("Ghosted!", "no_response"), ("Position filled", "expired"), ("Closed: rejected", "rejected"),
        ("Closed (expired)", "expired"), ("Beworben", "applied"), ("Declined", ""), ("On hold", ""), ("pending", ""),
    ],
)  # fmt: skip
def test_a_status_word_with_one_meaning_is_known(word: str, status: str) -> None:
    assert status_of(word) == status


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-03", date(2026, 4, 3)), ("2026/4/3", date(2026, 4, 3)), ("20260403", date(2026, 4, 3)),
        ("2026-04-03T10:15:00Z", date(2026, 4, 3)), ("03.04.2026", date(2026, 4, 3)), ("3 Apr 2026", date(2026, 4, 3)),
        ("April 3rd, 2026", date(2026, 4, 3)), ("03-Apr-26", date(2026, 4, 3)), ("3 avril 2026", date(2026, 4, 3)),
        ("3. März 2026", date(2026, 3, 3)), ("3 de abril de 2026", date(2026, 4, 3)), ("Fri, Apr 3, 2026", date(2026, 4, 3)),
        ("46115", date(2026, 4, 3)), ("1775210400", date(2026, 4, 3)), ("5/5/2026", date(2026, 5, 5)),
        ("3/4/2026", None), ("Mar 2026", None), ("12:30", None), ("3", None), ("yesterday", None), ("2026-02-30", None),
        ("2026-13-01", None), ("0026-01-01", None), ("99999", None), ("", None),
    ],
)  # fmt: skip
def test_a_date_is_read_only_where_it_is_complete_and_certain(text: str, day: date | None) -> None:
    moment = read_moment(text)
    assert (moment.day if moment else None) == day


def test_a_chosen_order_decides_ambiguous_dates() -> None:
    first, second = read_moment("3/4/2026", "dmy"), read_moment("3/4/26, 8:15 PM", "mdy")
    assert first is not None
    assert first.day == date(2026, 4, 3)
    assert second is not None
    assert (second.day, second.clock) == (date(2026, 3, 4), time(20, 15))
    assert read_moment("31/4/2026", "mdy") is None


def test_times_are_read_in_the_chosen_zone_unless_they_state_an_offset() -> None:
    tokyo, berlin = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
    local, stated = read_moment("2026-04-03 01:00"), read_moment("2026-04-03T01:00:00+02:00")
    assert local is not None
    assert stated is not None
    assert local.instant(tokyo) == datetime.fromisoformat("2026-04-02T16:00+00:00")
    assert (local.local_day(tokyo, berlin), local.local_day(berlin, berlin)) == (
        date(2026, 4, 2),
        date(2026, 4, 3),
    )
    assert stated.instant(tokyo) == datetime.fromisoformat("2026-04-02T23:00+00:00")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["3/4/2026", "13/4/2026"], "dmy"), (["3/4/2026", "4/13/2026"], "mdy"), (["3/4/2026"], ""), (["13/4/2026", "4/13/2026"], ""),
        (["5/5/2026"], "dmy"), (["03.04.2026"], "dmy"), (["2026-04-03", ""], "dmy"), (["3-4-26"], ""),
    ],
)  # fmt: skip
def test_a_part_above_twelve_decides_the_order_of_a_column(texts: list[str], order: str) -> None:
    assert order_of(texts) == order


def test_an_ambiguous_column_and_an_unknown_word_are_left_open() -> None:
    mapping = mapping_of(AMBIGUOUS.replace("Interview", "On hold"))
    assert mapping.sheets[0].orders == {"2": ""}
    assert mapping.statuses == {
        "beworben": "applied",
        "applied": "applied",
        "rejected": "rejected",
        "on hold": "",
    }
    assert ImportMapping.of_plain(mapping.as_plain()) == mapping


def test_linkedins_dates_have_the_month_first_and_its_preamble_is_skipped() -> None:
    assert mapping_of(LINKEDIN_APPLICATIONS).sheets[0].orders == {"0": "mdy"}
    assert mapping_of(LINKEDIN_CONNECTIONS).sheets[0].header == 3


def test_a_table_about_something_else_is_skipped() -> None:
    assert mapping_of("Ingredient,Grams\nFlour,500\n").sheets[0].kind == "skipped"


def test_a_column_of_yes_and_no_is_no_date() -> None:
    (sheet,) = mapping_of(
        "Company,Role,Applied?,Date\nAcme,Engineer,yes,2026-10-01\nGlobex,Analyst,no,\n"
    ).sheets
    assert sheet.columns == ["company", "role", "", "applied_on"]
