"""Adding applications, and finding similar ones."""

import pytest

from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services.applications.creation import add, possible_duplicates
from tracker.services.applications.field_edits import edit
from tracker.services.pages.dialogs import add_application


def test_an_application_needs_company_and_role_alone(alice: Person) -> None:
    row = alice.row("application", alice.add_application("Linear", "Engineer"))
    assert (row["company"], row["role"], row["stage"], row["applied_on"]) == (
        "Linear",
        "Engineer",
        "saved",
        None,
    )
    assert alice.log() == ["application.added"]


def test_every_field_is_stored_normalized(alice: Person) -> None:
    typed = {
        "location": " Berlin ", "country": "de", "workplace": "hybrid", "employment": "full_time",
        "salary_from": "65k", "salary_to": "85.000", "currency": "eur", "salary_period": "year",
        "posting_url": "jobs.lever.co/linear/00000000-0000-0000-0000-000000000001?utm_source=x",
        "excitement": "4", "tags": "Python, remote, python", "deadline": "2026-11-10", "notes": "one\ntwo",
    }  # fmt: skip
    row = alice.row("application", alice.add_application(**typed))
    assert (row["location"], row["country"], row["salary_from"], row["salary_to"]) == (
        "Berlin",
        "DE",
        65000,
        85000,
    )
    assert (row["currency"], row["tags"], row["excitement"]) == ("EUR", ["python", "remote"], 4)
    assert row["posting_key"] == "lever:00000000-0000-0000-0000-000000000001"
    assert (row["source"], row["notes"], str(row["deadline"])) == ("Lever", "one\ntwo", "2026-11-10")


