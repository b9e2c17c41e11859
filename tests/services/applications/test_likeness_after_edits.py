"""Editing what identifies an application: the message names another application for the same job."""

from tests.support.people import Person
from tracker.services.pages.application import edit_field

ADDRESS = "https://boards.greenhouse.io/tern/jobs/17"


def test_an_address_that_another_application_has_is_named(alice: Person) -> None:
    alice.add_application("Tern", "Pilot", posting_url=ADDRESS)
    other = alice.add_application("Kestrel", "Navigator")
    done = alice.call(edit_field, other, "posting_url", f"{ADDRESS}?utm_source=mail", "")
    assert done.message == "Job posting URL saved. Is it the same as Pilot at Tern (Saved, added today)?"


def test_a_company_and_role_that_another_application_has_are_named(alice: Person) -> None:
    alice.add_application("Tern Ltd", "Pilot")
    other = alice.add_application("Kestrel", "Pilot")
    done = alice.call(edit_field, other, "company", "Tern", "Kestrel")
    assert done.message == "Company saved. Is it the same as Pilot at Tern Ltd (Saved, added today)?"


def test_an_application_is_never_like_itself(alice: Person) -> None:
    pilot = alice.add_application("Tern", "Pilot", posting_url=ADDRESS)
    assert alice.call(edit_field, pilot, "role", "Pilots", "Pilot").message == "Role saved"


def test_other_fields_and_unchanged_ones_name_nothing(alice: Person) -> None:
    alice.add_application("Tern", "Pilot")
    again = alice.add_application("Tern", "Pilot")
    assert alice.call(edit_field, again, "location", "Bergen", "").message == "Location saved"
    assert alice.call(edit_field, again, "role", "Pilot", "Pilot").message == ""
