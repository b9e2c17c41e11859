"""Job that parses a resume: real files of each kind, and malicious ones."""

import io
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy import text

from tests.support.people import Person
from tests.support.resume_files import docx, pdf
from tracker.db import scoped
from tracker.errors import Invalid
from tracker.services import isolated_process
from tracker.services.resume import imports, reader_process, review
from tracker.shapes.people import Who
from tracker.shapes.profile_page import Review
from worker.jobs import carry_out


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def blank_pages(number: int) -> bytes:
    writer, buffer = PdfWriter(), io.BytesIO()
    for _ in range(number):
        writer.add_blank_page(200, 200)
    writer.write(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a Word file of a few kilobytes that unpacks to 1 GB."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(1024 * 1024))
    return buffer.getvalue()  # fmt: skip


def deep_stream() -> bytes:
    """Return a PDF with one page that unpacks to 400 MB."""
    import zlib

    press, packed = zlib.compressobj(9), b""
    for _ in range(400):
        packed += press.compress(b" " * 1024 * 1024)
    packed += press.flush()
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj 4 0 obj<</Filter/FlateDecode/Length "
        + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )  # fmt: skip


def import_file(user: Who, content: bytes, name: str = "resume.pdf") -> Review:
    """Store a file, run its job, and return the review."""
    with scoped(user) as scope:
        imports.store_file(scope, content, name)
    carry_out(str(user.user_id), str(job(user)["id"]))
    with scoped(user) as scope:
        return review.review(scope)


def job(user: Who) -> dict[str, Any]:
    with scoped(user) as scope:
        return dict(scope.rows(text("SELECT * FROM job ORDER BY requested_at DESC, id DESC LIMIT 1"))[0])


def test_a_pdf_is_read(alice: Person) -> None:
    outcome = import_file(alice.user, pdf())
    assert [position.title for position in outcome.positions] == [
        "Senior Backend Engineer",
        "Backend Engineer",
        "MSc Computer Science",
    ]
    assert [len(position.bullets) for position in outcome.positions] == [2, 2, 0]
    assert job(alice.user)["state"] == "done"


def test_a_word_file_is_read_with_its_lists_and_tables(alice: Person) -> None:
    outcome = import_file(alice.user, docx(), "cv.docx")
    assert [(p.title, p.organisation, p.begun, len(p.bullets)) for p in outcome.positions] == [
        ("Operations Manager", "Northwind Ltd", "2018-06", 2), ("BA Business", "University of Leeds", "2011", 0),
    ]  # fmt: skip


def test_a_second_run_of_a_finished_import_changes_nothing(alice: Person) -> None:
    outcome = import_file(alice.user, pdf())
    carry_out(str(alice.user.user_id), str(job(alice.user)["id"]))
    with scoped(alice.user) as scope:
        assert review.review(scope) == outcome


def test_a_replaced_resume_is_not_read(alice: Person) -> None:
    with scoped(alice.user) as scope:
        imports.store_file(scope, pdf(), "old.pdf")
    old = job(alice.user)
    outcome = import_file(alice.user, docx(), "new.docx")
    carry_out(str(alice.user.user_id), str(old["id"]))
    with scoped(alice.user) as scope:
        assert review.review(scope) == outcome
        states = [row["state"] for row in scope.rows(text("SELECT state FROM job"))]
    assert states == ["done", "done"]


@pytest.mark.parametrize(
    ("make", "reasons"),
    [
        (locked, "locked with a password"), (lambda: blank_pages(1), "pages are images"), (lambda: blank_pages(500), "500 pages"),
        (lambda: pdf()[:400], "damaged"), (lambda: b"%PDF-1.7\n" + b"\x00\xff" * 5000, "damaged"), (bomb, "unpacks to far more"),
        (lambda: docx()[:2000] + b"word/", "damaged"), (deep_stream, "damaged|more time or memory|pictures"),
    ],
    ids=["locked", "scanned", "long", "cut", "rubbish", "bomb", "cut-docx", "deep"],
)  # fmt: skip
def test_an_unreadable_file_gives_its_reason(alice: Person, make: Any, reasons: str) -> None:
    outcome = import_file(alice.user, make())
    assert outcome.state == "failed"
    assert any(part in outcome.reason for part in reasons.split("|")), outcome.reason
    assert (job(alice.user)["state"], job(alice.user)["reason"]) == ("failed", outcome.reason)


def test_a_page_of_the_web_called_a_pdf_is_refused_at_once(alice: Person) -> None:
    with pytest.raises(Invalid, match="web page"):
        import_file(alice.user, b"<!DOCTYPE html><html><body>Hello</body></html>")


def test_a_reader_that_takes_too_long_is_ended(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_process, "SECONDS", 0.01)
    outcome = import_file(alice.user, pdf())
    assert outcome.reason == reader_process.TOO_MUCH


def test_the_reader_knows_no_secret_of_ours(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(*args: Any, **options: Any) -> Any:
        seen.update(options["env"])
        raise ValueError

    monkeypatch.setattr(isolated_process.subprocess, "run", run)
    import_file(alice.user, pdf())
    assert seen.keys() <= {"PATH", "LANG", "PYTHONPATH"}
