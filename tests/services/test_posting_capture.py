"""Fields of a new application from a pasted or shared posting."""

import pytest

from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services.pages import dialogs, posting_capture

POSTING = "Cartographer at Halcyon\n\nLocation: Berlin, Germany\n" + "You will draw maps of islands.\n" * 12


def values(posting: posting_capture.CapturedPosting) -> dict[str, str]:
    """Return the values of the filled fields, without the posting's text."""
    return {field.name: field.value for field in posting.fields if field.name != "posting_text"}


def test_a_text_fills_fields_at_once_with_notes_on_their_origin(alice: Person) -> None:
    posting = alice.call(posting_capture.read_posting, POSTING)
    assert values(posting) == {
        "company": "Halcyon", "role": "Cartographer", "location": "Berlin, Germany", "country": "DE",
    }  # fmt: skip
    assert {field.name: field.note for field in posting.fields}["company"] == "Read in the text"
    assert posting.fields[-1].name == "posting_text"
    assert (posting.capture_id, posting.message) == ("", "")


@pytest.mark.parametrize(
    "pasted",
    [
        "https://example.com/jobs/1",
        "http://example.com/jobs/1\n",
        "Cartographer at Halcyon https://example.com/jobs/1",
        "<div><p>Cartographer</p></div>",
    ],
)
def test_an_address_and_html_are_read_by_a_job(alice: Person, pasted: str) -> None:
    posting = alice.call(posting_capture.read_posting, pasted)
    assert posting.capture_id
    assert posting.message == posting_capture.READING
    assert [row["kind"] for row in alice.rows("SELECT kind FROM job")] == ["read_posting"]


def test_a_remark_beside_an_address_is_read_as_its_title(alice: Person) -> None:
    posting = alice.call(posting_capture.read_posting, "Cartographer at Halcyon https://example.com/jobs/1")
    assert values(posting) == {
        "posting_url": "https://example.com/jobs/1", "company": "Halcyon", "role": "Cartographer",
    }  # fmt: skip


def test_selected_text_is_read_without_fetching_its_page(alice: Person) -> None:
    posting = alice.call(posting_capture.read_shared, "https://example.com/jobs/1", "Jobs | Halcyon", POSTING)
    assert values(posting)["posting_url"] == "https://example.com/jobs/1"
    assert values(posting)["role"] == "Cartographer"
    assert alice.rows("SELECT id FROM job") == []


def test_nothing_is_no_posting(alice: Person) -> None:
    assert alice.call(posting_capture.read_posting, " \n").is_problem
    with pytest.raises(Invalid):
        alice.call(posting_capture.read_shared, "javascript:alert(1)", "", "")


def test_the_posting_and_its_contact_are_added_with_the_application(alice: Person) -> None:
    typed = {"company": "Halcyon", "role": "Cartographer", "posting_text": POSTING, "posting": "ignored",
             "contact_name": "Maria Sanchez", "contact_email": "maria@halcyon.example"}  # fmt: skip
    alice.call(dialogs.add_application, typed, "a key")
    assert alice.rows("SELECT name, email, company FROM contact") == [
        {"name": "Maria Sanchez", "email": "maria@halcyon.example", "company": "Halcyon"}
    ]
    assert alice.rows("SELECT count(*) AS n FROM application_contact")[0]["n"] == 1
    assert alice.rows("SELECT posting_text FROM application")[0]["posting_text"] == POSTING.strip()


def test_an_invalid_contact_is_named_beside_its_field(alice: Person) -> None:
    typed = {"company": "Halcyon", "role": "Cartographer", "contact_email": "nobody"}
    with pytest.raises(Invalid) as error:
        alice.call(dialogs.add_application, typed, "a key")
    assert list(error.value.fields) == ["contact_name", "contact_email"]
