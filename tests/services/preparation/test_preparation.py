"""Preparation for an interview: likely questions, own answers, practice until the day."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clock import NOW
from tests.support.people import ABSENT, Person
from tests.support.practice_meetings import questions_of, schedule_meeting
from tracker.errors import Conflict, Invalid, NotFound, TooMany
from tracker.services.interviews import state_changes
from tracker.services.preparation import edits
from tracker.services.preparation.likely_questions import BANK, likely
from tracker.services.preparation.practice_page import practice_page
from tracker.services.preparation.spaced_repetition import LAST_REVIEW, practised
from tracker.shapes.enumerations import InterviewKind
from tracker.shapes.preparation import Recall, Topic

Clock = time_machine.Traveller


def one_question(person: Person, of: str, answer: str = "I measured first.") -> str:
    person.call(edits.add_own, of, "How do you find a slow query?")
    question_id = questions_of(person, of)[-1].id
    person.call(edits.answer, question_id, answer)
    return question_id


def test_every_kind_of_round_has_questions_for_any_trade() -> None:
    for kind in InterviewKind:
        for role in ("Backend engineer", "Nurse", "Anything"):
            keys = [question.key for question in likely(kind, role, "Brightwater", "")]
            assert len(keys) == len(set(keys))
            assert any(BANK[key].topic is Topic.ASK_THEM for key in keys), (kind, role)
        assert len(likely(kind, "Backend engineer", "Brightwater", "")) >= 3


def test_a_question_about_something_in_the_posting_gives_that_as_its_reason() -> None:
    questions = {
        question.key: question
        for question in likely(InterviewKind.TECHNICAL, "Engineer", "Brightwater", "You know PostgreSQL.")
    }
    assert questions["back-slow"].why.endswith("The posting names postgresql.")
    assert "front-fast" not in questions
    prose = "You support a patient team, lead with content and enjoy education and sales."
    assert likely(InterviewKind.PANEL, "Baker", "Crumb", prose) == likely(
        InterviewKind.PANEL, "Baker", "Crumb", ""
    )
    in_role = likely(InterviewKind.PANEL, "Head of sales", "Brightwater", "")
    assert "The role says head." in next(question.why for question in in_role if question.key == "lead-low")


def test_the_company_and_the_role_are_named_and_nothing_is_left_in_braces() -> None:
    for kind in InterviewKind:
        for question in likely(kind, "Engineer", "Brightwater {role}", "Kubernetes, React"):
            assert "{company}" not in question.text
    why = next(
        question
        for question in likely(InterviewKind.RECRUITER_SCREEN, "Pilot", "Tern", "")
        if question.key == "why-us"
    )
    assert why.text == "Why Tern?"


@given(
    st.sampled_from(list(InterviewKind)), st.text(max_size=60), st.text(max_size=60), st.text(max_size=300)
)
def test_the_choice_is_the_same_every_time_and_short(
    kind: InterviewKind, role: str, company: str, posting: str
) -> None:
    first = likely(kind, role, company, posting)
    assert first == likely(kind, role, company, posting)
    assert len(first) <= 18
    assert not {
        question.key
        for question in likely(kind, role, company, posting, {question.key for question in first})
    } & {question.key for question in first}


def test_questions_are_taken_once_and_no_longer_suggested(alice: Person) -> None:
    of = schedule_meeting(alice)
    before = alice.call(practice_page, of)
    keys = [question.key for question in before.suggested][:3]
    assert alice.call(edits.add_from_bank, of, keys) == "3 questions added"
    assert alice.last_event()["kind"] == "questions.added"
    assert alice.call(edits.add_from_bank, of, keys) == "These are on the list already"
    after = alice.call(practice_page, of)
    assert (after.count, len(questions_of(alice, of))) == (3, 3)
    assert not {question.key for question in after.suggested} & set(keys)
    with pytest.raises(NotFound):
        alice.call(edits.add_from_bank, of, ["no-such-question"])


def test_an_answer_given_before_comes_along_to_the_next_interview(alice: Person) -> None:
    first, second = schedule_meeting(alice), schedule_meeting(alice)
    alice.call(edits.add_from_bank, first, ["proudest"])
    alice.call(edits.answer, questions_of(alice, first)[0].id, "The map of Bergen.")
    alice.call(edits.add_from_bank, second, ["proudest"])
    assert questions_of(alice, second)[0].answer == "The map of Bergen."


def test_a_stale_answer_shows_both_texts(alice: Person) -> None:
    of = schedule_meeting(alice)
    question_id = one_question(alice, of)
    with pytest.raises(Conflict) as clash:
        alice.call(edits.answer, question_id, "Mine", "as it was")
    assert (clash.value.mine, clash.value.theirs) == ("Mine", "I measured first.")
    assert alice.call(edits.answer, question_id, "Mine", "I measured first.") == "Answer saved"
    assert alice.last_event()["kind"] == "question.answered"


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_an_invalid_question_is_rejected_at_its_field(alice: Person, text: str) -> None:
    of = schedule_meeting(alice)
    with pytest.raises(Invalid) as refused:
        alice.call(edits.add_own, of, text)
    assert list(refused.value.fields) == ["text"]


def test_an_interview_has_room_for_so_many_and_no_more(alice: Person) -> None:
    of = schedule_meeting(alice)
    for number in range(edits.MAX_QUESTIONS):
        alice.call(edits.add_own, of, f"Question {number}?")
    with pytest.raises(TooMany):
        alice.call(edits.add_own, of, "One more?")


def test_forgotten_answers_are_practised_first_and_known_ones_later(alice: Person, clock: Clock) -> None:
    of = schedule_meeting(alice)
    weak, strong, fresh = (one_question(alice, of) for _ in range(3))
    alice.call(edits.practise, weak, "again")
    alice.call(edits.practise, strong, "easy")
    assert alice.call(practice_page, of).now.id == fresh
    assert alice.call(practice_page, of).due == 1
    clock.shift(timedelta(minutes=2))
    assert alice.call(practice_page, of).now.id == weak
    standing = {question.id: question.standing for question in questions_of(alice, of)}
    assert standing[fresh] == "Not practised yet"
    assert standing[weak] == "Due for practice"
    assert standing[strong].startswith("Again in ")


def test_all_that_was_practised_is_due_once_more_before_the_interview(alice: Person, clock: Clock) -> None:
    of = schedule_meeting(alice)
    question_id = one_question(alice, of)
    for _ in range(4):
        alice.call(edits.practise, question_id, "easy")
        clock.shift(timedelta(days=1))
    assert alice.call(practice_page, of).due == 0
    clock.move_to(datetime.fromisoformat("2026-11-20T04:00+01:00"))
    assert alice.call(practice_page, of).due == 1


@given(st.lists(st.tuples(st.sampled_from(list(Recall)), st.integers(1, 5000)), min_size=1, max_size=12))
def test_nothing_is_ever_due_after_the_last_look_while_there_is_time(
    ratings: list[tuple[Recall, int]],
) -> None:
    starts_at, now, card = NOW + timedelta(days=9), NOW, dict[str, Any]()
    for recall, minutes in ratings:
        card, due = practised(card, recall, now, starts_at)
        assert due > now
        if now < starts_at - LAST_REVIEW:
            assert due <= starts_at - LAST_REVIEW
        now += timedelta(minutes=minutes)


def test_a_better_recall_is_due_no_sooner_than_a_worse_one() -> None:
    far = NOW + timedelta(days=400)
    rests = [practised({}, recall, NOW, far)[1] for recall in Recall]
    assert rests == sorted(rests)


def test_questions_to_ask_and_questions_without_an_answer_are_not_practised(alice: Person) -> None:
    of = schedule_meeting(alice)
    alice.call(edits.add_from_bank, of, ["ask-first-months", "proudest"])
    back = next(question for question in questions_of(alice, of) if question.topic == "ask_them")
    alice.call(edits.answer, back.id, "Note: ask Ida")
    assert (alice.call(practice_page, of).due, alice.call(practice_page, of).now) == (0, None)


def test_a_question_is_ticked_off_and_removed_and_brought_back_with_its_answer(alice: Person) -> None:
    of = schedule_meeting(alice)
    question_id = one_question(alice, of)
    alice.call(edits.practise, question_id, "good")
    alice.call(edits.mark_prepared, question_id, True)
    before = alice.row("question", question_id)
    assert alice.call(practice_page, of).ready == 1
    assert alice.call(edits.remove, question_id) == "Question removed"
    batch = alice.batch
    assert questions_of(alice, of) == []
    alice.undo(batch)
    assert alice.row("question", question_id) == before


def test_an_interview_that_is_deleted_and_brought_back_has_its_questions_again(alice: Person) -> None:
    of = schedule_meeting(alice)
    question_id = one_question(alice, of)
    before = alice.row("question", question_id)
    alice.call(state_changes.delete, of)
    assert alice.rows("SELECT 1 FROM question") == []
    alice.undo()
    assert alice.row("question", question_id) == before


@pytest.mark.parametrize("recall", ["", "perfect", "Again"])
def test_a_rating_that_is_none_is_refused(alice: Person, recall: str) -> None:
    with pytest.raises(NotFound):
        alice.call(edits.practise, one_question(alice, schedule_meeting(alice)), recall)


def test_a_missing_interview_has_no_practice_page(alice: Person) -> None:
    with pytest.raises(NotFound):
        alice.call(practice_page, ABSENT)
