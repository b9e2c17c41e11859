"""Jobs that read and apply an import: real files, malicious ones, and repetition."""

from typing import Any

import pytest

from tests.support.import_files import AMBIGUOUS, bomb, far_cell, linkedin_archive
from tests.support.people import Person
from tests.support.waiting_jobs import run_jobs
from tracker.services.imports.data_imports import change, request_apply, store_file
from tracker.services.imports.import_page import import_page, past_imports
from tracker.services.imports.undo_import import undo
from tracker.shapes.imports import ImportPage
from worker.jobs import carry_out


def read(person: Person, content: bytes, name: str = "jobs.zip") -> ImportPage:
    """Store a file, run its job, and return its import."""
    import_id = person.call(store_file, content, name)
    run_jobs(person.user)
    return person.call(import_page, import_id)


def test_an_import_is_read_applied_reported_and_undone(alice: Person) -> None:
    page = read(alice, linkedin_archive())
    assert (page.state, page.summary, page.can_apply) == ("ready", "5 new", True)
    alice.call(request_apply, page.id)
    run_jobs(alice.user)
    page = alice.call(import_page, page.id)
    assert (page.state, page.summary, page.can_undo) == ("applied", "5 new", True)
    assert {row["door"] for row in alice.rows("SELECT door FROM event")} == {"import"}
    assert len(alice.rows("SELECT 1 FROM priority")) == 3
    alice.call(undo, page.id)
    assert alice.rows("SELECT 1 FROM application") == []
    assert [item.summary for item in alice.call(past_imports)] == ["Undone"]


def test_a_second_run_of_the_jobs_changes_nothing(alice: Person) -> None:
    page = read(alice, linkedin_archive())
    alice.call(request_apply, page.id)
    run_jobs(alice.user)
    before = alice.rows("SELECT * FROM application ORDER BY id")
    for job in alice.rows("SELECT id FROM job"):
        carry_out(str(alice.user.user_id), str(job["id"]))
    assert alice.rows("SELECT * FROM application ORDER BY id") == before


def test_a_chosen_encoding_reads_the_file_again(alice: Person) -> None:
    content = "Firma,Rolle\nŁódź Żagiel,Inżynier oprogramowania\nŚwiat Książki,Kierownik działu\n".encode(
        "cp1250"
    )
    page = read(alice, content)
    assert ([item.value for item in page.encodings], page.can_apply) == (["cp1252", "cp1250"], False)
    alice.call(change, page.id, {"encoding": "cp1250"})
    run_jobs(alice.user)
    page = alice.call(import_page, page.id)
    assert (page.encoding, page.can_apply, page.rows[0].title) == (
        "cp1250", True, "Inżynier oprogramowania at Łódź Żagiel",
    )  # fmt: skip


def test_an_ambiguous_order_is_shown_with_both_readings(alice: Person) -> None:
    (question,) = read(alice, AMBIGUOUS.encode()).date_questions
    assert question.day_first[:2] == ["3/4/2026 is Fri 3 Apr 2026", "5/6/2026 is Fri 5 Jun 2026"]
    assert question.month_first[:2] == ["3/4/2026 is Wed 4 Mar 2026", "5/6/2026 is Wed 6 May 2026"]


def test_the_rows_are_shown_by_verdict_and_by_page(alice: Person) -> None:
    lines = [f"Company {number},Engineer,saved" for number in range(120)]
    page = read(alice, "\n".join(["Company,Role,Status", *lines, ",Engineer,saved"]).encode())
    assert (len(page.rows), page.last, page.counts["problem"]) == (50, 3, "1")
    page = alice.call(import_page, page.id, "problem", 9)
    assert [(row.number, row.detail) for row in page.rows] == [(122, "The company is missing.")]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, "unpacks to far more"), (far_cell, "XFD1048576"), (lambda: b"PK\x03\x04 cut", "damaged"),
        (lambda: b"Company\x00,Role\n", "isn't a text file"), (lambda: b"<html></html>", "web page"),
    ],
    ids=["bomb", "far cell", "cut", "nul", "page"],
)  # fmt: skip
def test_a_file_that_is_no_table_gives_its_reason_and_is_deleted(
    alice: Person, make: Any, reason: str
) -> None:
    page = read(alice, make())
    assert page.state == "failed"
    assert reason in page.reason
    assert alice.rows("SELECT content FROM data_import") == [{"content": None}]
    assert alice.rows("SELECT 1 FROM application") == []
