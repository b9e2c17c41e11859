"""An application's page: texts and access."""

from decimal import Decimal

import pytest

from tests.support.people import ABSENT, Person
from tests.support.statements import statements
from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.applications.application_list import page
from tracker.services.applications.application_page import detail
from tracker.services.applications.cards import mark, salary_text, tint
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.markdown import as_html
from tracker.shapes.filters import Filters


def test_the_page_has_every_fact_as_text(alice: Person) -> None:
    row_id = alice.add_application(
        country="DE", workplace="remote", employment="full_time", salary_from="65k", salary_to="85k",
        currency="EUR", deadline="2026-11-10", notes="# Plan\n*soon*", posting_url="example.com/1",
    )  # fmt: skip
    seen = alice.call(detail, row_id)
    shown = {fact.name: fact.shown for fact in seen.facts}
    assert shown["country"] == "Germany"
    assert shown["workplace"] == "Remote"
    assert shown["employment"] == "Full-time"
    assert shown["deadline"] == "Tue 10 Nov 2026 (in 7 days)"
    assert seen.next_step == "Deadline in 7 days"
    assert seen.notes_html == "<h2>Plan</h2>\n<p><em>soon</em></p>\n"
    assert next(fact for fact in seen.facts if fact.name == "posting_url").link == "https://example.com/1"


def test_each_field_is_edited_as_text_as_a_date_or_as_a_choice(alice: Person) -> None:
    row_id = alice.add_application(salary_from="65k", location="Berlin", follow_up_on="2026-11-04")
    facts = {fact.name: fact for fact in alice.call(detail, row_id).facts}
    of_kind = {
        kind: {name for name, fact in facts.items() if fact.kind == kind} for kind in ("date", "choice")
    }
    assert of_kind["date"] == {"applied_on", "deadline", "follow_up_on"}
    assert of_kind["choice"] == {"workplace", "employment", "company_size"}
    assert {fact.kind for fact in facts.values()} == {"date", "choice", "text"}
    assert facts["workplace"].choices == [
        ("", "Not set"), ("remote", "Remote"), ("hybrid", "Hybrid"), ("onsite", "On-site"),
    ]  # fmt: skip
    assert (facts["location"].choices, facts["location"].link) == ([], "")
    assert (facts["location"].shown, facts["deadline"].shown) == ("Berlin", "")
    assert facts["follow_up_on"].shown == "Wed 4 Nov 2026 (tomorrow)"
    assert facts["salary"].label == "Salary"


@pytest.mark.parametrize(
    ("end", "raw"), [("salary_from", "65000 USD per year"), ("salary_to", "up to 65000 USD per year")]
)
def test_a_salary_with_one_end_is_edited_as_one_field(alice: Person, end: str, raw: str) -> None:
    facts = alice.call(detail, alice.add_application(**{end: "65000"})).facts
    assert [fact.raw for fact in facts if "salary" in fact.name] == [raw]


def test_the_page_shows_the_stage_the_rating_the_score_and_the_follow_ups(alice: Person) -> None:
    row_id = alice.add_application(stage="applied", excitement="4")
    other = alice.add_application("Other")
    for _ in range(2):
        alice.call(follow_up, row_id)
    alice.rows("UPDATE priority SET score = 77 WHERE application_id = :id RETURNING 1", id=row_id)
    alice.rows("DELETE FROM priority WHERE application_id = :id RETURNING 1", id=other)
    seen = alice.call(detail, row_id)
    assert (seen.standing, seen.outcome, seen.excitement, seen.score) == ("Applied", "", 4, 77)
    assert seen.follow_ups == 2
    bare = alice.call(detail, other)
    assert (bare.standing, bare.excitement, bare.score, bare.follow_ups) == ("Saved", 0, 0, 0)
    alice.call(move, [row_id], "closed", "rejected")
    closed = alice.call(detail, row_id)
    assert (closed.standing, closed.outcome) == ("Rejected", "rejected")


@pytest.mark.parametrize(
    ("stage", "deadline", "follow_up_on", "next_step"),
    [
        ("saved", "", "", ""),
        ("saved", "2026-11-05", "2026-11-06", "Deadline in 2 days"),
        ("saved", "2026-11-06", "2026-11-05", "Follow-up in 2 days"),
        ("offer", "2026-11-05", "", "Deadline in 2 days"),
        ("applied", "2026-11-05", "2026-11-06", "Follow-up in 3 days"),
    ],
)
def test_the_next_step_is_the_earlier_of_a_deadline_still_open_and_a_follow_up(
    alice: Person, stage: str, deadline: str, follow_up_on: str, next_step: str
) -> None:
    row_id = alice.add_application(stage=stage, deadline=deadline, follow_up_on=follow_up_on)
    assert alice.call(detail, row_id).next_step == next_step
    alice.call(move, [row_id], "closed", "rejected")
    assert alice.call(detail, row_id).next_step == ""


