"""Dry runs: each row is new, an update, the same, or a problem with its reason."""

import pytest

from tests.support.import_files import (
    AMBIGUOUS,
    LINKEDIN_APPLICATIONS,
    LINKEDIN_CONNECTIONS,
    linkedin_archive,
)
from tests.support.import_steps import checked_import, checked_rows, verdicts
from tests.support.people import Person
from tracker.errors import Conflict, Invalid
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.imports.data_imports import change, discard, request_apply, store_file, store_text

HEADERS = "Company,Role,Status,Date applied,URL,Salary,Notes\n"


def check(person: Person, *lines: str) -> list[tuple[str, str]]:
    return verdicts(person, checked_import(person, HEADERS + "\n".join(lines)))


def test_a_new_row_is_named_with_its_status(alice: Person) -> None:
    import_id = checked_import(alice, HEADERS + "Acme,Engineer,Interview,2026-10-01,,,\n")
    (row,) = checked_rows(alice, import_id)
    assert (row["title"], row["number"], row["verdict"], row["detail"]) == (
        "Engineer at Acme",
        2,
        "new",
        "Interviewing",
    )
    assert alice.rows("SELECT 1 FROM application") == []
    assert alice.log() == []


def test_the_same_posting_is_the_same_application_whatever_its_name(alice: Person) -> None:
    alice.add_application("Acme", "Engineer", posting_url="https://www.linkedin.com/jobs/view/2/?trk=x")
    assert check(alice, "ACME Inc.,Software engineer,saved,,http://linkedin.com/jobs/view/2,,") == [
        ("same", "Already in Pursuit")
    ]


def test_the_same_role_at_the_same_employer_is_the_same_application(alice: Person) -> None:
    alice.add_application("Acme GmbH", "Backend Engineer", "applied", applied_on="2026-10-01")
    rows = check(
        alice,
        "ACME,backend engineer,applied,2026-10-01,,,",
        "ACME,backend engineer,applied,2026-08-01,,,",
        "Acme,Frontend Engineer,saved,,,,",
    )
    assert [verdict for verdict, _ in rows] == ["same", "new", "new"]


def test_two_postings_of_one_board_are_two_applications(alice: Person) -> None:
    rows = check(
        alice,
        "Acme,Engineer,saved,,https://www.linkedin.com/jobs/view/1,,",
        "Acme,Engineer,saved,,https://www.linkedin.com/jobs/view/2,,",
    )
    assert [verdict for verdict, _ in rows] == ["new", "new"]


def test_an_update_fills_what_is_empty_and_moves_forward(alice: Person) -> None:
    alice.add_application("Acme", "Engineer", "applied", applied_on="2026-10-01", notes="Mine")
    assert check(alice, "Acme,Engineer,Interview,2026-10-01,https://a.example/1,65k EUR,Theirs") == [
        (
            "update",
            "Adds the job posting URL and the salary; moves to Interviewing",
        )
    ]


def test_a_stage_never_moves_backwards(alice: Person) -> None:
    alice.add_application("Acme", "Engineer", "offer", applied_on="2026-10-01")
    assert check(alice, "Acme,Engineer,Applied,2026-10-01,,,") == [("same", "Already in Pursuit")]


def test_a_row_repeated_in_the_file_is_recognized(alice: Person) -> None:
    rows = check(
        alice,
        "Acme,Engineer,Applied,2026-10-01,,,",
        "Acme,Engineer,Applied,2026-10-01,,,",
        "Acme,Engineer,Rejected,2026-10-01,,,Too slow",
    )
    assert rows[1:] == [
        ("same", "Repeats row 2"),
        ("update", "Adds to row 2: Adds the notes; moves to Closed as rejected"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Engineer,saved,,,,", "The company is missing."),
        ("Acme,,saved,,,,", "The role is missing."),
        (f"{'x' * 201},Engineer,saved,,,,", "Company: At most 200 characters; this has 201."),
        ("Acme,Engineer,Applied,2026-02-30,,,", "“2026-02-30” isn't a date that can be read."),
        ("Acme,Engineer,Applied,2027-01-01,,,", "A date of what has happened is in the future."),
        ("Acme,Engineer,On hold,,,,", "Choose what the status “On hold” means."),
        ("Acme,Engineer,Declined,,,,", "Choose what the status “Declined” means."),
    ],
)
def test_a_problem_has_its_reason(alice: Person, line: str, reason: str) -> None:
    assert check(alice, line) == [("problem", reason)]


def test_text_that_a_field_does_not_accept_goes_to_the_notes(alice: Person) -> None:
    import_id = checked_import(
        alice, "Company,Role,Salary,Excitement,Location\nAcme,Engineer,competitive,9,Berlin\n"
    )
    assert verdicts(alice, import_id) == [("new", "Saved")]


