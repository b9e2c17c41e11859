"""Documents that can't be loaded: a message says where and why, and nothing is changed."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.support.people import Person
from tracker.errors import Conflict, Sorry
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.exports import archive_reader
from tracker.services.exports.archive_reader import read_document
from tracker.services.exports.document import row_counts, write_document
from tracker.services.exports.loading import load
from tracker.services.exports.reader_process import UploadedExport, read_isolated
from tracker.services.interviews.scheduling import schedule
from tracker.services.isolated_process import Unreadable
from tracker.services.priority.wishes_form import save as save_wishes


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since loading requests jobs."""


@pytest.fixture
def document(bob: Person) -> dict[str, Any]:
    """Return bob's export with an application, an interview and a contact."""
    application = bob.add_application("Bobcorp")
    bob.call(schedule, application, {"starts_at": "2026-11-05T14:30"})
    bob.call(add_contact, {"name": "Lena"}, application)
    file = io.BytesIO()
    bob.call(write_document, file)
    parsed: dict[str, Any] = json.loads(file.getvalue())
    return parsed


def read(document: dict[str, Any]) -> UploadedExport:
    return UploadedExport(*read_document(json.dumps(document).encode()))


def changed(row: dict[str, Any], **values: Any) -> dict[str, Any]:
    row.update(values)
    return row


@pytest.mark.parametrize(
    ("section", "values", "message"),
    [
        ("applications", {"user_id": "01890000-0000-7000-8000-000000000000"}, "/applications/0/user_id: This name isn't part of the format."),
        ("applications", {"stage": "hired"}, "/applications/0/stage: Input should be 'saved', 'applied'"),
        ("applications", {"company": ""}, "/applications/0/company: String should have at least 1 character."),
        ("applications", {"notes": "é" * 100_001}, "/applications/0/notes: String should have at most 100000 characters."),
        ("applications", {"notes": "a\x00b"}, "/applications/0/notes: Text can't contain NUL characters."),
        ("applications", {"id": "1"}, "/applications/0/id: Input should be a valid UUID"),
        ("applications", {"salary_from": "-1"}, "/applications/0/salary_from: Input should be greater than or equal to 0."),
        ("applications", {"salary_from": "1e999"}, "/applications/0/salary_from: "),
        ("applications", {"version": 10**12}, "/applications/0/version: Input should be less than"),
        ("applications", {"deadline": "9999-12-31"}, "/applications/0/deadline: Use a year from 1990 to 2100."),
        ("applications", {"created_at": "2026-11-03T10:00:00"}, "/applications/0/created_at: Input should have timezone info."),
        ("interviews", {"zone": "Mars/Olympus"}, "/interviews/0/zone: Use a time zone such as Europe/Berlin."),
        ("interviews", {"wall_time": "9999-12-31T23:59:00"}, "/interviews/0/wall_time: Use a year from 1990 to 2100."),
        ("events", {"particulars": {"name": "a\x00b"}}, "/events/0/particulars: Text can't contain NUL characters."),
        ("preferences", {"cadence": {"close": -1}}, "/preferences/0/cadence/close: Input should be greater"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_path(
    document: dict[str, Any], section: str, values: dict[str, Any], message: str
) -> None:
    changed(document[section][0], **values)
    with pytest.raises(Unreadable) as refused:
        read(document)
    assert refused.value.message.startswith("The export isn't valid. ")
    assert message in refused.value.message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda document: document.pop("contacts"), "/contacts: Field required."),
        (lambda document: document.update(secrets=[]), "/secrets: This name isn't part of the format."),
        (lambda document: document.update(version=2), "This export has a version of the format that this Pursuit doesn't know"),
        (lambda document: document.update(format="other"), "This file is no export of Pursuit"),
        (lambda document: document["preferences"].extend(document["preferences"]), "/preferences: List should have at most 1 item"),
        (lambda document: [changed(row, x=1) for row in document["events"]], "/events/0/x: "),
    ],
)  # fmt: skip
def test_a_wrong_structure_is_refused(document: dict[str, Any], change: Any, message: str) -> None:
    change(document)
    with pytest.raises(Unreadable) as refused:
        read(document)
    assert message in refused.value.message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "pursuit-export", "format": NaN}',
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="This file is no export of Pursuit"):
        read_isolated(content)


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_a_zip_file_without_a_document_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"neither a ZIP file with data\.json"):
        read_isolated(zipped("other.json", b"{}"))


