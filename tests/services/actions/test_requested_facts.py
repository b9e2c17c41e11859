"""Facts that are requested: those that a wish of the user's depends on."""

import pytest

from tests.support.people import Person
from tracker.services.actions import action_list
from tracker.services.priority.wishes_form import save as wish

SALARY = {"salary_from": "50000", "currency": "EUR", "salary_period": "year"}


def requested(person: Person) -> list[str]:
    groups = person.call(action_list.groups, 99)
    return [item.about for group in groups for item in group.first if item.kind == "complete"]


@pytest.mark.parametrize(
    ("wishes", "fact", "known"),
    [
        ({"salary_target": "60000", "currency": "EUR"}, "salary_from", SALARY),
        ({"salary_floor": "60000", "currency": "EUR"}, "salary_from", SALARY),
        ({"workplaces_remote": "on"}, "workplace", {"workplace": "onsite"}),
        ({"countries": "DE"}, "location", {"country": "FR"}),
        ({"countries": "DE"}, "location", {"location": "Paris"}),
        ({"cities": "Bonn"}, "location", {"location": "Paris"}),
        ({"wanted": "Python"}, "posting_text", {"posting_text": "We use Rust."}),
        ({"known": "Python"}, "posting_text", {"posting_text": "We use Rust."}),
        ({"avoided": "Python"}, "posting_text", {"posting_text": "We use Rust."}),
        ({"industries": "Maps"}, "industry", {"industry": "Games"}),
        ({"sizes_small": "on"}, "company_size", {"company_size": "large"}),
    ],
)
def test_a_single_wish_requests_the_fact_that_it_depends_on(
    alice: Person, wishes: dict[str, str], fact: str, known: dict[str, str]
) -> None:
    alice.call(wish, wishes)
    alice.add_application("Known", excitement="3", **known)
    assert requested(alice) == []
    alice.add_application("Unknown", excitement="3")
    assert requested(alice) == [fact]


@pytest.mark.parametrize(
    ("wishes", "opened"),
    [
        ({"salary_target": "60000", "currency": "EUR"}, "?edit=salary"),
        ({"industries": "Maps"}, "?edit=industry"),
        ({"wanted": "Python"}, "?tab=posting&edit=posting_text"),
    ],
)
def test_a_requested_fact_leads_to_its_field_which_for_both_ends_of_a_salary_is_one(
    alice: Person, wishes: dict[str, str], opened: str
) -> None:
    alice.call(wish, wishes)
    row_id = alice.add_application(excitement="3")
    [item] = [item for group in alice.call(action_list.groups, 99) for item in group.first]
    assert item.address == f"/applications/{row_id}{opened}"


def test_nothing_but_a_rating_is_requested_without_wishes(alice: Person) -> None:
    alice.add_application("Rated", excitement="3")
    assert requested(alice) == []
    alice.add_application("Not rated")
    assert requested(alice) == ["excitement"]


@pytest.mark.parametrize(
    ("stage", "deadline", "facts"),
    [
        ("saved", "2026-11-03", ["excitement"]),
        ("saved", "2026-11-02", []),
        ("applied", "2026-11-02", ["excitement"]),
    ],
)
def test_no_fact_is_requested_of_a_saved_application_whose_deadline_has_passed(
    alice: Person, stage: str, deadline: str, facts: list[str]
) -> None:
    alice.add_application(stage=stage, deadline=deadline)
    assert requested(alice) == facts
