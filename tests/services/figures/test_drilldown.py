"""The applications behind a figure, and what they have in common."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.due_actions import Clock
from tests.support.people import Person
from tests.support.stored_scores import wishes
from tracker.models import Application, applications
from tracker.services.applications.stage_moves import move
from tracker.services.figures.drilldown import applications_behind, in_words
from tracker.shapes.figures import Selection

ALL = {"Sent", "Talks", "Saved", "Rejected"}


@pytest.fixture
def search(alice: Person, clock: Clock) -> Person:
    """Return alice with four applications, added today: three were sent in the last days of October."""
    pay = {"salary_from": "60000", "currency": "USD", "salary_period": "year"}
    sent = {"stage": "applied", "applied_on": "2026-10-26"}
    alice.add_application("Sent", source="LinkedIn", workplace="remote", **pay, **sent)
    talks = alice.add_application("Talks", source="Referral", stage="applied", applied_on="2026-10-28")
    alice.add_application("Saved", **pay)
    rejected = alice.add_application("Rejected", **pay | {"currency": "XAF"}, **sent)
    clock.shift(timedelta(hours=1))
    alice.call(move, [talks], "screening")
    alice.call(move, [rejected], "closed", "rejected")
    return alice


def companies(person: Person, behind: str) -> set[str]:
    with person.scope() as scope:
        ids = applications_behind(scope, Selection(), behind)
        query = select(applications.company).select_from(Application).where(applications.id.in_(ids))
        return set(scope.session.scalars(query))


BEHIND = {
    "reached:saved": ALL,
    "reached:applied": ALL - {"Saved"},
    "reached:screening": {"Talks"},
    "ended:open": ALL - {"Rejected"},
    "ended:rejected": {"Rejected"},
    "path:applied:open": {"Sent"},
    "path:applied:rejected": {"Rejected"},
    "path:screening:open": {"Talks"},
    "path:saved:open": {"Saved"},
    "answered:yes": {"Talks", "Rejected"},
    "source:LinkedIn": {"Sent"},
    "source:": {"Rejected"},
    "workplace:remote": {"Sent"},
    "weekday:1": {"Sent", "Rejected"},
    "weekday:3": {"Talks"},
    "week:2026-10-26": ALL - {"Saved"},
    "week:2026-10-27": {"Talks"},
    "week:2026-10-20": {"Sent", "Rejected"},
    "week:2026-10-19": set(),
    "pay:unknown": {"Talks"},
    "pay:other": {"Rejected"},
    "pay:60000-80000": {"Sent"},
    "pay:0-60000": set(),
    "pay:0-60001": {"Sent"},
    "pay:60000-": {"Sent"},
    "pay:60001-": set(),
    "waited:6": {"Talks"},
    "waited:8": {"Sent", "Rejected"},
    "waited:7": set(),
    "waited:answered": {"Talks", "Rejected"},
    "waited:waiting": {"Sent"},
    "waited:unknown": set(),
    "stayed:applied": {"Talks", "Rejected"},
    "stood:2026-11-03:saved": {"Saved"},
    "stood:2026-11-03:rejected": {"Rejected"},
    "stood:2026-11-02:saved": set(),
    "did:2026-11-03": ALL,
    "did:2026-11-02": set(),
    "did:2026-11-04": set(),
    "did:2026-10-28:week": ALL,
    "did:2026-10-27:week": set(),
    "unknown:1": ALL,
    "week:nonsense": ALL,
    "ended:nonsense": ALL,
    "did:1989-12-31": ALL,
    "week:1989-12-31": ALL,
    "week:2101-01-01": ALL,
    "week:1990-01-01": set(),
    "week:2100-12-31": set(),
    "source:Sent": set(),
    "waited:0000060": {"Talks"},
    "stayed:saved": set(),
}


def test_a_figure_leads_to_its_applications(search: Person) -> None:
    assert {behind: companies(search, behind) for behind in BEHIND} == BEHIND


def test_pay_is_compared_in_the_currency_of_the_wishes(search: Person) -> None:
    wishes(search, currency="EUR", rates={"USD": 2})
    assert [companies(search, f"pay:{band}") for band in ("30000-40000", "60000-70000")] == [{"Sent"}, set()]


WORDS = {
    "reached:screening": "Ever reached Screening",
    "ended:open": "Still open",
    "ended:rejected": "Ended as rejected",
    "path:applied:open": "Got to Applied, still open",
    "path:applied:rejected": "Got to Applied, rejected",
    "answered:yes": "Answered",
    "source:LinkedIn": "Sent, found through LinkedIn",
    "source:": "Sent, source not known",
    "workplace:remote": "Sent, remote",
    "workplace:": "Sent, workplace not known",
    "weekday:1": "Sent on a Monday",
    "weekday:7": "Sent on a Sunday",
    "pay:unknown": "Sent, pay not known",
    "pay:other": "Sent, pay in a currency without an exchange rate",
    "pay:0-60000": "Sent, yearly pay USD below 60,000",
    "pay:60000-80000": "Sent, yearly pay USD 60,000 to below 80,000",
    "pay:80000-": "Sent, yearly pay USD 80,000 and more",
    "week:2026-10-26": "Sent in the week of Mon 26 Oct 2026",
    "stayed:applied": "Was in Applied and left it",
    "waited:1": "Answered after 1 day, or waited as long",
    "waited:waiting": "Not answered so far",
    "stood:2026-11-02:saved": "Saved at the end of Mon 2 Nov 2026",
    "stood:2026-11-02:rejected": "Rejected at the end of Mon 2 Nov 2026",
    "did:2026-11-03": "Acted on Tue 3 Nov 2026",
    "did:2026-11-02:week": "Acted on in the week of Mon 2 Nov 2026",
    "unknown:1": "",
    "weekday:8": "",
    "stood:2026-11-02:nowhere": "",
    "waited:nonsense": "",
    "waited:0000019": "Answered after 1 day, or waited as long",
    "waited:answered": "Answered on a known date",
    "waited:unknown": "Sent, dates not known",
}


def test_a_figure_says_what_its_applications_have_in_common(alice: Person) -> None:
    with alice.scope() as scope:
        assert {behind: in_words(scope, behind) for behind in WORDS} == WORDS
