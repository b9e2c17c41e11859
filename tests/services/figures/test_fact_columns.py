"""Facts of single applications, worked out by hand: time in stages, waiting, progress and pay."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.dated_steps import STAGES, story
from tests.support.people import Person
from tracker.models import Application, applications
from tracker.services.applications.deletion import remove
from tracker.services.figures.fact_columns import facts
from tracker.services.figures.pay import UNKNOWN, UNRATED, Money, money, yearly_pay
from tracker.shapes.figures import Selection


def by_company(
    person: Person, *names: str, own: Money | None = None, selection: Selection | None = None
) -> dict[str, Any]:
    """Return columns of the facts by company: alone, or in the order of their names."""
    with person.scope() as scope:
        of = facts(scope, selection or Selection(), own or Money("EUR")).c
        query = select(applications.company, *[of[name] for name in names]).join(
            Application, applications.id == of.id
        )
        rows = [tuple(row) for row in scope.session.execute(query)]
    return {row[0]: row[1] if len(names) == 1 else list(row[1:]) for row in rows}


def test_time_in_stages_is_counted_from_the_first_arrival_to_the_first_departure(alice: Person) -> None:
    story(
        alice,
        "Whole",
        (1, "saved"),
        (5, "applied"),
        (9, "screening"),
        (14, "interviewing"),
        (20, "offer"),
        (22, "accepted"),
    )
    story(alice, "Skipping", (1, "saved"), (5, "applied"), (20, "offer"))
    story(alice, "Rejected", (1, "saved"), (5, "applied"), (12, "rejected"))
    story(alice, "Unsent", (1, "saved"), (3, "withdrawn"))
    story(alice, "Same day", (1, "saved"), (1, "applied"), (1, "rejected"))
    story(alice, "Added later", (5, "applied"), (9, "screening"), applied_on="2026-10-02")
    story(alice, "Added in talks", (5, "screening"), (9, "interviewing"), (12, "rejected"))
    story(alice, "Sent before", (5, "saved"), (8, "applied"), (8, "sent 2026-10-02"), (10, "screening"))
    story(alice, "Sent after", (1, "saved"), (5, "applied"), (9, "screening"), (21, "sent 2026-10-20"))
    story(alice, "Reopened", (1, "saved"), (5, "applied"), (12, "no_response"), (15, "applied"))
    story(
        alice,
        "Back and on",
        (1, "saved"),
        (5, "applied"),
        (9, "screening"),
        (10, "applied"),
        (15, "interviewing"),
    )
    story(alice, "Still saved", (1, "saved"))
    assert by_company(alice, *(f"in_{stage}" for stage in STAGES)) == {
        "Whole": [4, 4, 5, 6, 2],
        "Skipping": [4, 15, None, None, None],
        "Rejected": [4, 7, None, None, None],
        "Unsent": [2, None, None, None, None],
        "Same day": [0, 0, None, None, None],
        "Added later": [None, 7, None, None, None],
        "Added in talks": [None, None, None, 3, None],
        "Sent before": [None, 8, None, None, None],
        "Sent after": [4, 0, None, None, None],
        "Reopened": [4, None, None, None, None],
        "Back and on": [4, 4, 6, None, None],
        "Still saved": [None, None, None, None, None],
    }


def test_a_stage_that_was_skipped_is_a_stay_only_from_an_earlier_day_of_sending(alice: Person) -> None:
    story(alice, "Earlier", (1, "saved"), (5, "screening"), (5, "sent 2026-10-03"))
    story(alice, "Same day", (1, "saved"), (5, "screening"), (5, "sent 2026-10-05"))
    assert by_company(alice, "in_saved", "in_applied", "waited") == {
        "Earlier": [2, 2, 2], "Same day": [4, None, 0]
    }  # fmt: skip


def test_without_a_day_of_sending_the_stay_begins_with_the_move(alice: Person) -> None:
    story(alice, "Moved", (1, "saved"), (5, "applied"), (9, "screening"), (9, "sent "))
    story(alice, "Added", (5, "applied"), (9, "screening"), (9, "sent "))
    assert by_company(alice, "in_applied") == {"Moved": 4, "Added": None}


def test_waiting_ends_with_the_first_response_or_with_closing_or_goes_on(alice: Person) -> None:
    story(alice, "Answered", (1, "saved"), (5, "applied"), (9, "screening"), (20, "rejected"))
    story(alice, "Straight to talks", (1, "saved"), (5, "applied"), (11, "interviewing"))
    story(alice, "Straight to an offer", (1, "saved"), (5, "applied"), (12, "offer"))
    story(alice, "Rejected", (1, "saved"), (5, "applied"), (12, "rejected"))
    story(alice, "Given up", (1, "saved"), (5, "applied"), (25, "no_response"))
    story(alice, "Waiting", (1, "saved"), (5, "applied"))
    story(alice, "Undated answer", (5, "screening"), applied_on="2026-10-02")
    story(alice, "Unsent", (1, "saved"))
    story(alice, "Declined unasked", (1, "saved"), (3, "declined"))
    story(alice, "Answered before", (1, "saved"), (5, "applied"), (9, "screening"), (21, "sent 2026-10-20"))
    assert by_company(alice, "is_sent", "is_answered", "reached", "waited") == {
        "Answered": [True, True, 2, 4],
        "Straight to talks": [True, True, 3, 6],
        "Straight to an offer": [True, True, 4, 7],
        "Rejected": [True, True, 1, 7],
        "Given up": [True, False, 1, 20],
        "Waiting": [True, False, 1, 29],
        "Undated answer": [True, True, 2, None],
        "Unsent": [None, False, 0, None],
        "Declined unasked": [True, True, 4, None],
        "Answered before": [True, True, 2, 0],
    }


@pytest.mark.parametrize(
    ("selection", "companies"),
    [
        (Selection(since="2026-10-05"), {"Sent", "Added"}),
        (Selection(since="2026-10-06"), {"Added"}),
        (Selection(until="2026-10-05"), {"Sent"}),
        (Selection(until="2026-10-04"), set()),
        (Selection(since="2026-10-08", until="2026-10-08"), {"Added"}),
        (Selection(source="Board"), {"Sent"}),
        (Selection(tag="go"), {"Added"}),
        (Selection(role=" DATA "), {"Added"}),
        (Selection(role="_a%"), set()),
        (Selection(), {"Sent", "Added"}),
    ],
)  # fmt: skip
def test_a_selection_holds_its_first_and_last_day_and_all_that_narrows_it(
    alice: Person, selection: Selection, companies: set[str]
) -> None:
    story(alice, "Sent", (1, "saved"), (5, "applied"), source="Board")
    story(alice, "Added", (8, "saved"), tags="go, sql", role="Data engineer")
    alice.call(remove, [story(alice, "Deleted", (8, "saved"))])
    assert set(by_company(alice, "stands", selection=selection)) == companies


def paid(person: Person, amounts: tuple[str, str], currency: str = "EUR", period: str = "year") -> None:
    low, high = amounts
    person.add_application(
        f"{low}-{high} {currency} {period}",
        salary_from=low,
        salary_to=high,
        currency=currency,
        salary_period=period,
    )


def test_pay_is_yearly_converted_and_rounded_down_to_two_digits(alice: Person) -> None:
    paid(alice, ("68999", ""))
    paid(alice, ("60000", "70000"))
    paid(alice, ("", "5000"), period="month")
    paid(alice, ("9", ""))
    paid(alice, ("118000", ""), "USD")
    paid(alice, ("43", ""), "GBP", "hour")
    paid(alice, ("50000", ""), "XTS")
    alice.add_application("none")
    assert by_company(alice, "pay") == {
        "68999- EUR year": 68_000,
        "60000-70000 EUR year": 65_000,
        "-5000 EUR month": 60_000,
        "9- EUR year": 9,
        "118000- USD year": 100_000,
        "43- GBP hour": 100_000,
        "50000- XTS year": UNRATED,
        "none": UNKNOWN,
    }
    pounds = Money("GBP", (("USD", 2.0), ("GBP", 0.5)))
    assert by_company(alice, "pay", own=pounds)["118000- USD year"] == 29_000
    strange = by_company(alice, "pay", own=Money("XTS"))
    assert (strange["50000- XTS year"], strange["68999- EUR year"]) == (50_000, UNRATED)


def test_pay_in_between_is_exact_before_it_is_rounded(alice: Person) -> None:
    paid(alice, ("50001", "60000"))
    with alice.scope() as scope:
        pay = scope.session.execute(select(yearly_pay(applications, Money("EUR"))).select_from(Application))
        assert pay.scalar_one() == 55_000.5
        assert money(scope) == Money("USD")
