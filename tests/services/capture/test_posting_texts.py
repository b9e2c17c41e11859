"""Facts read in the text of postings, in English and German."""

import pytest

from tracker.services.capture.posting_reader import posting_of_text
from tracker.shapes.capture import FactOrigin

LABELLED = """Senior Backend Engineer

Company: Halcyon Labs
Location: Berlin, Germany (hybrid)
Employment type: Full-time
Salary: €65,000 - €75,000 per year
Apply by: 30 November 2026
Contact: Maria Sanchez, maria.sanchez@halcyon.example

You will build services in Python.
"""
GERMAN = """Softwareentwickler (m/w/d)

Die Nordlicht GmbH sucht zum nächstmöglichen Zeitpunkt Verstärkung.
Standort: Hamburg
Arbeitszeit: Vollzeit
Gehalt: 58.000 bis 64.000 € brutto im Jahr
Bewerbungsfrist: 15.12.2026
Ansprechpartnerin: Frau Dr. Erika Mustermann, Tel. 040 123456

Bei uns arbeiten 40 Menschen. Bewerbungen an erika.mustermann@nordlicht.example
"""
BOARD = """Acme Corporation
Senior Data Analyst
Munich, Bavaria, Germany · Reposted 2 weeks ago · Over 100 applicants
Hybrid
Full-time

About the job
You will report to the head of data.
"""


def values(text: str) -> dict[str, str]:
    """Return the values of all facts, which are all read in the text."""
    posting = posting_of_text(text)
    assert {fact.origin for fact in posting.facts.values()} <= {FactOrigin.TEXT}
    return {name: fact.value for name, fact in posting.facts.items()}


def test_labelled_lines_fill_every_field() -> None:
    assert values(LABELLED) == {
        "role": "Senior Backend Engineer",
        "company": "Halcyon Labs",
        "location": "Berlin, Germany (hybrid)",
        "country": "DE",
        "workplace": "hybrid",
        "employment": "full_time",
        "salary_from": "65000",
        "salary_to": "75000",
        "currency": "EUR",
        "salary_period": "year",
        "deadline": "2026-11-30",
        "contact_name": "Maria Sanchez",
        "contact_email": "maria.sanchez@halcyon.example",
    }


def test_a_german_posting_is_read_like_an_english_one() -> None:
    assert values(GERMAN) == {
        "role": "Softwareentwickler",
        "company": "Nordlicht GmbH",
        "location": "Hamburg",
        "employment": "full_time",
        "salary_from": "58000",
        "salary_to": "64000",
        "currency": "EUR",
        "salary_period": "year",
        "deadline": "2026-12-15",
        "contact_name": "Erika Mustermann",
        "contact_email": "erika.mustermann@nordlicht.example",
    }


def test_a_page_copied_from_a_job_board_is_read_by_its_layout() -> None:
    facts = values(BOARD)
    assert facts["company"] == "Acme Corporation"
    assert facts["role"] == "Senior Data Analyst"
    assert facts["location"] == "Munich, Bavaria, Germany"
    assert facts["country"] == "DE"
    assert facts["employment"] == "full_time"


@pytest.mark.parametrize(
    ("line", "company", "location", "workplace"),
    [
        ("Acme GmbH, Berlin (hybrid)", "Acme GmbH", "Berlin", "hybrid"),
        ("Globex Inc. | Austin, TX", "Globex Inc.", "Austin, TX", ""),
        ("Nordlicht AG – Köln", "Nordlicht AG", "Köln", ""),
        ("Initech Ltd", "Initech Ltd", "", ""),
        ("Acme GmbH, a leader in widgets", "Acme GmbH", "", ""),
        ("our GmbH, Berlin", "", "", ""),
    ],
)
def test_the_line_below_the_role_names_company_and_place(
    line: str, company: str, location: str, workplace: str
) -> None:
    facts = values(f"Backend Engineer\n{line}\nWe use Python.")
    names = ("role", "company", "location", "workplace")
    assert tuple(facts.get(name, "") for name in names) == ("Backend Engineer", company, location, workplace)


