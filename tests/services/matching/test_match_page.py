"""Match of a posting with the profile, as an application's page shows it."""

import pytest

from tests.support.people import Person
from tracker.errors import NotFound
from tracker.services.applications.deletion import remove
from tracker.services.matching.match_page import MAX_SHOWN, MAX_SUPPORT, of_application
from tracker.services.profile.edits import add_bullet, add_position, edit_about
from tracker.shapes.matching import MatchPage, RequirementItem

POSTING = """Requirements
- 3+ years of Go
- Java, Kotlin or Scala
- PostgreSQL
- Fluent English
- Bachelor's degree in Computer Science
Nice to have
- Terraform
"""
JOB = {"title": "Engineer", "organisation": "Linear", "begun": "2021-03", "is_current": "on"}


def add_profile(person: Person) -> str:
    """Add a headline, languages and a position with a bullet; return the position's id."""
    person.call(edit_about, {"headline": "Backend engineer", "languages": "English (C1)"}, {})
    job = str(person.call(add_position, JOB))
    person.call(add_bullet, {"text": "Wrote the billing in Go on PostgreSQL", "position_id": job})
    return job


def match_page_of(person: Person, application_id: str) -> MatchPage:
    shown: MatchPage = person.call(of_application, application_id)
    return shown


def line(shown: MatchPage, words: str) -> RequirementItem:
    return next(item for item in [*shown.first, *shown.rest] if item.words == words)


def test_each_requirement_is_described_with_its_evidence(alice: Person) -> None:
    add_profile(alice)
    shown = match_page_of(alice, alice.add_application(posting_text=POSTING))
    years = line(shown, "3+ years of Go")
    assert (years.kind, years.is_must, years.is_met, years.status) == ("Years", True, True, "Met")
    assert [(item.text, item.where) for item in years.support] == [
        ("Engineer at Linear", "Position"),
        ("Wrote the billing in Go on PostgreSQL", "Engineer at Linear"),
    ]
    (bullet,) = line(shown, "PostgreSQL").support
    assert (bullet.text, bullet.where) == ("Wrote the billing in Go on PostgreSQL", "Engineer at Linear")
    assert all(item.words != "Go" for item in shown.first)
    english = line(shown, "English (fluent)")
    assert [(item.text, item.where, item.why) for item in english.support] == [
        ("English (C1)", "Languages", "")
    ]
    assert line(shown, "Bachelor's degree in computer science").posting_line == ""
    assert line(shown, "PostgreSQL").support[0].why == years.posting_line == ""


def test_missing_musts_come_first_and_are_named(alice: Person) -> None:
    add_profile(alice)
    shown = match_page_of(alice, alice.add_application(posting_text=POSTING))
    assert [item.words for item in shown.first[:3]] == [
        "Java, Kotlin or Scala",
        "Bachelor's degree in computer science",
        "Terraform",
    ]
    assert shown.missing_musts == (
        "2 must-haves without support: Java, Kotlin or Scala; Bachelor's degree in computer science."
    )
    assert shown.first[0].status == "Not in your profile"


def test_a_requirement_met_in_part_counts_as_missing(alice: Person) -> None:
    add_profile(alice)
    shown = match_page_of(
        alice, alice.add_application(posting_text="Requirements\n- 15 years of Go\n- Good communication")
    )
    assert (shown.first[0].status, shown.counted) == ("Met in part", "0 of 1 requirement")
    assert shown.missing_musts == "1 must-have not met: 15 years of Go."
    assert (shown.first[-1].kind, shown.first[-1].is_must) == ("Soft skill, not counted", False)


def test_a_posting_of_soft_skills_alone_has_no_figure(alice: Person) -> None:
    add_profile(alice)
    shown = match_page_of(alice, alice.add_application(posting_text="- Good communication"))
    assert (shown.coverage, shown.counted, shown.first[0].words) == ("", "", "communication")


def test_coverage_is_a_share_with_its_count(alice: Person) -> None:
    add_profile(alice)
    shown = match_page_of(alice, alice.add_application(posting_text=POSTING))
    met = sum(item.is_met for item in shown.first)
    assert shown.counted == f"{met} of {len(shown.first)} requirements"
    assert shown.share == f"{round(100 * met / len(shown.first))} %"
    assert shown.coverage == f"{shown.counted}, {shown.share}"


def test_the_same_posting_shows_the_same_twice(alice: Person) -> None:
    add_profile(alice)
    application_id = alice.add_application(posting_text=POSTING)
    assert match_page_of(alice, application_id) == match_page_of(alice, application_id)


def test_a_long_posting_and_much_behind_an_ask_are_folded(alice: Person) -> None:
    job = add_profile(alice)
    for n in range(MAX_SUPPORT + 1):
        alice.call(add_bullet, {"text": f"Moved {n} tables of PostgreSQL", "position_id": job})
    skills = "Python, Kubernetes, Docker, React, TypeScript, Kafka, AWS, Redis, Ruby, Rust"
    shown = match_page_of(alice, alice.add_application(posting_text=f"{POSTING}\n- {skills}"))
    assert len(shown.first) == MAX_SHOWN
    assert shown.show_all == f"Show all {MAX_SHOWN + len(shown.rest)}"
    known = line(shown, "PostgreSQL")
    assert (len(known.support), known.more) == (MAX_SUPPORT, "and 2 more")


@pytest.mark.parametrize("posting", ["", " \n "])
def test_the_page_without_a_posting_says_what_to_do(alice: Person, posting: str) -> None:
    shown = match_page_of(alice, alice.add_application(posting_text=posting))
    assert shown.empty == "Paste the posting's text to see its requirements."


@pytest.mark.parametrize("role", ["Baker", "Senior engineer"])
def test_a_posting_that_asks_for_nothing_known_says_so(alice: Person, role: str) -> None:
    shown = match_page_of(alice, alice.add_application(role=role, posting_text="We bake bread."))
    assert (shown.empty, shown.first) == ("No requirements were recognised in this text.", [])


def test_without_a_profile_requirements_have_no_coverage(charlie: Person) -> None:
    shown = match_page_of(charlie, charlie.add_application(posting_text=POSTING))
    assert not shown.has_profile
    assert (shown.coverage, shown.missing_musts, shown.first[0].status) == ("", "", "")
    assert all(item.note == "" for item in shown.first)


def test_a_deleted_application_and_nonsense_are_not_found(alice: Person) -> None:
    application_id = alice.add_application(posting_text=POSTING)
    alice.call(remove, [application_id])
    for row_id in (application_id, "nonsense"):
        with pytest.raises(NotFound):
            alice.call(of_application, row_id)