def test_an_ambiguous_order_is_asked_and_the_answer_is_used(alice: Person) -> None:
    import_id = checked_import(alice, AMBIGUOUS)
    assert [verdict for verdict, _ in verdicts(alice, import_id)] == ["new", "problem", "problem", "problem"]
    with pytest.raises(Invalid) as refused:
        alice.call(request_apply, import_id)
    assert list(refused.value.fields) == ["0.orders.2"]
    answered = checked_import(alice, AMBIGUOUS, **{"0__orders__2": "dmy"})
    assert [verdict for verdict, _ in verdicts(alice, answered)] == ["new"] * 4


def test_a_status_word_can_be_given_a_meaning(alice: Person) -> None:
    import_id = checked_import(
        alice, HEADERS + "Acme,Engineer,On hold,,,,\n", **{"statuses__on hold": "screening"}
    )
    assert verdicts(alice, import_id) == [("new", "Screening")]


def test_a_column_can_be_imported_as_another_field(alice: Person) -> None:
    text = "Company,Role,Remark of mine\nAcme,Engineer,Nice\n"
    import_id = checked_import(alice, text, **{"0__columns__2": "notes"})
    assert alice.row("data_import", import_id)["mapping"]["sheets"][0]["columns"] == [
        "company",
        "role",
        "notes",
    ]
    alice.call(change, import_id, {"0.columns.1": "notes"})
    assert alice.row("data_import", import_id)["mapping"]["sheets"][0]["columns"] == ["company", "notes", ""]


def test_a_table_of_people_can_be_imported_as_contacts(alice: Person) -> None:
    text = "Name,Company,Email\nAnn Lee,Acme,ann@acme.example\n"
    import_id = checked_import(alice, text, **{"0__kind": "contacts"})
    assert verdicts(alice, import_id) == [("new", "Contact")]
    assert alice.row("data_import", import_id)["mapping"]["sheets"][0]["columns"] == [
        "name",
        "company",
        "email",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"0.columns.9": "notes"}, {"0.columns.1": "password"}, {"0.orders.0": "dmy"}, {"9.kind": "contacts"}, {"0.kind": "users"},
        {"statuses.on hold": "won"}, {"statuses.nothing": "saved"}, {"timezone": "Mars"}, {"encoding": "cp1252"}, {"content": "x"},
    ],
)  # fmt: skip
def test_an_unknown_part_or_value_is_refused(alice: Person, changes: dict[str, str]) -> None:
    import_id = checked_import(alice, HEADERS + "Acme,Engineer,On hold,,,,\n")
    with pytest.raises(Invalid, match="Choose one of the listed values"):
        alice.call(change, import_id, changes)


def test_linkedins_archive_gives_applications_and_contacts(alice: Person) -> None:
    import_id = checked_import(alice, linkedin_archive())
    assert alice.row("data_import", import_id)["counts"] == {"new": 5, "update": 0, "same": 0, "problem": 0}
    assert [row["title"] for row in checked_rows(alice, import_id)] == [
        "Backend Engineer at Acme, Inc.", "Data Engineer at Globex", "Product Engineer at Northwind", "Ann Lee", "Jo Park",
    ]  # fmt: skip


def test_a_known_contact_is_completed_and_never_replaced(alice: Person) -> None:
    alice.call(add_contact, {"name": "Ann L.", "email": "ANN@acme.example", "role": "Head of people"})
    assert verdicts(alice, checked_import(alice, LINKEDIN_CONNECTIONS)) == [
        ("update", "Adds the company and the link"),
        ("new", "Contact"),
    ]


def test_a_new_file_replaces_one_that_was_not_applied(alice: Person) -> None:
    checked_import(alice, LINKEDIN_APPLICATIONS)
    import_id = alice.call(store_text, "Company,Role\nAcme,Engineer")
    assert [str(row["id"]) for row in alice.rows("SELECT id FROM data_import")] == [import_id]
    assert alice.call(discard, import_id) == "Import discarded. Nothing was changed"
    assert alice.rows("SELECT 1 FROM data_import") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [(b" ", "empty"), (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB")],
    ids=["empty", "large"],
)
def test_an_empty_or_too_large_file_is_refused(alice: Person, content: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        alice.call(store_file, content, "x.csv")
    assert alice.rows("SELECT 1 FROM data_import") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [("  ", "Paste a table"), ("x" * 2_000_001, "At most 2,000,000")],
    ids=["none", "long"],
)
def test_an_empty_or_too_long_table_is_refused(alice: Person, text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        alice.call(store_text, text)


def test_an_import_is_applied_only_after_its_rows_were_checked(alice: Person) -> None:
    import_id = alice.call(store_text, "Company,Role\nAcme,Engineer")
    with pytest.raises(Conflict, match="still being checked"):
        alice.call(request_apply, import_id)
