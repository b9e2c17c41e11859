"""Jobs given to a worker: done once, retried within bounds, or failed with a message."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from rq.timeouts import JobTimeoutException
from sqlalchemy import text

from tests.support.people import Person
from tests.support.worker_processes import Servers, wait_until
from tracker import clock
from tracker.db import scoped
from tracker.errors import Invalid, Upstream
from tracker.services import jobs, people, preferences, sessions
from tracker.services.contacts import contact_changes
from tracker.services.jobs import attempts, job_upkeep
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who
from worker import jobs as worker_jobs
from worker.work import Work

KIND = JobKind.SCORE_ALL
Verb = Callable[[Work], None]


@pytest.fixture(autouse=True)
def travel(servers: Servers) -> Iterator[time_machine.Traveller]:
    """Freeze time; the test moves it."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def run_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Verb], None]:
    """Return a function that replaces the job of this kind."""
    return lambda verb: monkeypatch.setitem(worker_jobs.JOBS, KIND, verb)


def request_job(user: Who, **arguments: Any) -> UUID:
    with scoped(user) as scope:
        return jobs.request(scope, KIND, **arguments)


def run_job(user: Who, job_id: UUID) -> dict[str, Any]:
    worker_jobs.carry_out(str(user.user_id), str(job_id))
    return row(user, job_id)


def row(user: Who, job_id: UUID) -> dict[str, Any]:
    with scoped(user) as scope:
        return dict(scope.rows(text("SELECT * FROM job WHERE id = :id"), {"id": job_id})[0])


def effects(user: Who) -> int:
    with scoped(user) as scope:
        return len(scope.rows(text("SELECT 1 FROM contact")))


def add_one(work: Work) -> None:
    with work.finishing() as scope:
        contact_changes.add(scope, {"name": "Effect"})


def away(work: Work) -> None:
    raise Upstream("The service doesn't answer.")


def test_a_job_runs_once_however_often_it_is_enqueued(
    alice: Person, run_with: Callable[[Verb], None]
) -> None:
    run_with(add_one)
    job_id = request_job(alice.user)
    done = [run_job(alice.user, job_id) for _ in range(3)][-1]
    assert (done["state"], done["progress"], done["tries"], effects(alice.user)) == ("done", 100, 1, 1)


def test_two_workers_run_a_job_once(alice: Person, run_with: Callable[[Verb], None]) -> None:
    job_id, both = request_job(alice.user), threading.Barrier(8)
    run_with(add_one)

    def race() -> None:
        both.wait()
        worker_jobs.carry_out(str(alice.user.user_id), str(job_id))

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert (row(alice.user, job_id)["state"], row(alice.user, job_id)["tries"], effects(alice.user)) == (
        "done",
        1,
        1,
    )


def test_the_job_knows_its_user_subject_and_arguments(
    alice: Person, run_with: Callable[[Verb], None]
) -> None:
    with scoped(alice.user) as scope:
        preferences.save(scope, {"timezone": "Asia/Tokyo", "currency": "JPY"})
    seen: list[Work] = []
    run_with(seen.append)
    subject = uuid4()
    run_job(alice.user, request_job(alice.user, subject=subject, depth=3))
    assert (seen[0].user.timezone, seen[0].user.currency) == ("Asia/Tokyo", "JPY")
    assert (seen[0].subject, seen[0].arguments) == (subject, {"depth": 3})


def test_a_worker_knows_of_a_person_what_their_own_session_does(alice: Person) -> None:
    from dataclasses import replace

    user = sessions.find(sessions.open_session(alice.user.user_id, "Firefox"))
    assert user is not None
    assert people.load_user(alice.user.user_id) == replace(user, session_id=None)


def test_a_failing_service_is_tried_five_times_with_doubling_delays(
    alice: Person, run_with: Callable[[Verb], None], travel: time_machine.Traveller
) -> None:
    run_with(away)
    job_id, rests = request_job(alice.user), []
    for _ in range(attempts.MAX_TRIES - 1):
        tried = run_job(alice.user, job_id)
        assert run_job(alice.user, job_id) == tried, "carried before its time"
        rests.append((tried["next_try_at"] - clock.now()).total_seconds())
        travel.move_to(tried["next_try_at"])
        assert job_upkeep.sweep() == 1
    assert rests == [0.1, 0.2, 0.4, 0.8]
    failed = run_job(alice.user, job_id)
    assert (failed["state"], failed["tries"], failed["next_try_at"]) == ("failed", attempts.MAX_TRIES, None)
    assert failed["reason"] == "The service doesn't answer."
    travel.shift(timedelta(days=1))
    assert (job_upkeep.sweep(), run_job(alice.user, job_id)) == (0, failed)


def test_retry_starts_the_job_again(alice: Person, run_with: Callable[[Verb], None]) -> None:
    def refuse(work: Work) -> None:
        raise Invalid({"deadline": "There is no such day."})

    run_with(refuse)
    job_id = request_job(alice.user)
    assert run_job(alice.user, job_id)["reason"] == "There is no such day."
    run_with(add_one)
    assert run_job(alice.user, job_id)["state"] == "failed"
    with scoped(alice.user) as scope:
        assert jobs.retry(scope, job_id) == "Score every application: waiting again"
    done = run_job(alice.user, job_id)
    assert (done["state"], done["reason"], done["tries"], effects(alice.user)) == ("done", "", 1, 1)


