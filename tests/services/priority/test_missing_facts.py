"""Missing facts: requested where they would change the score of top applications, weightiest first."""

from typing import Any

import pytest

from tests.support.people import Person, newcomer
from tracker.services.actions import action_list
from tracker.services.actions.action_decisions import dismiss, snooze
from tracker.services.actions.missing_fields import FIELDS
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move
from tracker.services.badge import badge_and_reminders
from tracker.services.priority.comparison import explain
from tracker.services.priority.wishes_form import save

KNOWN: dict[str, str] = {
    "excitement": "3", "salary_from": "50000", "currency": "EUR", "salary_period": "year", "workplace": "remote",
    "location": "Berlin", "country": "DE", "posting_text": "We use Python.", "industry": "Maps",
}  # fmt: skip
WISHES = {
    "countries": "DE", "workplaces_remote": "on", "salary_target": "60000", "currency": "EUR", "wanted": "Python",
    "industries": "Maps", "sizes_small": "on",
}  # fmt: skip

FEWER = WISHES | {"sizes_small": ""}


def requested_facts(person: Person) -> list[Any]:
    groups = person.call(action_list.groups, 99)
    return [item for group in groups for item in group.first if item.kind == "complete"]


def facts(person: Person) -> list[str]:
    return [item.about for item in requested_facts(person)]


def test_a_rating_is_asked_for_before_anything_is_wished(alice: Person) -> None:
    row_id = alice.add_application()
    (item,) = requested_facts(alice)
    assert item.label == "Add a missing detail"
    assert item.address == f"/applications/{row_id}?edit=excitement"
    assert item.why.startswith("You haven't rated it; it could move its score of ")
    alice.call(edit, row_id, "excitement", "4", "")
    assert requested_facts(alice) == []


def test_the_weightiest_missing_fact_is_asked_for_then_the_next(alice: Person) -> None:
    alice.call(save, WISHES | {"weight_salary": "5", "weight_stack": "5"})
    row_id = alice.add_application()
    seen = []
    while item := next(iter(requested_facts(alice)), None):
        seen.append(item.about)
        alice.call(dismiss, row_id, "complete", item.about)
    assert set(seen) == set(FIELDS)
    assert seen.index("salary_from") < seen.index("workplace")


@pytest.mark.parametrize("fact", ["excitement", "salary_from", "workplace", "posting_text", "industry"])
def test_each_fact_is_asked_for_until_it_is_known(alice: Person, fact: str) -> None:
    alice.call(save, FEWER)
    blank = {"currency", "salary_period"} if fact == "salary_from" else set()
    alice.add_application(**{name: raw for name, raw in KNOWN.items() if name not in blank | {fact}})
    assert facts(alice) == [fact]
    other = newcomer("dora")
    other.call(save, FEWER)
    other.add_application(**KNOWN)
    assert facts(other) == []


def test_a_missing_field_names_the_most_points_that_it_could_add(alice: Person) -> None:
    alice.call(save, {"salary_target": "60000", "currency": "EUR"})
    row_id = alice.add_application(excitement="3")
    (item,) = requested_facts(alice)
    before = alice.call(explain, row_id).score
    most = int(item.why.rpartition("up to ")[2].split()[0])
    for name, raw in (("salary_period", "year"), ("currency", "EUR"), ("salary_from", "90000")):
        alice.call(edit, row_id, name, raw, "")
    assert alice.call(explain, row_id).score - before == most > 0


def test_a_factor_that_is_switched_off_asks_for_nothing(alice: Person) -> None:
    alice.call(save, {"weight_excitement": "0"})
    alice.add_application()
    assert facts(alice) == []


def test_only_the_three_highest_open_applications_are_asked_about(alice: Person) -> None:
    rows = [alice.add_application(f"Company {number}", workplace="remote") for number in range(6)]
    alice.call(move, [rows[0]], "closed", "withdrawn")
    alice.call(remove, [rows[1]])
    alice.rows("UPDATE priority SET score = 90 WHERE application_id = :id RETURNING 1", id=rows[5])
    shown = [item.company for item in requested_facts(alice)]
    assert len(shown) == 3
    assert "Company 5" in shown
    assert not {"Company 0", "Company 1"} & set(shown)


def test_a_snoozed_field_is_hidden_and_a_missing_one_never_counts_in_the_badge(alice: Person) -> None:
    row_id = alice.add_application(workplace="remote")
    assert alice.with_settings(weekly_goal=0).call(badge_and_reminders).due == 0
    alice.call(snooze, row_id, "complete", "excitement", 7)
    assert requested_facts(alice) == []


def test_the_posting_is_written_on_its_own_tab(alice: Person) -> None:
    alice.call(save, {"wanted": "Python"})
    row_id = alice.add_application(excitement="3")
    assert requested_facts(alice)[0].address == f"/applications/{row_id}?tab=posting&edit=posting_text"


def test_a_word_in_the_role_counts_like_one_in_the_posting(alice: Person) -> None:
    alice.call(save, {"wanted": "Python"})
    alice.add_application(role="Python developer", excitement="3")
    assert facts(alice) == []
