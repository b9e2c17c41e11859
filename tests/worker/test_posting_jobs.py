"""Postings that the worker fetches and reads."""

from collections.abc import Iterator

import pytest

from tests.support.people import Person
from tests.support.posting_site import PostingSite, page, posting_site
from tests.support.waiting_jobs import run_jobs
from tracker.errors import Invalid, TooMany
from tracker.services.capture import captures, fetching
from tracker.shapes.capture import CaptureState

POSTING = (
    "<title>Job Application for Clerk at Halcyon</title><h1>Clerk</h1><p>This is a fully remote position.</p>"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostingSite]:
    """Yield a site with a posting, which the worker may reach."""
    with posting_site() as running:
        running.answers["/jobs/1"] = page(POSTING)
        monkeypatch.setattr(fetching, "NETWORK", running.network)
        yield running


def test_an_address_is_fetched_and_its_facts_are_stored(alice: Person, site: PostingSite) -> None:
    capture = alice.call(captures.request_address, f"{site.origin}/jobs/1")
    assert alice.call(captures.result, capture)[0] is CaptureState.WAITING
    run_jobs(alice.user)
    state, posting, reason = alice.call(captures.result, capture)
    assert (state, reason) == (CaptureState.READY, "")
    assert {name: fact.value for name, fact in posting.facts.items()} == {
        "role": "Clerk", "company": "Halcyon", "workplace": "remote",
    }  # fmt: skip
    assert "This is a fully remote position." in posting.text


def test_a_site_that_refuses_leaves_the_reason_and_no_failed_job(alice: Person, site: PostingSite) -> None:
    site.answers["/jobs/1"] = (403, {}, b"")
    capture = alice.call(captures.request_address, f"{site.origin}/jobs/1")
    run_jobs(alice.user)
    state, _, reason = alice.call(captures.result, capture)
    assert (state, reason) == (CaptureState.FAILED, fetching.REFUSED.format(host="jobs.test"))
    assert [row["state"] for row in alice.rows("SELECT state FROM job")] == ["done"]


def test_a_page_without_a_posting_asks_for_the_text(alice: Person, site: PostingSite) -> None:
    site.answers["/jobs/1"] = page("<title>Sign in</title>")
    capture = alice.call(captures.request_address, f"{site.origin}/jobs/1")
    run_jobs(alice.user)
    assert alice.call(captures.result, capture)[2] == captures.NOTHING_READ


def test_an_address_on_the_same_computer_is_refused(alice: Person) -> None:
    capture = alice.call(captures.request_address, "http://127.0.0.1/jobs/1")
    run_jobs(alice.user)
    assert "isn't on the public internet" in alice.call(captures.result, capture)[2]


def test_pasted_html_is_read_without_a_request_and_then_deleted(alice: Person, site: PostingSite) -> None:
    capture = alice.call(captures.request_html, POSTING + "\x00")
    run_jobs(alice.user)
    assert alice.call(captures.result, capture)[1].value("company") == "Halcyon"
    assert alice.rows("SELECT content FROM posting_capture") == [{"content": ""}]
    assert not site.requests


def test_a_capture_that_was_deleted_needs_no_reading(alice: Person, site: PostingSite) -> None:
    alice.call(captures.request_address, f"{site.origin}/jobs/1")
    alice.rows("DELETE FROM posting_capture RETURNING id")
    run_jobs(alice.user)
    assert not site.requests


def test_an_invalid_address_is_refused_at_once(alice: Person) -> None:
    with pytest.raises(Invalid) as error:
        alice.call(captures.request_address, "ftp://jobs.test/1")
    assert list(error.value.fields) == ["posting"]


def test_the_number_of_captures_an_hour_is_limited(alice: Person) -> None:
    for _ in range(captures.MAX_PER_HOUR):
        alice.call(captures.request_html, "<p>x</p>")
    with pytest.raises(TooMany):
        alice.call(captures.request_html, "<p>x</p>")