@pytest.mark.parametrize(
    ("heading", "role", "company", "location"),
    [
        ("Backend Engineer at Acme", "Backend Engineer", "Acme", ""),
        ("Backend Engineer (m/f/d) at Acme GmbH in Berlin", "Backend Engineer", "Acme GmbH", "Berlin"),
        ("Nordlicht GmbH sucht eine/n Buchhalter (m/w/d) in Köln", "Buchhalter", "Nordlicht GmbH", "Köln"),
        ("Acme is hiring a Senior Site Reliability Engineer", "Senior Site Reliability Engineer", "Acme", ""),
        ("Pflegefachkraft (all genders)", "Pflegefachkraft", "", ""),
        ("Registered nurse", "Registered nurse", "", ""),
        ("Head of Engineering @ Globex", "Head of Engineering", "Globex", ""),
        ("We're hiring! Data Engineer (all genders) - Hamburg", "Data Engineer", "", ""),
        ("Job title: Warehouse Operative", "Warehouse Operative", "", ""),
        ("Cartographer at Globex", "Cartographer", "Globex", ""),
        ("Careers at Globex", "", "", ""),
        ("Life at Globex", "", "", ""),
        ("Join our team", "", "", ""),
        ("We are looking for a team player at heart", "", "", ""),
        ("Welcome to the careers page", "", "", ""),
    ],
)
def test_the_first_line_names_role_company_and_place(
    heading: str, role: str, company: str, location: str
) -> None:
    facts = values(f"{heading}\n\nYou will love it here.")
    assert [facts.get(name, "") for name in ("role", "company", "location")] == [role, company, location]


@pytest.mark.parametrize(
    ("line", "low", "high", "currency", "period"),
    [
        ("Salary: $120k–$150k", "120000", "150000", "$", ""),
        ("The base salary range is $120,000 - $150,000 USD per year.", "120000", "150000", "USD", "year"),
        ("Gehalt: ab 3.500 € brutto im Monat", "3500", "", "EUR", "month"),
        ("Pay: £25.50 per hour", "25.5", "", "GBP", "hour"),
        ("Hourly rate: $40 - $55", "40", "55", "$", "hour"),
        ("Compensation: CHF 110'000 – 130'000", "110000", "130000", "CHF", ""),
        ("Wir bieten ein Jahresgehalt von 60.000 bis 70.000 €.", "60000", "70000", "EUR", "year"),
        ("Salary: up to 90k EUR", "", "90000", "EUR", ""),
        ("Salaire : 45 000 € par an", "45000", "", "EUR", "year"),
    ],
)
def test_a_salary_is_read_with_currency_and_period(
    line: str, low: str, high: str, currency: str, period: str
) -> None:
    facts = values(f"Clerk\n\n{line}\n")
    read = [facts.get(name, "") for name in ("salary_from", "salary_to", "currency", "salary_period")]
    assert read == [low, high, currency, period]


@pytest.mark.parametrize(
    "line",
    [
        "We raised $50M in our series B and pay well.",
        "Learning budget of €1,500 per year on top of your salary",
        "A sign-on bonus of $10,000 and a competitive salary",
        "Salary: competitive",
        "Salary: $30",
        "Salary: SF $180,000 - $200,000, Denver $150,000 - $170,000",
        "You manage a budget of 2,000,000 €",
        "Compensation: 100% of what you are worth",
        "We have paid out €40,000 to charities as donations",
        "Salary grade: E13, 39 hours",
    ],
)
def test_other_amounts_are_no_salary(line: str) -> None:
    assert not {"salary_from", "salary_to"} & values(f"Clerk\n\n{line}\n").keys()


