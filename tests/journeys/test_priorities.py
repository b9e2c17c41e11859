"""Scores in the browser: reasons that add up, sliders that preview an order, a comparison of two."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.db import scoped
from tracker.services import jobs
from tracker.services.jobs import attempts
from tracker.services.preferences import learn_zone
from tracker.shapes.enumerations import JobKind
from worker import jobs as worker_jobs


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice, more excited about one job, with a nearer deadline for the other."""
    alice.call(learn_zone, "Europe/Berlin")
    alice.add_application("Halcyon Maps", "Cartographer", excitement="5")
    alice.add_application("Morrow", "Surveyor", excitement="2", location="Berlin", country="DE")
    return alice


def waiting(person: Person, kind: JobKind) -> list[str]:
    """Return the ids of the user's waiting jobs of a kind."""
    rows = person.rows("SELECT id FROM job WHERE kind = :kind AND state = 'waiting'", kind=kind.value)
    return [str(row["id"]) for row in rows]


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_the_reasons_of_a_score_add_up_to_it(visits: Any, seeker: Person, screen: Any) -> None:
    page: Page = visits(seeker.user, **screen)
    page.goto("/applications")
    score = page.get_by_role("button", name=re.compile("Score .* Cartographer")).first
    score.click()
    why = page.get_by_role("dialog", name="Why this score")
    expect(why.get_by_text("You gave it 5 of 5 for excitement.")).to_be_visible()
    points = [
        int(text.replace("−", "-").replace("+", ""))
        for text in why.locator(".reasons .points").all_inner_texts()
        if text
    ]
    total = int(why.locator(".sum .points").inner_text())
    assert sum(points) == total
    assert (score.get_attribute("aria-label") or "").startswith(f"Score {total} of 100")


def test_sliders_show_the_new_order_at_once_and_saved_wishes_renew_the_scores_on_open_pages(
    visits: Any, seeker: Person
) -> None:
    page: Page = visits(seeker.user)
    page.goto("/priorities")
    order = page.get_by_role("region", name="Resulting order")
    expect(order.get_by_role("listitem").first).to_contain_text("Cartographer at Halcyon Maps")
    page.get_by_label("Countries").fill("Germany")
    page.get_by_role("button", name="Save priorities").click()
    expect(page.get_by_text("Saved. Scores are being recalculated.")).to_be_visible()
    for _ in range(5):
        page.get_by_role("slider", name="Excitement").press("ArrowLeft")
    expect(page.get_by_role("slider", name="Excitement")).to_have_attribute("aria-valuetext", "off")
    expect(page.get_by_text("Preview, not saved yet")).to_be_visible()
    expect(order.get_by_role("listitem").first).to_contain_text("Surveyor at Morrow")
    page.reload()
    expect(page.get_by_role("slider", name="Excitement")).to_have_attribute("aria-valuetext", "high")
    expect(page.get_by_label("Countries")).to_have_value("Germany")
    listed = page.context.new_page()
    listed.goto("/applications")
    score = listed.get_by_role("button", name=re.compile("Score .* Surveyor"))
    before = score.get_attribute("aria-label") or ""
    (job,) = waiting(seeker, JobKind.SCORE_ALL)
    worker_jobs.carry_out(str(seeker.user.user_id), job)
    expect(score).not_to_have_attribute("aria-label", before)


def test_an_invalid_wish_is_reported_at_its_field_and_no_input_is_lost(
    alice_at: Page, seeker: Person
) -> None:
    alice_at.goto("/priorities")
    alice_at.get_by_role("button", name="Save priorities").click()
    expect(alice_at.get_by_text("Priorities saved")).to_be_visible()
    for _ in range(2):  # the second time the very same is wrong again
        alice_at.get_by_label("Countries").fill("Atlantis")
        alice_at.get_by_label("Industries").fill("Maps")
        alice_at.get_by_role("button", name="Save priorities").click()
        expect(alice_at.get_by_label("Countries")).to_be_focused()
        expect(alice_at.get_by_text("Priorities saved")).to_have_count(0)
    expect(alice_at.get_by_role("alert").filter(has_text="Atlantis")).to_be_in_viewport()
    expect(alice_at.get_by_label("Industries")).to_have_value("Maps")


def test_saving_wishes_keeps_those_that_another_tab_saved(alice_at: Page, seeker: Person) -> None:
    other = alice_at.context.new_page()
    for tab in (alice_at, other):
        tab.goto("/priorities")
    alice_at.get_by_label("Cities").fill("Bergen")
    other.get_by_label("Countries").fill("Norway")
    other.get_by_label("Senior", exact=True).check()
    other.get_by_role("slider", name="Excitement").press("ArrowLeft")
    other.get_by_role("button", name="Save priorities").click()
    expect(alice_at.get_by_label("Countries")).to_have_value("Norway")
    expect(alice_at.get_by_role("slider", name="Excitement")).to_have_attribute("aria-valuetext", "medium")
    alice_at.get_by_role("button", name="Save priorities").click()
    expect(other.get_by_label("Cities")).to_have_value("Bergen")
    alice_at.reload()
    expect(alice_at.get_by_label("Cities")).to_have_value("Bergen")
    expect(alice_at.get_by_label("Countries")).to_have_value("Norway")
    expect(alice_at.get_by_label("Senior", exact=True)).to_be_checked()


def test_a_comparison_explains_the_order_factor_by_factor(alice_at: Page, seeker: Person) -> None:
    alice_at.goto("/applications")
    alice_at.get_by_role("button", name=re.compile("Score .* Cartographer")).click()
    alice_at.get_by_role("link", name="Compare with another").click()
    expect(alice_at.get_by_role("heading", level=1, name="Compare scores")).to_be_visible()
    other = alice_at.get_by_label("Compared with").get_by_role(
        "option", name=re.compile("Surveyor at Morrow")
    )
    alice_at.get_by_label("Compared with").select_option(other.get_attribute("value"))
    row = alice_at.get_by_role("row", name=re.compile("^Excitement"))
    expect(row).to_contain_text("You gave it 5 of 5")
    expect(row).to_contain_text("You gave it 2 of 5")
    expect(alice_at).to_have_url(re.compile(r"/compare\?a=.+&b=.+"))


def test_a_job_that_failed_says_why_and_is_tried_again_with_a_button(alice_at: Page, seeker: Person) -> None:
    with scoped(seeker.user) as scope:
        job = jobs.request(scope, JobKind.SCORE_ALL)
    with scoped(seeker.user) as scope:
        attempt = attempts.claim(scope, job)
        assert attempt
        attempts.fail(scope, attempt, "The disk is full.")
    alice_at.goto("/settings")
    work = alice_at.get_by_role("region", name="Background work")
    expect(work.get_by_text("The disk is full.")).to_be_visible()
    work.get_by_role("button", name="Retry: Score every application").click()
    expect(work.get_by_text("Waiting")).to_be_visible()
    worker_jobs.carry_out(str(seeker.user.user_id), str(job))
    expect(work.get_by_text("Done")).to_be_visible()
