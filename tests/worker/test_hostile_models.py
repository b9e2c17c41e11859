"""Malicious models: no answer breaks a job, and each call is closed with the tokens it used."""

import json

import pytest

from tests.support.generation_requests import LETTER, calls, letters, request_letter, run_job
from tests.support.lying_model import LyingModel
from tests.support.paced_model import letter
from tests.support.people import Person
from tracker.services.generation import model_runs
from tracker.services.letters.answer_reader import LetterReader
from tracker.services.model.client import TIMEOUTS
from tracker.services.model.connection_check import A_MINUTE, check_connection_for
from tracker.services.preparation import model_questions


def of_ids(*bullets: str) -> str:
    return letter("Dear team", bullets=bullets)


@pytest.mark.parametrize(
    "answer",
    [letter("Dear team") + "\x00", letter("Dear team") + "\ud800", letter("Dear\x00 team"), "Dear\x00 team", of_ids("a\x00b"),
     json.dumps({"paragraphs": [{"text": "Dear\ud83d team", "bullets": ["a\ud800b"], "lines": []}]})],
    ids=["null outside", "half outside", "null in text", "null in plain text", "null in an id", "halves within"],
)  # fmt: skip
def test_characters_that_cannot_be_stored_are_removed(ann: Person, liar: LyingModel, answer: str) -> None:
    liar.stream(answer)
    assert run_job(ann, request_letter(ann)).phase == "done"
    [stored] = letters(ann)
    assert [paragraph["text"] for paragraph in stored["paragraphs"]] == ["Dear team"]


@pytest.mark.parametrize("counted", [-5, 10**12])
def test_a_count_of_tokens_that_cannot_be_one_is_kept_within_bounds(
    ann: Person, liar: LyingModel, counted: int
) -> None:
    liar.stream(LETTER, usage={"prompt_tokens": counted, "completion_tokens": 1, "total_tokens": 1})
    assert run_job(ann, request_letter(ann)).phase == "done"
    [call] = calls(ann)
    assert call["read_tokens"] == min(max(counted, 0), 1_000_000)


@pytest.mark.parametrize("answer", ["[" * 9_000, '{"a":' * 3_000, "```" + " " * 15_000])
def test_an_answer_that_is_slow_to_parse_is_refused_with_a_reason(
    ann: Person, liar: LyingModel, answer: str
) -> None:
    liar.stream(answer)
    progress = run_job(ann, request_letter(ann))
    assert progress.phase == "failed"
    assert "in a form Pursuit can't read" in progress.status


def test_a_question_is_ended_even_if_its_answer_breaks_something(
    ann: Person, liar: LyingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_: LetterReader) -> None:
        raise OSError("nobody thought of this")

    whole = model_runs.TASKS[model_runs.Purpose.LETTER]
    monkeypatch.setitem(
        model_runs.TASKS, model_runs.Purpose.LETTER, model_runs.Task(whole.request, break_down, whole.store)
    )
    liar.stream(LETTER)
    progress = run_job(ann, request_letter(ann))
    assert (progress.phase, progress.status.startswith("Something went wrong. Reference ")) == (
        "failed",
        True,
    )
    [call] = calls(ann)
    assert (call["held_tokens"], call["is_whole"], call["reason"]) == (0, False, "It was interrupted.")


def test_questions_of_any_form_are_read(ann: Person) -> None:
    reader = LetterReader()
    reader.feed(json.dumps({"questions": [{"text": "Why us?", "topic": ["opening"]}, {"text": 5}, "x"]}))
    assert [question["text"] for question in model_questions.checked(reader)] == ["Why us?"]


def test_a_connection_is_tried_six_times_a_minute_at_most(ann: Person, bob: Person, liar: LyingModel) -> None:
    """The minute may end during the test, which restarts the count."""
    tries = [check_connection_for(ann.user.user_id, None, TIMEOUTS).sentence for _ in range(A_MINUTE * 2 + 1)]
    assert tries[0] != "You tested this too often. Try again in a minute."
    assert tries[-1] == "You tested this too often. Try again in a minute."
    assert len(liar.requests) <= A_MINUTE * 2
    assert check_connection_for(bob.user.user_id, None, TIMEOUTS).sentence == tries[0]
