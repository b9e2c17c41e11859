"""Jobs: requested in the user's transaction, merged while they wait, and listed as sentences."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import text

from tests.support.owner import owner_engine
from tests.support.people import ABSENT, Person
from tracker.errors import NotFound
from tracker.services import jobs
from tracker.services.jobs import attempts
from tracker.shapes.enumerations import JobKind

KIND = JobKind.SCORE_ALL


def failed(person: Person, reason: str = "The service doesn't answer.") -> UUID:
    job_id: UUID = person.call(jobs.request, KIND)
    attempt = person.call(attempts.claim, job_id)
    person.call(attempts.fail, attempt, reason)
    return job_id


def test_a_waiting_job_takes_the_newest_arguments(alice: Person) -> None:
    first = alice.call(jobs.request, KIND, depth=1)
    assert alice.call(jobs.request, KIND, depth=2) == first
    assert alice.row("job", str(first))["arguments"] == {"depth": 2}
    subject = uuid4()
    assert alice.call(jobs.request, KIND, subject) == alice.call(jobs.request, KIND, subject=subject) != first


def test_a_change_during_a_running_job_requests_another(alice: Person) -> None:
    first = alice.call(jobs.request, KIND)
    alice.call(attempts.claim, first)
    assert alice.call(jobs.request, KIND) != first


def test_everyone_has_their_own(alice: Person, bob: Person) -> None:
    assert alice.call(jobs.request, KIND) != bob.call(jobs.request, KIND)


def test_a_waiting_job_is_not_claimed_before_the_change_is_committed(alice: Person) -> None:
    first = alice.call(jobs.request, KIND)
    free = text("SELECT id FROM job WHERE id = :id FOR UPDATE SKIP LOCKED")
    with owner_engine().connect() as other, alice.scope() as scope:
        assert len(other.execute(free, {"id": first}).all()) == 1
        other.rollback()
        jobs.request(scope, KIND)
        assert other.execute(free, {"id": first}).all() == []
        other.rollback()


def test_a_new_job_is_enqueued_only_after_commit(alice: Person) -> None:
    with alice.scope() as scope:
        jobs.request(scope, KIND)
        jobs.request(scope, KIND)
        assert len(scope.outbox) == 1
        scope.outbox.clear()


def test_a_day_has_one_whatever_became_of_it(alice: Person) -> None:
    day = date(2026, 11, 2)
    first = alice.call(jobs.request_for_day, JobKind.NIGHTLY_SNAPSHOT, day)
    alice.call(attempts.finish, alice.call(attempts.claim, first))
    assert alice.call(jobs.request_for_day, JobKind.NIGHTLY_SNAPSHOT, day) == first
    assert alice.call(jobs.request_for_day, JobKind.NIGHTLY_SNAPSHOT, date(2026, 11, 3)) != first


def test_a_failed_one_says_why_and_can_be_tried_again(alice: Person, clock: time_machine.Traveller) -> None:
    job_id = failed(alice)
    clock.shift(timedelta(minutes=5))
    [line] = alice.call(jobs.recent)
    assert (line.label, line.state_label, line.when) == ("Score every application", "Failed", "5 min ago")
    assert (line.reason, line.can_retry) == ("The service doesn't answer.", True)
    assert alice.call(jobs.retry, str(job_id)) == "Score every application: waiting again"
    assert alice.call(jobs.retry, str(job_id)) == "Score every application: already waiting"
    [line] = alice.call(jobs.recent)
    assert (line.state, line.reason, line.can_retry) == ("waiting", "", False)


def test_a_failed_one_gives_way_to_its_like_that_waits(alice: Person) -> None:
    old = failed(alice)
    new = alice.call(jobs.request, KIND)
    assert alice.call(jobs.retry, old) == "Score every application: already waiting"
    assert [line.id for line in alice.call(jobs.recent)] == [str(new)]


def test_a_job_that_retries_by_itself_shows_when(alice: Person) -> None:
    attempt = alice.call(attempts.claim, alice.call(jobs.request, KIND))
    alice.call(attempts.postpone, attempt, "The service doesn't answer.")
    [line] = alice.call(jobs.recent)
    assert (line.state_label, line.when, line.can_retry) == ("Will retry", "within a minute", True)


def test_the_latest_twenty_are_listed_and_how_far_they_are(alice: Person) -> None:
    assert alice.call(jobs.recent) == []
    for _ in range(22):
        last = alice.call(jobs.request, KIND, subject=uuid4())
    attempt = alice.call(attempts.claim, last)
    alice.call(attempts.advance, attempt, 40)
    lines = alice.call(jobs.recent)
    assert len(lines) == 20
    assert (lines[0].id, lines[0].state, lines[0].progress) == (str(last), "working", 40)


@pytest.mark.parametrize("job_id", [ABSENT, "nonsense", ""])
def test_a_missing_job_cannot_be_retried(alice: Person, job_id: str) -> None:
    with pytest.raises(NotFound):
        alice.call(jobs.retry, job_id)
