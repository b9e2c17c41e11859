"""Letters written by worker and model: watched, stopped, killed and refused, without loss."""

import time
from collections.abc import Callable
from itertools import count

import pytest

from tests.support.generation_requests import (
    LETTER,
    calls,
    letter_job,
    letters,
    progress_of,
    request_letter,
    run_job,
    running_job,
)
from tests.support.lying_model import LyingModel
from tests.support.paced_model import PacedModel
from tests.support.people import Person
from tests.support.worker_processes import Process, wait_until
from tracker.services import generation_requests
from tracker.services.generation import model_runs, progress
from tracker.services.jobs import job_upkeep


def test_the_text_can_be_read_while_it_is_written_and_becomes_a_version(
    ann: Person, model: PacedModel
) -> None:
    of = request_letter(ann)
    assert progress_of(ann, of).phase == "waiting"
    model.let(8)
    with running_job(ann, of):
        wait_until(lambda: "Dear team," in progress_of(ann, of).text)
        half = progress_of(ann, of)
        assert (half.phase, half.version_id) == ("writing", "")
        assert half.status.startswith("Writing: ")
        model.let_all()
    done = progress_of(ann, of)
    [version] = letters(ann)
    assert (done.phase, done.version_id, version["writer"]) == ("done", str(version["id"]), "model")
    assert [paragraph["text"] for paragraph in version["paragraphs"]][::2] == ["Dear team,", "Kind regards"]
    assert letter_job(ann, of)["state"] == "done"
    assert ann.last_event()["kind"] == "letter.written"
    [call] = calls(ann)
    assert (call["read_tokens"], call["written_tokens"], call["held_tokens"], call["answer"]) == (
        900,
        120,
        0,
        LETTER,
    )
    sent = ann.call(progress.sent, done.calls[0].id)
    assert "You write one cover letter in English" in sent
    assert "You know PostgreSQL." in sent
    assert LETTER in sent


def test_stopping_ends_writing_within_two_seconds_and_keeps_the_text(ann: Person, model: PacedModel) -> None:
    of = request_letter(ann)
    model.let(8)
    with running_job(ann, of):
        wait_until(lambda: progress_of(ann, of).text)
        ann.call(generation_requests.cancel, progress_of(ann, of).id)
        stopped_at = time.monotonic()
        wait_until(lambda: letter_job(ann, of)["state"] == "done")
        assert time.monotonic() - stopped_at < 2
    latest = progress_of(ann, of)
    assert (latest.phase, letters(ann), latest.status) == ("stopped", [], "Stopped after 6 words.")
    assert latest.text.startswith("Dear team")
    [call] = calls(ann)
    assert (call["reason"], call["is_estimated"], call["held_tokens"]) == ("It was stopped.", True, 0)
    more = count(9)
    wait_until(lambda: model.let(next(more)) or model.hung_up == 1)


def test_a_request_stopped_while_waiting_is_never_sent(ann: Person, model: PacedModel) -> None:
    of = request_letter(ann)
    ann.call(generation_requests.cancel, progress_of(ann, of).id)
    assert run_job(ann, of).phase == "stopped"
    assert (model.requests, calls(ann)) == ([], [])
    assert ann.call(generation_requests.cancel, progress_of(ann, of).id) == "It had already finished"


def test_a_worker_killed_while_writing_loses_no_text_and_the_next_starts_again(
    ann: Person, model: PacedModel, start: Callable[[], Process]
) -> None:
    of = request_letter(ann)
    model.let(8)
    first = start()
    wait_until(lambda: progress_of(ann, of).text, first.output)
    first.kill()
    assert progress_of(ann, of).text.startswith("Dear team")
    second = start()
    wait_until(lambda: job_upkeep.sweep() or len(model.requests) == 2, second.output)
    wait_until(lambda: progress_of(ann, of).before, second.output)
    latest = progress_of(ann, of)
    assert latest.before.startswith("Dear team")
    assert latest.before_status == "An earlier attempt was interrupted after 6 words; this one starts over."
    model.let_all()
    wait_until(lambda: progress_of(ann, of).phase == "done", second.output)
    assert len(letters(ann)) == 1
    assert [call["reason"] for call in calls(ann)] == ["It was interrupted.", ""]