def test_a_salary_without_a_currency_is_in_the_persons_own_for_a_year(alice: Person) -> None:
    row = alice.row("application", alice.add_application(salary_from="50000"))
    assert (row["currency"], row["salary_period"]) == ("USD", "year")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"salary_from": "€60k–70k"}, (60_000, 70_000, "EUR", "year")),
        ({"salary_to": "3.500-4.000 € brutto/Monat"}, (3_500, 4_000, "EUR", "month")),
        ({"salary_from": "up to £500 a day"}, (None, 500, "GBP", "day")),
        ({"salary_from": "60k €", "salary_to": "70.000"}, (60_000, 70_000, "EUR", "year")),
        ({"salary_from": "$60k", "currency": "CAD"}, (60_000, None, "CAD", "year")),
        ({"salary_from": "60", "currency": "£", "salary_period": "hour"}, (60, None, "GBP", "hour")),
    ],
)
def test_a_pasted_salary_fills_the_fields_it_speaks_of(
    alice: Person, typed: dict[str, str], stored: tuple[object, ...]
) -> None:
    row = alice.row("application", alice.add_application(**typed))
    assert (row["salary_from"], row["salary_to"], row["currency"], row["salary_period"]) == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"salary_from": "€60k", "currency": "USD"}, "currency"),
        ({"salary_from": "60k a year", "salary_period": "month"}, "salary_period"),
        ({"salary_from": "€60k", "salary_to": "$70k"}, "currency"),
        ({"salary_from": "60k–70k", "salary_to": "80k"}, "salary_to"),
        ({"salary_from": "60k–70k", "salary_to": "lots"}, "salary_to"),
    ],
)
def test_salary_fields_that_contradict_each_other_are_rejected(
    alice: Person, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.add_application(**typed)
    assert list(wrong.value.fields) == [field]


def test_a_shared_currency_sign_is_the_users_own(alice: Person) -> None:
    canadian = alice.with_settings(currency="CAD")
    assert alice.row("application", canadian.add_application(salary_from="$60k"))["currency"] == "CAD"


def test_an_application_added_as_applied_has_the_users_local_date(alice: Person) -> None:
    far = alice.with_settings(timezone="Pacific/Kiritimati")
    assert str(alice.row("application", far.add_application(stage="applied"))["applied_on"]) == "2026-11-04"


def test_an_application_is_never_added_as_closed(alice: Person) -> None:
    assert alice.row("application", alice.add_application(stage="closed"))["stage"] == "saved"
    assert alice.row("application", alice.add_application(stage="nonsense"))["stage"] == "saved"


@pytest.mark.parametrize(
    ("field", "raw", "message"),
    [
        ("company", "  ", "Enter a company."),
        ("role", "", "Enter a role."),
        ("company", "x" * 201, "At most 200 characters; this has 201."),
        ("country", "XQ", "Use a country's name or code, such as Germany or DE."),
        ("workplace", "moon", "Choose one of the listed workplaces."),
        ("salary_from", "lots", "Use an amount, such as 65000, 65k or €60k–70k a year."),
        ("salary_from", "nan", "Use an amount, such as 65000, 65k or €60k–70k a year."),
        ("salary_from", "Infinity", "Use an amount, such as 65000, 65k or €60k–70k a year."),
        ("salary_from", "9999999999.999", "Use a number from 0 to 9,999,999,999."),
        ("salary_from", "9999999.999999k", "Use a number from 0 to 9,999,999,999."),
        ("salary_to", "9" * 60, "Use a number from 0 to 9,999,999,999."),
        ("salary_to", "1e9", "Use an amount, such as 65000, 65k or €60k–70k a year."),
        ("salary_to", "-5", "Use a number from 0 to 9,999,999,999."),
        ("currency", "bitcoin", "Use a currency's code, name or sign, such as EUR, euro or €."),
        ("posting_url", "javascript:alert(1)", "Use a web address, such as https://example.com/jobs/1."),
        ("posting_url", "http://[", "Use a web address, such as https://example.com/jobs/1."),
        ("excitement", "6", "Excitement is a number from 1 to 5."),
        ("deadline", "tomorrow", "Use a date such as 2026-11-03."),
        ("deadline", "0001-01-01", "Enter a year from 1990 to 2100."),
        ("tags", ",".join(map(str, range(31))), "At most 30 tags."),
        ("tags", "x" * 41, "A tag has at most 40 characters."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    alice: Person, field: str, raw: str, message: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(add, {"company": "Linear", "role": "Engineer", field: raw})
    assert wrong.value.fields == {field: message}
    assert alice.log() == []


def test_a_range_that_runs_backwards_is_refused(alice: Person) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.add_application(salary_from="80k", salary_to="60k")
    assert list(wrong.value.fields) == ["salary_to"]


def test_characters_that_postgresql_cannot_store_are_removed(alice: Person) -> None:
    row = alice.row("application", alice.add_application("Lin\x00ear", "Engi\ud800neer", tags="a\x00b"))
    assert (row["company"], row["role"], row["tags"]) == ("Linear", "Engineer", ["ab"])


def test_the_same_posting_is_seen_whatever_its_address_carries(alice: Person) -> None:
    alice.add_application(
        "Acme", "Cook", posting_url="https://www.example.com/jobs/7?utm_campaign=spring&id=3"
    )
    seen = alice.call(possible_duplicates, "Other", "Other", "http://example.com/jobs/7/?id=3&ref=mail")
    assert [likeness.name for likeness in seen] == ["Cook at Acme"]
    assert seen[0].standing.startswith("Saved, added ")


def test_a_similar_role_at_the_same_company_is_found_ignoring_accents(alice: Person) -> None:
    alice.add_application("Nestlé", "Backend Engineer")
    assert alice.call(possible_duplicates, "nestle", "Senior Backend Engineer", "")
    assert not alice.call(possible_duplicates, "nestle", "Accountant", "")
    assert not alice.call(possible_duplicates, "Other", "Backend Engineer", "")


def test_another_legal_form_of_the_company_is_the_same_company(alice: Person) -> None:
    alice.add_application("Acme GmbH", "Backend Engineer")
    for company in ("ACME, Inc.", "Acme", "acme ag"):
        assert alice.call(possible_duplicates, company, "Backend Engineer", "")
    assert not alice.call(possible_duplicates, "Acme Foods", "Backend Engineer", "")


def test_a_renamed_company_is_seen_by_its_new_name(alice: Person) -> None:
    row_id = alice.add_application("Acme GmbH", "Cook")
    alice.call(edit, row_id, "company", "Globex LLC", "Acme GmbH")
    batch = alice.batch
    assert not alice.call(possible_duplicates, "Acme", "Cook", "")
    assert alice.call(possible_duplicates, "Globex", "Cook", "")
    alice.undo(batch)
    assert alice.call(possible_duplicates, "Acme", "Cook", "")


def test_the_same_job_saved_twice_is_seen_in_every_script(alice: Person) -> None:
    alice.add_application("株式会社メルカリ", "経理")
    assert alice.call(possible_duplicates, "メルカリ", "経理", "")


def test_the_same_posting_comes_before_similar_roles(alice: Person) -> None:
    alice.add_application("Acme", "Cook", posting_url="https://example.com/jobs/7")
    for _ in range(3):
        alice.add_application("Acme", "Baker")
    seen = alice.call(possible_duplicates, "Acme", "Baker", "https://example.com/jobs/7/apply")
    assert [likeness.name for likeness in seen] == ["Cook at Acme", "Baker at Acme", "Baker at Acme"]


def test_an_address_without_a_scheme_or_a_host_is_compared_without_an_error(alice: Person) -> None:
    alice.add_application("Acme", "Cook", posting_url="https://example.com/jobs/7")
    assert alice.call(possible_duplicates, "", "", "example.com/jobs/7")
    for address in ("http://[", "https://example.com:99999", "\x00"):
        assert alice.call(possible_duplicates, "\x00", "\ud800", address) == []


def test_adding_the_same_job_again_reports_a_duplicate(alice: Person) -> None:
    typed = {"company": "Acme GmbH", "role": "Cook"}
    assert alice.call(add_application, typed, "").message == "Cook at Acme GmbH added"
    again = alice.call(add_application, {**typed, "company": "Acme"}, "")
    assert again.message.startswith("Cook at Acme added. You also have Cook at Acme GmbH (Saved, added ")


def test_applications_of_others_and_deleted_ones_are_not_similar(alice: Person, bob: Person) -> None:
    from tracker.services.applications.deletion import remove

    bob.add_application("Linear", "Engineer")
    gone = alice.add_application("Linear", "Engineer")
    alice.call(remove, [gone])
    assert alice.call(possible_duplicates, "Linear", "Engineer", "") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Germany", "DE"),
        ("united  kingdom", "GB"),
        ("uk", "GB"),
        ("nl", "NL"),
        ("Deutschland", "DE"),
        ("", None),
    ],
)
def test_a_country_is_taken_by_its_name_or_its_code(alice: Person, typed: str, code: str | None) -> None:
    assert alice.row("application", alice.add_application(country=typed))["country"] == code


def test_every_mistake_of_a_form_is_named_at_once(alice: Person) -> None:
    typed = {
        "company": "",
        "role": "Engineer",
        "country": "Atlantis",
        "salary_from": "a lot",
        "deadline": "soon",
        "applied_on": "2027-01-01",
    }
    with pytest.raises(Invalid) as wrong:
        alice.call(add, typed)
    assert set(wrong.value.fields) == {"company", "country", "salary_from", "deadline", "applied_on"}
    backwards = {"company": "Linear", "role": "", "salary_from": "90000", "salary_to": "60000"}
    with pytest.raises(Invalid) as wrong:
        alice.call(add, backwards)
    assert set(wrong.value.fields) == {"role", "salary_to"}
