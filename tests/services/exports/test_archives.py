"""Exports of everything: requested, written by a job, downloaded once, loaded elsewhere."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.support.people import Person, newcomer
from tests.support.waiting_jobs import run_jobs
from tracker.db import scoped
from tracker.errors import Conflict, Invalid, NotFound, NotFresh
from tracker.models.archive import PART_BYTES
from tracker.services import sessions
from tracker.services.exports import archives
from tracker.services.exports.document import row_counts
from tracker.services.letters.versions import draft, edit
from tracker.services.profile.edits import add_bullet
from tracker.shapes.people import Who


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since requests enqueue jobs."""


def signed_in(person: Person) -> Who:
    user = sessions.find(sessions.open_session(person.user.user_id, "a browser"))
    assert user
    return user


def requested(person: Person, user: Who | None = None) -> str:
    """Request an export, let the job write it, and return its id."""
    with scoped(user or person.user) as scope:
        archives.request_export(scope)
    run_jobs(person.user)
    return str(person.rows("SELECT id FROM archive WHERE kind = 'export'")[0]["id"])


def content(person: Person, archive_id: str) -> bytes:
    with person.scope() as scope:
        return b"".join(archives.parts(scope, archive_id))


def uploaded(person: Person, file: bytes) -> str:
    return str(person.call(archives.store_upload, io.BytesIO(file)))


def test_an_archive_has_the_data_the_lists_and_the_letters(alice: Person) -> None:
    application = alice.add_application("Bright & Water", "=Engineer")
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    version = alice.call(draft, application)
    alice.call(edit, version, "Dear 田中 team")
    other = alice.add_application("Linear")
    alice.call(draft, other)
    with zipfile.ZipFile(io.BytesIO(content(alice, requested(alice)))) as archive:
        names = archive.namelist()
        assert names[:7] == [
            "README.txt", "schema.json", "data.json", "applications.csv", "contacts.csv", "interviews.csv",
            "account-history.csv",
        ]  # fmt: skip
        assert sorted(names[7:]) == [
            f"letters/bright-water-engineer-{application[-8:]}.docx",
            f"letters/bright-water-engineer-{application[-8:]}.txt",
            f"letters/linear-engineer-{other[-8:]}.docx",
            f"letters/linear-engineer-{other[-8:]}.pdf",
            f"letters/linear-engineer-{other[-8:]}.txt",
        ]
        assert (
            archive.read(f"letters/bright-water-engineer-{application[-8:]}.txt").decode() == "Dear 田中 team"
        )
        assert json.loads(archive.read("data.json"))["format"] == "pursuit-export"
        rows = list(csv.DictReader(io.StringIO(archive.read("applications.csv").decode("utf-8-sig"))))
        assert {row["role"] for row in rows} == {"'=Engineer", "Engineer"}
        assert b"export_requested" in archive.read("account-history.csv")


def test_an_archive_is_loaded_into_another_account(alice: Person) -> None:
    alice.add_application("Linear", posting_text="é" * 50_000)
    file = content(alice, requested(alice))
    other = newcomer("Other")
    uploaded(other, file)
    run_jobs(other.user)
    assert other.call(row_counts) == alice.call(row_counts)
    [row] = other.rows("SELECT summary, ready_at FROM archive WHERE kind = 'upload'")
    assert row["summary"] == "1 application, 0 interviews and 0 contacts loaded"
    assert other.rows("SELECT 1 FROM archive_part") == []
    assert [row["kind"] for row in other.rows("SELECT kind FROM audit_entry")] == ["export_loaded"]


def test_an_upload_that_cannot_be_loaded_fails_with_the_reason(charlie: Person) -> None:
    uploaded(charlie, b"PK nothing")
    run_jobs(charlie.user)
    [job] = charlie.rows("SELECT state, reason FROM job WHERE kind = 'load_export'")
    assert job["state"] == "failed"
    assert job["reason"].startswith("This file is no export of Pursuit")


@pytest.mark.parametrize(
    ("size", "problem"), [(0, "Choose an export"), (51 * 1024 * 1024, "more than 50 MB")]
)
def test_an_empty_or_large_upload_is_refused(charlie: Person, size: int, problem: str) -> None:
    with pytest.raises(Invalid, match=problem):
        uploaded(charlie, b" " * size)
    assert charlie.rows("SELECT 1 FROM archive") == []


