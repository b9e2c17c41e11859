"""Editing in place, tags, and two tabs at once."""

from typing import Any

import pytest

from tests.support.people import Person
from tracker.errors import Conflict, Invalid, NotFound
from tracker.services.applications.field_edits import edit, tag


def test_an_edit_changes_a_field_and_records_both_values(alice: Person) -> None:
    row_id = alice.add_application(location="Berlin")
    assert alice.call(edit, row_id, "location", "Paris", "Berlin") == "Location saved"
    assert alice.row("application", row_id)["location"] == "Paris"
    assert alice.last_event()["particulars"] == {"field": "location", "from": "Berlin", "to": "Paris"}
    assert alice.row("application", row_id)["version"] == 2


def test_the_same_text_again_changes_nothing(alice: Person) -> None:
    row_id = alice.add_application(location="Berlin")
    assert alice.call(edit, row_id, "location", "Berlin", "whatever") == "Location unchanged"
    assert alice.log() == ["application.added"]


def test_a_stale_edit_shows_both_texts_and_loses_neither(alice: Person) -> None:
    row_id = alice.add_application(notes="first")
    alice.call(edit, row_id, "notes", "theirs", "first")
    with pytest.raises(Conflict) as both:
        alice.call(edit, row_id, "notes", "mine", "first")
    assert (both.value.field, both.value.mine, both.value.theirs) == ("notes", "mine", "theirs")
    assert alice.row("application", row_id)["notes"] == "theirs"


def test_two_tabs_that_edit_two_fields_are_both_kept(alice: Person) -> None:
    row_id = alice.add_application(location="Berlin", source="LinkedIn")
    alice.call(edit, row_id, "location", "Paris", "Berlin")
    alice.call(edit, row_id, "source", "Referral", "LinkedIn")
    row = alice.row("application", row_id)
    assert (row["location"], row["source"]) == ("Paris", "Referral")


@pytest.mark.parametrize("field", ["stage", "deleted_at", "user_id", "version", "nonsense", "__class__"])
def test_a_field_that_no_form_has_cannot_be_set(alice: Person, field: str) -> None:
    with pytest.raises(NotFound):
        alice.call(edit, alice.add_application(), field, "x", "")


@pytest.mark.parametrize(
    ("field", "raw", "was"),
    [
        ("salary_from", "65000", ""), ("deadline", "2026-12-01", ""), ("excitement", "3", ""),
        ("tags", "a, b", ""), ("workplace", "remote", ""), ("country", "FR", ""), ("company", "Other", "Linear"),
    ],
)  # fmt: skip
def test_every_kind_of_field_is_edited_cleared_and_put_back(
    alice: Person, field: str, raw: str, was: str
) -> None:
    row_id = alice.add_application()
    before = alice.row("application", row_id)[field]
    alice.call(edit, row_id, field, raw, was)
    assert alice.row("application", row_id)[field] != before
    alice.undo()
    assert alice.row("application", row_id)[field] == before


def test_a_range_that_would_run_backwards_is_refused_and_nothing_changes(alice: Person) -> None:
    row_id = alice.add_application(salary_from="50k", salary_to="60k")
    with pytest.raises(Invalid):
        alice.call(edit, row_id, "salary_from", "70k", "50000")
    assert alice.row("application", row_id)["salary_from"] == 50_000


def test_a_future_sent_date_is_rejected_at_its_field(alice: Person) -> None:
    row_id = alice.add_application(applied_on="2026-11-03")
    with pytest.raises(Invalid) as refused:
        alice.call(edit, row_id, "applied_on", "2026-11-04", "2026-11-03")
    assert refused.value.fields == {"applied_on": "That date is in the future."}
    with pytest.raises(Invalid):
        alice.add_application(applied_on="2026-11-04")
    assert str(alice.row("application", row_id)["applied_on"]) == "2026-11-03"
    alice.with_settings(timezone="Pacific/Kiritimati").call(
        edit, row_id, "applied_on", "2026-11-04", "2026-11-03"
    )


def test_a_salary_keeps_a_currency_and_a_period(alice: Person) -> None:
    row_id = alice.add_application(salary_from="50k", currency="EUR")
    alice.call(edit, row_id, "currency", "", "EUR")
    assert alice.row("application", row_id)["currency"] == "USD"


