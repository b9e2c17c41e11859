"""Outcomes of interviews, and undoing them."""

from typing import Any

import pytest

from tests.support.people import ABSENT, Person
from tracker.errors import Conflict, Invalid, NotFound, Sorry
from tracker.services.interviews.interview_lists import detail, of_application
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief, delete, mark_done, no_show, reopen
from tracker.services.preparation.edits import add_own

TODAY = {"kind": "panel", "starts_at": "2026-11-03T09:00"}


@pytest.fixture
def interview(alice: Person) -> str:
    return alice.call(schedule, alice.add_application(stage="interviewing"), TODAY)


@pytest.mark.parametrize(
    ("verb", "state", "event", "message"),
    [
        (cancel, "cancelled", "interview.cancelled", "Panel interview cancelled"),
        (mark_done, "done", "interview.done", "Panel interview marked done"),
        (no_show, "no_show", "interview.missed", "Panel interview marked as a no-show"),
    ],
)
def test_an_interview_is_settled_recorded_once_and_undone(
    alice: Person, interview: str, verb: Any, state: str, event: str, message: str
) -> None:
    recorded = alice.log()
    assert alice.call(verb, interview) == message
    settled = alice.batch
    assert alice.call(verb, interview) == message
    assert alice.row("interview", interview)["state"] == state
    assert alice.log() == [*recorded, event]
    alice.undo(settled)
    assert alice.row("interview", interview)["state"] == "scheduled"


def test_a_cancelled_interview_is_put_back_on_the_calendar(alice: Person, interview: str) -> None:
    alice.call(cancel, interview)
    alice.call(reopen, interview)
    assert alice.row("interview", interview)["state"] == "scheduled"
    assert alice.log()[-1] == "interview.reopened"
    alice.undo()
    assert alice.row("interview", interview)["state"] == "cancelled"


@pytest.mark.parametrize(("verb", "args"), [(mark_done, ()), (no_show, ()), (debrief, ("well",))])
def test_an_interview_on_a_future_day_cannot_be_done(alice: Person, verb: Any, args: tuple[str, ...]) -> None:
    later = alice.call(schedule, alice.add_application(), {**TODAY, "starts_at": "2026-11-04T09:00"})
    with pytest.raises(Sorry, match="hasn't happened yet"):
        alice.call(verb, later, *args)
    ahead = alice.with_settings(timezone="Pacific/Kiritimati")
    assert ahead.call(verb, later, *args)


def test_a_debrief_is_kept_and_the_interview_counts_as_done(alice: Person, interview: str) -> None:
    assert alice.call(debrief, interview, "Went *well*", "4") == "Debrief saved"
    seen = alice.call(detail, interview)
    assert (seen.debrief, seen.line.rating, seen.line.state) == ("Went *well*", 4, "done")
    assert seen.debrief_html == "<p>Went <em>well</em></p>\n"
    assert alice.log()[-2:] == ["interview.done", "interview.debriefed"]


def test_the_same_debrief_again_changes_nothing(alice: Person, interview: str) -> None:
    alice.call(debrief, interview, "Well", "4")
    recorded = alice.log()
    alice.call(debrief, interview, "Well", "4")
    assert alice.log() == recorded


def test_a_rating_alone_is_a_debrief_too_but_nothing_is_not(alice: Person, interview: str) -> None:
    with pytest.raises(Invalid):
        alice.call(debrief, interview, "  ", "0")
    alice.call(debrief, interview, "", "2")
    assert alice.row("interview", interview)["rating"] == 2


@pytest.mark.parametrize("rating", ["6", "-1", "good", "3.5"])
def test_a_rating_goes_from_one_to_five(alice: Person, interview: str, rating: str) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(debrief, interview, "x", rating)
    assert list(wrong.value.fields) == ["rating"]


@pytest.mark.parametrize("rating", [1, 5])
def test_the_least_and_the_best_rating_are_kept(alice: Person, interview: str, rating: int) -> None:
    alice.call(debrief, interview, "", str(rating))
    assert alice.call(detail, interview).line.rating == rating


@pytest.mark.parametrize(("text", "rating"), [("Went well", ""), ("", "4"), ("Went well", "4")])
def test_a_debrief_can_be_emptied_again(alice: Person, interview: str, text: str, rating: str) -> None:
    alice.call(debrief, interview, text, rating)
    assert alice.call(debrief, interview, "", "0") == "Debrief saved"
    row = alice.row("interview", interview)
    assert (row["debrief"], row["rating"]) == ("", None)


def test_the_same_debrief_from_two_tabs_is_no_conflict(alice: Person, interview: str) -> None:
    alice.call(debrief, interview, "Went well", "", "")
    assert alice.call(debrief, interview, "Went well", "5", "") == "Debrief saved"
    assert alice.row("interview", interview)["rating"] == 5


def test_a_stale_debrief_shows_both_texts(alice: Person, interview: str) -> None:
    alice.call(debrief, interview, "theirs", "", "")
    with pytest.raises(Conflict) as both:
        alice.call(debrief, interview, "mine", "", "")
    assert (both.value.mine, both.value.theirs) == ("mine", "theirs")
    assert alice.call(debrief, interview, "mine", "", "theirs")


def test_a_deleted_interview_is_restored_exactly(alice: Person, interview: str) -> None:
    alice.call(debrief, interview, "Well", "4")
    before, seen = alice.row("interview", interview), alice.call(detail, interview)
    assert alice.call(delete, interview) == "Panel interview of Tue 3 Nov 2026, 09:00 deleted"
    deleted = alice.batch
    assert alice.call(of_application, seen.line.application_id) == []
    alice.undo(deleted)
    assert alice.row("interview", interview) == before
    assert alice.call(detail, interview) == seen


def test_an_interview_is_deleted_once(alice: Person, interview: str) -> None:
    alice.call(delete, interview)
    with pytest.raises(NotFound):
        alice.call(delete, interview)


def test_an_interview_settled_again_since_is_not_undone(alice: Person, interview: str) -> None:
    alice.call(cancel, interview)
    batch = alice.batch
    alice.call(mark_done, interview)
    with pytest.raises(Conflict):
        alice.undo(batch)
    alice.call(delete, interview)
    with pytest.raises(Conflict):
        alice.undo(batch)


@pytest.mark.parametrize("verb", [cancel, mark_done, no_show, reopen, delete])
def test_another_user_cannot_settle_it(alice: Person, bob: Person, interview: str, verb: Any) -> None:
    for interview_id in (interview, ABSENT, "nonsense"):
        with pytest.raises(NotFound):
            bob.call(verb, interview_id)
    assert alice.row("interview", interview)["state"] == "scheduled"


def test_an_interview_without_a_rating_has_no_stars(alice: Person, interview: str) -> None:
    alice.call(debrief, interview, "Went well", "")
    assert alice.call(detail, interview).line.rating == 0


def test_undoing_a_deletion_restores_the_interviews_own_questions(alice: Person, interview: str) -> None:
    other = alice.call(schedule, alice.add_application("Other", stage="interviewing"), TODAY)
    alice.call(add_own, other, "Why here?")
    alice.call(add_own, interview, "Why Linear?")
    before = alice.rows("SELECT * FROM question ORDER BY id")
    alice.call(delete, interview)
    deleted = alice.batch
    assert [row["text"] for row in alice.rows("SELECT * FROM question")] == ["Why here?"]
    alice.undo(deleted)
    assert alice.rows("SELECT * FROM question ORDER BY id") == before