def test_the_page_takes_at_most_four_statements(alice: Person) -> None:
    row_id = alice.add_application()
    with statements() as sent:
        alice.call(detail, row_id)
    assert len(sent) <= 4


def test_the_raw_text_of_a_fact_can_be_saved_again_unchanged(alice: Person) -> None:
    row_id = alice.add_application(
        salary_from="65000.50", tags="a, b", deadline="2026-11-10", workplace="hybrid"
    )
    for fact in alice.call(detail, row_id).facts:
        assert alice.call(edit, row_id, fact.name, fact.raw, fact.raw).endswith("unchanged"), fact.name


def test_the_activity_is_listed_by_day_latest_first(alice: Person, clock: object) -> None:
    row_id = alice.add_application()
    alice.call(move, [row_id], "applied")
    alice.call(move, [row_id], "closed", "no_response")
    days = alice.call(detail, row_id).days
    assert [day.label for day in days] == ["Today"]
    assert [entry.sentence for entry in days[0].lines] == [
        "Closed as no response, from Applied", "Moved from Saved to Applied", "Added to Saved",
    ]  # fmt: skip


def test_missing_foreign_and_invalid_ids_give_the_same_message(alice: Person, bob: Person) -> None:
    messages = set()
    for row_id in (bob.add_application(), ABSENT, "nonsense", "", "💥"):
        with pytest.raises(NotFound) as refused:
            alice.call(detail, row_id)
        messages.add(refused.value.message)
    assert messages == {"This application doesn't exist, or isn't yours."}


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](data:text/html,hi)", "<a href='javascript:1'>x</a>", "![x](https://tracker.example.com/p.png)",
        "<style>*{display:none}</style>", "[x](JaVaScRiPt:alert(1))", "<svg/onload=alert(1)>",
    ],
)  # fmt: skip
def test_notes_can_carry_no_script_image_or_strange_address(attack: str) -> None:
    html = as_html(attack).lower()
    assert not any(
        bad in html for bad in ("<script", "<img", "<style", "<svg", 'href="javascript', 'href="data')
    )


def test_a_link_in_notes_opens_elsewhere_and_tells_nothing() -> None:
    assert 'rel="noopener noreferrer nofollow"' in as_html("[x](https://example.com)")


def test_marks_and_tints_are_steady() -> None:
    assert (mark("Acme Rockets GmbH"), mark("linear"), mark("?!"), mark("é")) == ("AR", "L", "?", "É")
    assert tint("Linear") == tint("LINEAR")


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "locale", "words"),
    [
        (None, None, None, None, "en-GB", ""),
        (65000, 85000, "EUR", "year", "en-GB", "€65,000 – €85,000 a year"),
        (65000, None, "EUR", "year", "en-GB", "from €65,000 a year"),
        (None, 85000, "GBP", "year", "en-GB", "up to £85,000 a year"),
        (42.5, 42.5, "GBP", "hour", "en-GB", "£42.50 an hour"),
    ],
)
def test_a_salary_is_shown_with_its_currency_and_period(
    low: float | None, high: float | None, currency: str, period: str, locale: str, words: str
) -> None:
    low_, high_ = (None if amount is None else Decimal(str(amount)) for amount in (low, high))
    assert salary_text(low_, high_, currency, period, locale) == words


def test_a_card_is_in_the_readers_zone(alice: Person) -> None:
    alice.add_application(stage="applied", applied_on="2026-11-03")
    assert alice.call(page, Filters()).cards[0].applied == "today"
    assert (
        alice.with_settings(timezone="Pacific/Kiritimati").call(page, Filters()).cards[0].applied
        == "yesterday"
    )
    assert (
        alice.with_settings(timezone="Pacific/Pago_Pago").call(page, Filters()).cards[0].applied == "tomorrow"
    )


def test_the_page_with_its_log_takes_one_statement_and_an_edit_with_its_reload_six(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    with statements() as sent:
        alice.call(detail, row_id)
    assert len(sent) == 1

    def move_and_reread(scope: Scope) -> str:
        move(scope, [row_id], "offer")
        scope.reread()
        return detail(scope, row_id).stage

    with statements() as sent:
        assert alice.call(move_and_reread) == "offer"
    assert len(sent) <= 6


def test_a_salary_is_one_field(alice: Person) -> None:
    row_id = alice.add_application()

    def salary() -> tuple[str, str]:
        (fact,) = [fact for fact in alice.call(detail, row_id).facts if "salary" in fact.name]
        return fact.shown, fact.raw

    assert salary() == ("", "")
    alice.call(edit, row_id, "salary", "60k–70k CHF a year", "")
    assert salary() == ("CHF60,000 – CHF70,000 a year", "60000–70000 CHF per year")