def test_a_new_posting_address_is_recognised_as_a_posting(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(
        edit,
        row_id,
        "posting_url",
        "https://jobs.ashbyhq.com/linear/0" + "0" * 7 + "-0000-0000-0000-000000000009",
        "",
    )
    assert alice.row("application", row_id)["posting_key"].startswith("ashby:")
    alice.undo()
    assert alice.row("application", row_id)["posting_key"] == ""


def test_a_long_text_is_not_repeated_in_the_log(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(edit, row_id, "notes", "x" * 5000, "")
    assert alice.last_event()["particulars"] == {"field": "notes"}


@pytest.mark.parametrize(("length", "is_repeated"), [(200, True), (201, False)])
def test_a_text_of_up_to_200_characters_is_repeated_in_the_log(
    alice: Person, length: int, is_repeated: bool
) -> None:
    row_id = alice.add_application()
    address = "https://example.com/".ljust(length, "x")
    alice.call(edit, row_id, "posting_url", address, "")
    assert ("from" in alice.last_event()["particulars"]) == is_repeated
    alice.undo()
    assert alice.row("application", row_id)["posting_url"] == ""


def test_a_tag_is_added_to_those_without_it(alice: Person) -> None:
    ids = [alice.add_application(tags="old"), alice.add_application(), alice.add_application(tags="old")]
    assert alice.call(tag, ids, "old") == "Tag old added to 1 application"
    assert [alice.row("application", row_id)["tags"] for row_id in ids] == [["old"]] * 3
    assert alice.call(tag, ids, "old, other", remove=True) == "Tag old, other removed from 3 applications"


def test_an_edit_of_another_field_leaves_a_salary_without_one_alone(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(edit, row_id, "location", "Bonn", "")
    assert alice.row("application", row_id)["currency"] is None
    alice.call(edit, row_id, "salary_to", "60000", "")
    row = alice.row("application", row_id)
    assert (row["currency"], row["salary_period"]) == ("USD", "year")
    by_day = alice.add_application(salary_to="500", currency="GBP", salary_period="day")
    alice.call(edit, by_day, "salary_from", "400", "")
    row = alice.row("application", by_day)
    assert (row["currency"], row["salary_period"]) == ("GBP", "day")


def test_applications_are_tagged_together_and_undone(alice: Person) -> None:
    ids = [alice.add_application(tags="old"), alice.add_application()]
    assert alice.call(tag, ids, "New") == "Tag new added to 2 applications"
    assert alice.row("application", ids[0])["tags"] == ["old", "new"]
    assert alice.call(tag, ids, "old", remove=True) == "Tag old removed from 1 application"
    assert alice.row("application", ids[0])["tags"] == ["new"]


def test_a_tag_given_twice_is_there_once(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(tag, [row_id], "new")
    assert alice.call(tag, [row_id], "NEW") == "Tag new added to 0 applications"
    assert alice.row("application", row_id)["tags"] == ["new"]
    assert alice.log().count("application.edited") == 1


@pytest.mark.parametrize("word", ["", " , ", "x" * 41])
def test_no_tag_and_too_long_a_tag_are_refused(alice: Person, word: str) -> None:
    with pytest.raises(Invalid):
        alice.call(tag, [alice.add_application()], word)


def test_tags_added_together_are_undone_together(alice: Person) -> None:
    ids = [alice.add_application(tags="old"), alice.add_application()]
    alice.call(tag, ids, "new")
    assert alice.undo() == "Undone for 2"
    assert [alice.row("application", row_id)["tags"] for row_id in ids] == [["old"], []]


def test_another_user_cannot_edit_or_tag(alice: Person, bob: Person) -> None:
    his = bob.add_application()
    with pytest.raises(NotFound):
        alice.call(edit, his, "company", "Mine", "Linear")
    with pytest.raises(NotFound):
        alice.call(tag, [his], "mine")


def salary_of(person: Person, row_id: str) -> tuple[Any, ...]:
    row = person.row("application", row_id)
    return row["salary_from"], row["salary_to"], row["currency"], row["salary_period"]


def test_a_pasted_salary_changes_its_currency_and_period_and_is_undone_whole(alice: Person) -> None:
    row_id = alice.add_application(salary_from="70000", salary_to="80000")
    alice.call(edit, row_id, "salary_from", "3.500–4.000 €/Monat", "70000")
    batch = alice.batch
    assert salary_of(alice, row_id) == (3_500, 4_000, "EUR", "month")
    alice.undo(batch)
    assert salary_of(alice, row_id) == (70_000, 80_000, "USD", "year")


def test_a_pasted_currency_alone_is_a_change(alice: Person) -> None:
    row_id = alice.add_application(salary_from="70000")
    assert alice.call(edit, row_id, "salary_from", "€70,000", "70000") == "Salary from saved"
    assert salary_of(alice, row_id) == (70_000, None, "EUR", "year")
    assert alice.call(edit, row_id, "salary_from", "70k €", "70000") == "Salary from unchanged"


def test_ends_of_a_salary_in_different_currencies_are_rejected(alice: Person) -> None:
    row_id = alice.add_application(salary_from="70000", salary_to="80000")
    with pytest.raises(Invalid) as wrong:
        alice.call(edit, row_id, "salary_to", "€90k", "80000")
    assert "uses a different currency" in wrong.value.fields["salary_to"]
    assert salary_of(alice, row_id) == (70_000, 80_000, "USD", "year")


def test_the_currency_is_edited_by_its_sign(alice: Person) -> None:
    row_id = alice.add_application(salary_from="70000")
    alice.call(edit, row_id, "currency", "£", "USD")
    assert salary_of(alice, row_id) == (70_000, None, "GBP", "year")