def test_a_complete_answer_is_not_requested_again(
    ann: Person, model: PacedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    of, whole = request_letter(ann), model_runs.TASKS[model_runs.Purpose.LETTER]

    def break_down(*_: object) -> None:
        raise OSError("the worker dies before the letter is kept")

    broken = model_runs.Task(whole.request, whole.check, break_down)
    monkeypatch.setitem(model_runs.TASKS, model_runs.Purpose.LETTER, broken)
    assert run_job(ann, of).phase == "failed"
    monkeypatch.undo()
    ann.call(generation_requests.retry_request, progress_of(ann, of).id)
    assert run_job(ann, of).phase == "done"
    assert (len(model.requests), len(letters(ann)), len(calls(ann))) == (1, 1, 1)


def test_a_service_that_limits_requests_is_retried_after_its_delay(ann: Person, liar: LyingModel) -> None:
    liar.status, liar.headers = 429, {"Retry-After": "7"}
    of = request_letter(ann)
    latest = run_job(ann, of)
    assert latest.phase == "waiting"
    assert "received too many requests." in latest.status
    assert "Retrying in" in latest.status
    rest = letter_job(ann, of)["next_try_at"] - letter_job(ann, of)["finished_at"]
    assert rest.total_seconds() == 7
    [call] = calls(ann)
    assert (call["read_tokens"], call["held_tokens"]) == (0, 0)


def test_a_stream_that_breaks_keeps_its_text_and_is_retried_only_on_request(
    ann: Person, liar: LyingModel
) -> None:
    liar.stream(LETTER[:120], finish=None)
    of = request_letter(ann)
    latest = run_job(ann, of)
    assert (latest.phase, letter_job(ann, of)["next_try_at"]) == ("failed", None)
    assert latest.status.startswith(
        "The AI service broke off in the middle of its answer. The 10 words it wrote "
    )
    assert latest.text.startswith("Dear team,")
    ann.call(generation_requests.retry_request, latest.id)
    assert progress_of(ann, of).phase == "waiting"
    liar.stream(LETTER)
    assert run_job(ann, of).phase == "done"


@pytest.mark.parametrize(
    ("status", "message"), [(401, "refuses the key"), (404, "doesn't know the model"), (402, "no credit")]
)
def test_an_error_that_a_retry_wont_fix_fails_at_once_with_a_reason(
    ann: Person, liar: LyingModel, status: int, message: str
) -> None:
    liar.status = status
    of = request_letter(ann)
    latest = run_job(ann, of)
    assert (latest.phase, len(calls(ann)), letter_job(ann, of)["next_try_at"]) == ("failed", 1, None)
    assert message in latest.status
    assert "sk-1" not in latest.status


@pytest.mark.parametrize("answer", ["{}", '{"paragraphs": []}', '{"paragraphs": "no"}'])
def test_an_answer_that_is_no_letter_is_explained(ann: Person, liar: LyingModel, answer: str) -> None:
    liar.stream(answer)
    of = request_letter(ann)
    latest = run_job(ann, of)
    assert (latest.phase, letters(ann)) == ("failed", [])
    assert "in a form Pursuit can't read" in latest.status


def test_a_request_interrupted_twice_waits_for_the_user(ann: Person, model: PacedModel) -> None:
    of = request_letter(ann)
    for _ in range(2):
        ann.rows(
            "INSERT INTO model_call (user_id, writing_id, host, model, rules, matter, answer) "
            "SELECT user_id, id, 'h', 'm', 'r', 'x', 'Dear' FROM writing RETURNING 1"
        )
    latest = run_job(ann, of)
    assert (latest.phase, model.requests) == ("failed", [])
    assert latest.status.startswith("It was interrupted twice, so it isn't retried automatically")
    assert {call["held_tokens"] for call in calls(ann)} == {0}
    ann.call(generation_requests.retry_request, latest.id)
    assert run_job(ann, of).phase == "done"