def test_a_document_is_never_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_reader, "MAX_DOCUMENT_BYTES", 1000)
    with pytest.raises(Unreadable, match="larger than"):
        read_document(zipped("data.json", b" " * 1001))


def test_a_zip_bomb_and_a_flood_of_values_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"larger than 128 MB"):
        read_isolated(zipped("data.json", b" " * 200_000_000))
    with pytest.raises(Unreadable, match=r"no export of Pursuit|takes more time or memory"):
        read_isolated(b'{"format": "pursuit-export", "applications": [' + b"{}," * 17_000_000 + b"{}]}")


@pytest.mark.parametrize(
    ("section", "values", "rule"),
    [
        ("interviews", {"application_id": "01890000-0000-7000-8000-000000000000"}, "fk_interview_user_id_application_id"),
        ("applications", {"outcome": "rejected"}, "ck_application_outcome_only_when_closed"),
        ("applications", {"tags": ["x"] * 31}, "ck_application_tags"),
        ("interviews", {"round": 99}, "ck_interview_round"),
        ("preferences", {"currency": "€"}, "ck_preferences_currency"),
        ("preferences", {"week_start": 3}, "ck_preferences_week_start"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other_are_refused_and_nothing_is_loaded(
    charlie: Person, document: dict[str, Any], section: str, values: dict[str, Any], rule: str
) -> None:
    changed(document[section][0], **values)
    before = charlie.call(row_counts)
    with pytest.raises(Sorry) as refused:
        charlie.call(load, read(document))
    assert f"/{section}: a row contradicts itself or another one ({rule}" in refused.value.message
    assert charlie.call(row_counts) == before


def test_a_repeated_id_is_refused(charlie: Person, document: dict[str, Any]) -> None:
    document["contacts"] *= 2
    with pytest.raises(Sorry, match="/contacts: a row contradicts itself or another one"):
        charlie.call(load, read(document))


def test_an_event_that_no_page_could_show_is_refused(charlie: Person, document: dict[str, Any]) -> None:
    changed(document["events"][0], kind="stage.changed", particulars={"from": "nowhere"})
    with pytest.raises(Sorry, match="an event lacks particulars of its kind"):
        charlie.call(load, read(document))
    assert charlie.log() == []


@pytest.mark.parametrize(
    "enter",
    [
        lambda person: person.add_application(),
        lambda person: person.call(add_contact, {"name": "Ida"}),
        lambda person: person.call(save_wishes, {"wanted": "Go"}),
    ],
)
def test_an_account_with_data_is_left_as_it_is(alice: Person, document: dict[str, Any], enter: Any) -> None:
    enter(alice)
    before = alice.call(row_counts)
    with pytest.raises(Conflict, match="only be loaded into an empty account"):
        alice.call(load, read(document))
    assert alice.call(row_counts) == before


def test_sample_data_with_additions_is_not_replaced(alice: Person, document: dict[str, Any]) -> None:
    alice.add_application()
    alice.rows("UPDATE preferences SET has_sample = true RETURNING 1")
    with pytest.raises(Conflict, match="Remove the sample data in Today first"):
        alice.call(load, read(document))


def test_a_loaded_export_leaves_its_owner_alone(alice: Person, bob: Person, document: dict[str, Any]) -> None:
    before = bob.rows("SELECT * FROM application")
    alice.call(load, read(document))
    assert bob.rows("SELECT * FROM application") == before
    assert [row["user_id"] for row in alice.rows("SELECT user_id FROM application")] == [alice.user.user_id]