@pytest.mark.parametrize(
    ("sentence", "workplace"),
    [
        ("This is a fully remote position.", "remote"),
        ("100% remote", "remote"),
        ("Work model: Hybrid", "hybrid"),
        ("You work 3 days a week in the office.", "hybrid"),
        ("This is an on-site role.", "onsite"),
        ("Location: Remote (EU)", "remote"),
        ("Location type: On-site", "onsite"),
        ("This is not a remote position.", ""),
        ("You run hybrid cloud platforms and remote procedure calls.", ""),
        ("Remote or hybrid, as you like.", ""),
        ("Remote: no", ""),
        ("Homeoffice: ja", ""),
        ("Remote: yes", "remote"),
    ],
)
def test_the_workplace_is_read_where_the_posting_is_clear(sentence: str, workplace: str) -> None:
    assert values(f"Clerk\n\n{sentence}\n").get("workplace", "") == workplace


@pytest.mark.parametrize(
    ("sentence", "employment"),
    [
        ("Employment type: Part-time", "part_time"),
        ("Full-time, permanent", "full_time"),
        ("in Voll- oder Teilzeit", ""),
        ("Full-time or part-time", ""),
        ("Contract type: permanent contract", ""),
        ("Job type: Contract", "contract"),
        ("Anstellungsart: Praktikum", "internship"),
        ("Open to full-time students", ""),
    ],
)
def test_the_employment_is_read_where_the_posting_is_clear(sentence: str, employment: str) -> None:
    assert values(f"Clerk\n\n{sentence}\n").get("employment", "") == employment


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Application deadline: 2026-12-01", "2026-12-01"),
        ("Please apply by December 1st, 2026.", "2026-12-01"),
        ("Bewerben Sie sich bis zum 1. Dezember 2026.", "2026-12-01"),
        ("Bewirb dich bis zum 15.01.2027 bei uns.", "2027-01-15"),
        ("Closing date: 25/12/2026", "2026-12-25"),
        ("Closing date: 11/12/2026", ""),
        ("Apply by 1 December", ""),
        ("Deadline: as soon as possible", ""),
        ("Posted on 2026-11-01", ""),
        ("Founded on 1 March 1999, we apply science.", ""),
        ("Apply by 2026-12-01 or by 2026-12-15 for visa holders", ""),
        ("Bewerbungsfrist: 32.13.2026", ""),
    ],
)
def test_a_deadline_is_read_if_day_and_month_are_certain(sentence: str, deadline: str) -> None:
    assert values(f"Clerk\n\n{sentence}\n").get("deadline", "") == deadline


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Clerk\n\nAbout Halcyon\nHalcyon makes maps.", "Halcyon"),
        ("Clerk\n\nAbout the role\nThe role is new.", ""),
        ("Clerk\n\nAt Halcyon, we make maps. Halcyon is old.", "Halcyon"),
        ("Clerk\n\nOur client, Globex GmbH, makes maps.", ""),
        ("Clerk\n\nYou sell to Siemens AG and Bosch GmbH.", ""),
        ("Clerk\n\nUnternehmen: Müller & Söhne KG", "Müller & Söhne KG"),
        ("Clerk\n\nCompany: we are a small startup", ""),
    ],
)
def test_a_company_is_named_only_if_no_other_could_be_meant(text: str, company: str) -> None:
    assert values(text).get("company", "") == company


def test_a_label_without_a_value_takes_the_line_below_it() -> None:
    facts = values("Clerk\n\nLocation\nVienna, Austria\n\nSalary\n€40,000 per year\n")
    assert (facts["location"], facts["country"], facts["salary_from"]) == ("Vienna, Austria", "AT", "40000")


def test_two_values_of_a_label_are_no_value() -> None:
    facts = values("Clerk\n\nLocation: Berlin\nLocation: Munich\n")
    assert "location" not in facts


def test_addresses_for_other_purposes_are_no_contact() -> None:
    text = "Clerk\n\nContact: HR department\nData protection: privacy@acme.example\nNo-reply: noreply@acme.example"
    assert not {"contact_name", "contact_email"} & values(text).keys()


def test_a_state_code_is_no_country() -> None:
    assert "country" not in values("Clerk\n\nLocation: Portland, OR\n")
    assert "country" not in values("Clerk\n\nLocation: Atlanta, Georgia\n")
