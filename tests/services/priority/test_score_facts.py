"""The facts that scores are computed from: referrals, postings, interviews and contacts."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from tests.support.clock import NOW
from tests.support.people import Person
from tests.support.stored_scores import stored_score, wishes
from tracker.models import Interview
from tracker.services.applications import stage_moves
from tracker.services.contacts import contact_changes
from tracker.services.priority import posting_skills
from tracker.services.priority.comparison import explain
from tracker.services.priority.posting_skills import Read, is_unread, of_row
from tracker.services.priority.score_facts import facts_of
from tracker.services.priority.stored_scores import score_all
from tracker.shapes.priority import Facts, Wishes

BERLIN: Any = SimpleNamespace(who=SimpleNamespace(zone=ZoneInfo("Europe/Berlin")))
ROW: dict[str, Any] = {
    "role": "Engineer", "stage": "saved", "outcome": None, "location": "", "country": None, "workplace": None,
    "salary_from": None, "salary_to": None, "currency": None, "salary_period": "year", "asked": None, "has_posting": False,
    "excitement": None, "deadline": None, "touched_at": NOW, "stage_since": NOW, "next": None, "last": None,
    "contacts": 0, "source": "", "tags": [], "industry": "", "company_size": None,
}  # fmt: skip


def facts(words: tuple[str, ...] = (), required: tuple[str, ...] | None = None, **row: Any) -> Facts:
    stored: Any = ROW | row
    return facts_of(BERLIN, stored, words, required)


@pytest.mark.parametrize(
    ("source", "tags", "is_referred"),
    [
        ("Referral", [], True), ("referred by Ann", [], True), ("LinkedIn", ["referral"], True),
        ("LinkedIn", ["remote", "referred-by-ann"], True), ("LinkedIn", ["preferred"], False), ("Preferred", [], False),
        ("", [], False),
    ],
)  # fmt: skip
def test_a_source_or_a_tag_marks_a_referral(source: str, tags: list[str], is_referred: bool) -> None:
    assert facts(source=source, tags=tags).is_referred == is_referred


@pytest.mark.parametrize(
    ("words", "has_posting", "known"),
    [((), False, None), ((), True, frozenset()), (("go",), False, {"go"}), (("go",), True, {"go"})],
)
def test_words_are_unknown_only_without_any_and_without_a_posting(
    words: tuple[str, ...], has_posting: bool, known: frozenset[str] | None
) -> None:
    assert facts(words, has_posting=has_posting).posting_words == known


def test_required_skills_are_the_stored_ones_unless_the_posting_was_read_now() -> None:
    assert facts(asked=["go"]).required == ("go",)
    assert facts(asked=["go"], required=()).required == ()
    assert facts(asked=["go"], required=("rust",)).required == ("rust",)
    assert facts(asked=None).required == ()


def test_instants_are_days_in_the_users_zone() -> None:
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    seen = facts(touched_at=late, stage_since=late, next=late, last=late, outcome="rejected")
    assert {seen.touched_on, seen.stage_since, seen.next_interview, seen.last_interview} == {
        date(2026, 11, 3)
    }
    assert seen.outcome == "rejected"
    assert (facts().next_interview, facts().last_interview, facts().outcome) == (None, None, "")


PYTHON = Wishes(profile_skills=frozenset({"python"}))
POSTING = "Requirements\n- Python"
ID = UUID(int=1)


def posting(**row: Any) -> Any:
    return {"id": ID, "stage": "saved", "posting_text": POSTING, "asked": None, "asked_of": None} | row


def test_an_unread_posting_is_read_and_marked_with_its_text() -> None:
    read = of_row(posting(), PYTHON)
    assert (read.id, read.was, read.required) == (ID, "", ("python",))
    assert read.mark
    again = of_row(posting(asked_of="outdated", asked=["go"]), PYTHON)
    assert again == Read(ID, "outdated", read.mark, ("python",))
    assert of_row(posting(posting_text="Requirements\n- Rust"), PYTHON).mark != read.mark


def test_a_posting_whose_mark_is_stored_is_not_read_again() -> None:
    mark = of_row(posting(), PYTHON).mark
    stored = posting(asked_of=mark, asked=["stored"])
    for wished in (PYTHON, Wishes()):
        assert of_row(stored, wished) == Read(ID, mark, mark, ("stored",))
        assert not is_unread(stored, wished)


@pytest.mark.parametrize(
    ("wished", "row", "unread"),
    [
        (PYTHON, {}, True),
        (PYTHON, {"asked_of": "outdated"}, True),
        (PYTHON, {"stage": "closed"}, False),
        (Wishes(), {}, False),
        (Wishes(), {"stage": "closed"}, False),
        (PYTHON, {"posting_text": ""}, False),
        (PYTHON, {"posting_text": "", "asked_of": "outdated"}, True),
    ],
)
def test_only_an_open_application_of_a_user_with_a_profile_has_its_posting_read(
    wished: Wishes, row: dict[str, Any], unread: bool
) -> None:
    assert is_unread(posting(**row), wished) == unread
    if not unread:
        assert of_row(posting(**row), wished) == Read(ID, "", "", ())


def test_a_posting_that_nothing_needs_loses_the_skills_of_an_older_text() -> None:
    closed = posting(stage="closed", asked_of="outdated", asked=["go"])
    assert of_row(closed, PYTHON) == Read(ID, "outdated", "", ())


def momentum(person: Person, row_id: str) -> str:
    explained = person.call(explain, row_id)
    return next(r.sentence for r in (*explained.reasons, *explained.silent) if r.factor == "momentum")


def interview(person: Person, row_id: str, starts_at: datetime, state: str = "scheduled") -> None:
    values = {"kind": "technical", "state": state, "starts_at": starts_at, "minutes": 60, "zone": "UTC",
              "wall_time": starts_at.replace(tzinfo=None)}  # fmt: skip
    with person.scope() as scope:
        owner = {"user_id": scope.user_id, "application_id": row_id}
        scope.session.execute(insert(Interview).values(**owner, **values))


SILENT = "They answered today, and no interview is scheduled."


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [
        (25, "scheduled", "The next interview is tomorrow."),
        (25, "cancelled", SILENT),
        (0, "scheduled", "The last interview was today, and no interview is scheduled."),
        (-1, "done", "The last interview was today, and no interview is scheduled."),
        (-1, "no_show", "The last interview was today, and no interview is scheduled."),
        (-1, "cancelled", SILENT),
    ],
)
def test_an_interview_counts_as_arranged_until_it_begins_and_as_held_from_then(
    alice: Person, hours: int, state: str, words: str
) -> None:
    row_id, other = alice.add_application(stage="screening"), alice.add_application(stage="screening")
    interview(alice, row_id, NOW + timedelta(hours=hours), state)
    assert momentum(alice, row_id) == words
    assert momentum(alice, other) == SILENT


def test_all_scores_count_interviews_and_contacts_as_the_score_of_one_does(alice: Person) -> None:
    met, known, plain = (alice.add_application(name, stage="screening") for name in ("Met", "Known", "Plain"))
    alice.call(contact_changes.add, {"name": "Ann"}, known)
    interview(alice, met, NOW + timedelta(days=1))
    assert alice.call(score_all) == "1 application scored again"
    assert stored_score(alice, met) > stored_score(alice, plain)
    assert stored_score(alice, known) > stored_score(alice, plain)
    for row_id in (met, known, plain):
        assert alice.call(explain, row_id).was == stored_score(alice, row_id)
    assert alice.call(score_all) == "0 applications scored again"


def test_a_closed_application_is_scored_once_more_and_then_left_out(alice: Person) -> None:
    row_id, open_id = alice.add_application(stage="applied"), alice.add_application()
    alice.call(stage_moves.move, [row_id], "closed", "rejected")
    spoil = "UPDATE priority SET score = :score WHERE application_id = :row_id RETURNING 1"
    alice.rows(spoil, score=1, row_id=row_id)
    alice.rows(spoil, score=0, row_id=open_id)
    assert alice.call(score_all) == "2 applications scored again"
    assert stored_score(alice, row_id) == 0 < stored_score(alice, open_id)


def test_a_posting_names_its_words_or_none_and_without_one_they_are_unknown(alice: Person) -> None:
    wishes(alice, wanted=["Python"])
    bare, baker = alice.add_application(), alice.add_application(posting_text="We bake bread.")

    def words(row_id: str) -> str:
        explained = alice.call(explain, row_id)
        return next(r.sentence for r in (*explained.reasons, *explained.silent) if r.factor == "stack")

    assert words(bare) == "The posting's text isn't saved: counted as neutral."
    assert words(baker) == "The posting mentions none of the technologies you listed."
    alice.call(score_all)
    assert stored_score(alice, bare) > stored_score(alice, baker)


def test_a_batch_of_unread_postings_holds_the_open_ones_of_the_user(alice: Person, bob: Person) -> None:
    for person in (alice, bob):
        person.add_application(posting_text=POSTING)
    closed = alice.add_application(posting_text=POSTING)
    alice.call(stage_moves.move, [closed], "closed", "rejected")
    alice.add_application()
    assert alice.call(posting_skills.read_batch, []) == 0
    assert alice.call(posting_skills.read_batch, ["python"]) == 1
    stored = alice.rows("SELECT asked FROM priority WHERE asked_of <> ''")
    assert [row["asked"] for row in stored] == [["python"]]
    assert alice.call(posting_skills.read_batch, ["python"]) == 0
