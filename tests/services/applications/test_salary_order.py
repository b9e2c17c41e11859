"""The list in order of salary: yearly pay in one currency."""

from tests.support.people import Person
from tracker.services.applications.application_list import page
from tracker.services.priority.wishes_form import save as save_wishes
from tracker.shapes.filters import Filters

SALARIES = [
    ("Monthly", "7000", "", "EUR", "month"),
    ("Dollars", "90000", "100000", "USD", "year"),
    ("Hourly", "35", "", "EUR", "hour"),
    ("Yen", "9000000", "", "JPY", "year"),
    ("Gold", "100", "", "XAU", "year"),
    ("Unpaid", "", "", "", ""),
]


def add_salaries(person: Person) -> None:
    for company, low, high, currency, period in reversed(SALARIES):
        person.add_application(
            company, salary_from=low, salary_to=high, currency=currency, salary_period=period
        )


def test_salaries_are_sorted_by_yearly_pay_in_one_currency(alice: Person) -> None:
    add_salaries(alice)
    companies_in_order = [company for company, *_ in SALARIES]
    for order, expected in (("down", companies_in_order), ("up", companies_in_order[::-1])):
        cards = alice.call(page, Filters(sort="salary", order=order)).cards
        assert [card.company for card in cards] == expected


def test_salaries_are_sorted_by_the_rates_of_the_priorities(alice: Person) -> None:
    add_salaries(alice)
    alice.call(save_wishes, {"currency": "USD", "rates": "JPY 100\nXAU 0.0005"})
    cards = alice.call(page, Filters(sort="salary")).cards
    assert [card.company for card in cards] == ["Gold", "Yen", "Monthly", "Dollars", "Hourly", "Unpaid"]


def test_an_unknown_salary_comes_after_one_that_cannot_be_compared(alice: Person) -> None:
    for company, amount, currency in (("First", "", ""), ("Gold", "100", "XAU"), ("Last", "", "")):
        alice.add_application(company, salary_from=amount, currency=currency)
    cards = alice.call(page, Filters(sort="salary")).cards
    assert [card.company for card in cards] == ["Gold", "Last", "First"]