def test_an_unexpected_error_fails_the_job_with_a_reference_from_the_log(
    alice: Person, run_with: Callable[[Verb], None], caplog: pytest.LogCaptureFixture
) -> None:
    def half_way(work: Work) -> None:
        with work.finishing() as scope:
            contact_changes.add(scope, {"name": "Effect"})
            raise KeyError("secret")

    run_with(half_way)
    failed = run_job(alice.user, request_job(alice.user))
    reference = re.fullmatch(r"Something went wrong\. Reference ([0-9a-f]{8})\.", failed["reason"])
    assert reference
    assert reference[1] in caplog.text
    assert (failed["state"], failed["tries"], failed["next_try_at"], effects(alice.user)) == (
        "failed",
        1,
        None,
        0,
    )


def test_a_job_that_exceeds_its_timeout_says_so(alice: Person, run_with: Callable[[Verb], None]) -> None:
    def endless(work: Work) -> None:
        raise JobTimeoutException

    run_with(endless)
    assert (
        run_job(alice.user, request_job(alice.user))["reason"]
        == "It took more than 15 minutes and was stopped."
    )


def test_a_job_that_this_version_does_not_know_says_so(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(worker_jobs.JOBS, KIND, raising=False)
    assert (
        run_job(alice.user, request_job(alice.user))["reason"]
        == "This version of Pursuit can't do this: score every application."
    )


def test_a_job_that_ends_every_worker_is_given_up(
    alice: Person, run_with: Callable[[Verb], None], travel: time_machine.Traveller
) -> None:
    run_with(add_one)
    job_id = request_job(alice.user)
    for _ in range(attempts.MAX_TRIES):
        with scoped(alice.user) as scope:
            assert attempts.claim(scope, job_id)
        travel.shift(timedelta(minutes=1))
    failed = run_job(alice.user, job_id)
    assert failed["reason"] == "It was interrupted 5 times and won't be retried automatically."
    assert (failed["state"], failed["next_try_at"], effects(alice.user)) == ("failed", None, 0)


def test_progress_is_saved_between_steps(alice: Person, run_with: Callable[[Verb], None]) -> None:
    seen: list[tuple[str, int]] = []

    def in_steps(work: Work) -> None:
        with work.step() as scope:
            contact_changes.add(scope, {"name": "Effect"})
        work.advance(40)
        seen.append((row(alice.user, job_id)["state"], row(alice.user, job_id)["progress"]))

    run_with(in_steps)
    job_id = request_job(alice.user)
    assert run_job(alice.user, job_id)["state"] == "done"
    assert (seen, effects(alice.user)) == ([("working", 40)], 1)


def test_an_attempt_whose_job_was_taken_over_commits_nothing(
    alice: Person,
    run_with: Callable[[Verb], None],
    travel: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def overtaken(work: Work) -> None:
        with work.finishing() as scope:
            contact_changes.add(scope, {"name": "Effect"})
            travel.shift(timedelta(minutes=1))
            with scoped(alice.user) as other:
                assert attempts.claim(other, work.claim.job_id)

    run_with(overtaken)
    job_row = run_job(alice.user, request_job(alice.user))
    assert (job_row["state"], job_row["tries"], effects(alice.user)) == ("working", 2, 0)
    assert "Another worker has taken over job" in caplog.text


def test_a_job_enqueued_for_another_user_is_left_alone(
    alice: Person, bob: Person, run_with: Callable[[Verb], None]
) -> None:
    run_with(add_one)
    job_id = request_job(alice.user)
    worker_jobs.carry_out(str(bob.user.user_id), str(job_id))
    assert (row(alice.user, job_id)["state"], effects(alice.user), effects(bob.user)) == ("waiting", 0, 0)


def test_a_job_of_a_deleted_account_ends_silently(
    alice: Person, run_with: Callable[[Verb], None], caplog: pytest.LogCaptureFixture
) -> None:
    run_with(add_one)
    job_id = request_job(alice.user)
    with scoped(alice.user) as scope:
        people.delete_account(scope, "delete")
    caplog.clear()
    worker_jobs.carry_out(str(alice.user.user_id), str(job_id))
    worker_jobs.carry_out(str(alice.user.user_id), str(uuid4()))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_deleting_an_account_during_its_job_ends_the_job_silently(
    alice: Person, run_with: Callable[[Verb], None], caplog: pytest.LogCaptureFixture
) -> None:
    def delete_account(work: Work) -> None:
        with scoped(alice.user) as scope:
            people.delete_account(scope, "delete")

    run_with(delete_account)
    worker_jobs.carry_out(str(alice.user.user_id), str(request_job(alice.user)))
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_lease_is_renewed_while_the_work_lasts(alice: Person, run_with: Callable[[Verb], None]) -> None:
    def long(work: Work) -> None:
        before = row(alice.user, work.claim.job_id)["next_try_at"]
        with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False):
            wait_until(lambda: row(alice.user, work.claim.job_id)["next_try_at"] > before)

    run_with(long)
    assert run_job(alice.user, request_job(alice.user))["state"] == "done"