def test_an_account_with_data_takes_no_upload(alice: Person) -> None:
    alice.add_application()
    with pytest.raises(Conflict, match="empty account"):
        uploaded(alice, b"{}")


def test_a_file_of_several_parts_is_put_together(charlie: Person) -> None:
    file = bytes(range(256)) * (PART_BYTES // 128 + 1)
    archive_id = uploaded(charlie, file)
    assert content(charlie, archive_id) == file
    assert len(charlie.rows("SELECT 1 FROM archive_part")) == 3


def test_an_export_needs_a_fresh_sign_in_and_so_does_its_download(alice: Person) -> None:
    user = signed_in(alice)
    archive_id = requested(alice, user)
    with time_machine.travel(alice.rows("SELECT now() AS at")[0]["at"] + timedelta(minutes=11)):
        for verb, arguments in ((archives.request_export, ()), (archives.begin_download, (archive_id,))):
            with pytest.raises(NotFresh), scoped(user) as scope:
                verb(scope, *arguments)
    assert alice.rows("SELECT downloaded_at FROM archive") == [{"downloaded_at": None}]


def test_a_download_is_repeated_only_by_its_session_and_for_ten_minutes(alice: Person) -> None:
    user, other = signed_in(alice), signed_in(alice)
    archive_id = requested(alice, user)

    def begin(by: Who) -> Any:
        with scoped(by) as scope:
            return archives.begin_download(scope, archive_id)

    size = begin(user)
    assert size == len(content(alice, archive_id)) == begin(user)
    with pytest.raises(NotFound, match="This export doesn't exist"):
        begin(other)
    alice.rows("UPDATE archive SET downloaded_at = downloaded_at - interval '11 minutes' RETURNING 1")
    with pytest.raises(NotFound):
        begin(user)
    kinds = [row["kind"] for row in alice.rows("SELECT kind FROM audit_entry ORDER BY id")]
    assert [kind for kind in kinds if kind.startswith("export")] == [
        "export_requested",
        "export_downloaded",
        "export_downloaded",
    ]


def test_another_users_archive_does_not_exist(alice: Person, bob: Person) -> None:
    archive_id = requested(bob)
    for verb in (archives.begin_download, archives.own_archive, lambda *args: list(archives.parts(*args))):
        for name in (archive_id, "nonsense"):
            with pytest.raises(NotFound, match="This export doesn't exist"):
                alice.call(verb, name)
    assert bob.rows("SELECT downloaded_at FROM archive") == [{"downloaded_at": None}]


def test_a_new_export_replaces_the_one_before(alice: Person) -> None:
    first = requested(alice)
    second = requested(alice)
    assert first != second
    with pytest.raises(NotFound):
        alice.call(archives.begin_download, first)
    assert {str(row["archive_id"]) for row in alice.rows("SELECT archive_id FROM archive_part")} == {second}


def test_a_job_whose_export_was_replaced_writes_nothing(alice: Person) -> None:
    alice.call(archives.request_export)
    alice.rows("DELETE FROM archive RETURNING 1")
    run_jobs(alice.user)
    assert alice.rows("SELECT state FROM job") == [{"state": "done"}]
    assert alice.rows("SELECT 1 FROM archive_part") == []


def test_an_expired_archive_is_gone_and_then_deleted(alice: Person) -> None:
    archive_id = requested(alice)
    alice.rows("UPDATE archive SET expires_at = '2026-11-01' RETURNING 1")
    with pytest.raises(NotFound):
        alice.call(archives.begin_download, archive_id)
    assert archives.expire() >= 1
    assert alice.rows("SELECT 1 FROM archive") == alice.rows("SELECT 1 FROM archive_part") == []


def test_an_export_that_is_not_ready_cannot_be_downloaded(alice: Person) -> None:
    alice.call(archives.request_export)
    archive_id = str(alice.rows("SELECT id FROM archive")[0]["id"])
    with pytest.raises(NotFound):
        alice.call(archives.begin_download, archive_id)


def test_the_uploads_of_a_user_are_no_downloads(charlie: Person) -> None:
    archive_id = uploaded(charlie, b"{}")
    with pytest.raises(NotFound):
        charlie.call(archives.begin_download, archive_id)
