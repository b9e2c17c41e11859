"""Letters by a model in the browser: requested, watched in two tabs, stopped, marked and corrected."""

import json
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.lying_model import lying_model
from tests.support.paced_model import PacedModel, letter, paced_model
from tests.support.people import Person
from tracker.services.interviews.scheduling import schedule
from tracker.services.model import user_service
from tracker.services.preferences import learn_zone
from tracker.services.profile.edits import add_bullet
from worker.jobs import carry_out

LETTER = letter(
    "Dear team,", "I moved 40 services to PostgreSQL. I have nine years of Kubernetes.", "Kind regards"
)


@pytest.fixture
def model() -> Iterator[PacedModel]:
    import_module("openai")  # Otherwise the first answer waits for it, on a busy machine for seconds.
    with paced_model() as running:
        running.answers = [LETTER]
        yield running


@pytest.fixture
def ann(alice: Person, model: PacedModel) -> Person:
    """Return a user with a bullet and an AI service of her own."""
    alice.call(learn_zone, "Europe/Berlin")
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL", "skills": "PostgreSQL"})
    alice.call(user_service.save, {"base_url": model.base, "model": "m-1", "key": ""})
    return alice


def run_waiting_job(person: Person) -> threading.Thread:
    """Run the waiting job, as a worker does."""
    [waiting] = person.rows(
        "SELECT id FROM job WHERE kind IN ('write_letter', 'suggest_questions') AND state = 'waiting'"
    )
    working = threading.Thread(target=carry_out, args=(str(person.user.user_id), str(waiting["id"])))
    working.start()
    return working


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_letter_is_watched_in_two_tabs_stopped_written_and_corrected(
    visits: Any, ann: Person, model: PacedModel, screen: Any
) -> None:
    of = ann.add_application(
        "Brightwater", "Engineer", posting_text="You know PostgreSQL.\nNine years of Kubernetes."
    )
    first, other = (visits(ann.user, **screen) for _ in range(2))
    for page in (first, other):
        page.goto(f"/applications/{of}?tab=letter")
        expect(page.get_by_role("button", name="Write a letter")).to_be_visible()
    model.let(8)
    first.get_by_role("button", name="Write a letter").click()
    expect(other.get_by_text("Waiting for a worker.")).to_be_visible()
    expect(first.get_by_role("button", name="Stop")).to_be_focused()
    working = run_waiting_job(ann)
    for page in (first, other):
        expect(page.get_by_role("region", name="The model is writing")).to_contain_text("Dear team,")
    first.reload()
    growing = first.get_by_role("region", name="The model is writing")
    expect(growing).to_contain_text("Dear team,")
    growing.get_by_role("button", name="Stop").click()
    for page in (first, other):
        expect(page.get_by_text("Stopped after ")).to_be_visible()
    expect(first.get_by_text("Stopped after ")).to_be_focused()
    working.join(30)
    model.let_all()
    first.get_by_role("button", name="Write a letter").click()
    expect(growing).to_be_visible()
    run_waiting_job(ann).join(30)
    for page in (first, other):
        text = page.get_by_role("region", name="Letter", exact=True)
        expect(text).to_contain_text("I moved 40 services to PostgreSQL.")
        expect(text.get_by_text("nine years", exact=True).first).to_be_visible()
    model.answers = [letter("I moved 40 services to PostgreSQL.")]
    first.get_by_role("button", name="Rephrase the paragraph without: nine years").click()
    expect(growing).to_be_visible()
    run_waiting_job(ann).join(30)
    expect(first.get_by_role("region", name="Not in your profile")).to_have_count(0)
    first.get_by_text("What was sent to the model (3)").click()
    with first.expect_popup() as opened:
        first.get_by_role("link", name="What was sent to m-1").first.click()
    expect(opened.value.get_by_text("You rewrite one paragraph of a cover letter in English")).to_be_visible()


def test_a_letter_that_fails_says_why_and_is_tried_again(visits: Any, ann: Person, model: PacedModel) -> None:
    of = ann.add_application("Brightwater", "Engineer", posting_text="You know PostgreSQL.")
    page: Page = visits(ann.user)
    with lying_model() as liar:
        liar.status = 401
        ann.call(user_service.save, {"base_url": liar.base, "model": "m-1", "key": "sk-wrong"})
        page.goto(f"/applications/{of}?tab=letter")
        page.get_by_role("button", name="Write a letter").click()
        expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
        run_waiting_job(ann).join(30)
    failed = page.get_by_role("region", name="The letter wasn't written")
    expect(failed.get_by_role("alert")).to_contain_text("refuses the key. Check the key.")
    ann.call(user_service.save, {"base_url": model.base, "model": "m-1", "key": ""})
    failed.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    run_waiting_job(ann).join(30)
    expect(page.get_by_role("region", name="Letter", exact=True)).to_contain_text("I moved 40 services")


def test_questions_are_suggested_for_an_interview_with_a_bullet_to_answer_from(
    visits: Any, ann: Person, model: PacedModel
) -> None:
    of = ann.add_application("Brightwater", "Engineer", posting_text="You know PostgreSQL.")
    meeting = ann.call(schedule, of, {"starts_at": "2027-03-12T10:00", "zone": "Europe/Berlin"})
    ann.rows("DELETE FROM job RETURNING 1")
    bullet = str(ann.rows("SELECT id FROM bullet")[0]["id"])
    questions = {
        "text": "What went wrong on the way?",
        "topic": "technical",
        "why": "",
        "bullets": [bullet],
        "lines": [],
    }
    model.answers = [json.dumps({"questions": [questions]})]
    page: Page = visits(ann.user)
    page.goto(f"/interviews/{meeting}/practice")
    page.get_by_role("button", name="Ask the model for questions").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    run_waiting_job(ann).join(30)
    listed = page.get_by_role("region", name="Technical")
    expect(listed.get_by_text("What went wrong on the way?", exact=True)).to_be_visible()
    listed.get_by_text("Answer from one of your bullets").click()
    expect(listed.get_by_text("Moved 40 services to PostgreSQL")).to_be_visible()


def test_an_own_service_is_set_up_tested_and_removed(visits: Any, alice: Person, model: PacedModel) -> None:
    alice.call(learn_zone, "Europe/Berlin")
    page: Page = visits(alice.user)
    page.goto("/settings")
    service = page.get_by_role("region", name="AI service")
    expect(service.get_by_text("None is set up.")).to_be_visible()
    service.get_by_label("Address").fill("ftp://nowhere")
    service.get_by_label("Model").fill("m-1")
    service.get_by_label("Key").fill("sk-secret")
    service.get_by_role("button", name="Save service").click()
    expect(service.get_by_text("Use the address of an API")).to_be_visible()
    expect(service.get_by_label("Key")).to_have_value("sk-secret")
    service.get_by_label("Address").fill(model.base)
    service.get_by_role("button", name="Save service").click()
    expect(service.get_by_text("with your key")).to_be_visible()
    service.get_by_role("button", name="Test connection").click()
    expect(service.get_by_text(" answers.")).to_be_visible()
    page.reload()
    expect(service.get_by_label("Key")).to_have_value("•" * 12)
    assert "sk-secret" not in page.content()
    service.get_by_role("button", name="Remove service").click()
    expect(service.get_by_text("None is set up.")).to_be_visible()
