"""Accessibility of every page, in both themes and on both screens: WCAG 2.2 AA by axe."""

import re
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from tests.support.browser import PHONE, visit
from tests.support.import_files import AMBIGUOUS
from tests.support.people import Person
from tests.support.resumes import EVERY
from tracker.db import Scope, scoped
from tracker.services.applications import creation, field_edits, stage_moves
from tracker.services.contacts import contact_changes
from tracker.services.imports.data_imports import check, save_tables, store_file
from tracker.services.imports.file_content import content_of
from tracker.services.interviews import scheduling
from tracker.services.letters import model_letters, versions
from tracker.services.model import user_service
from tracker.services.preparation import edits as changing_questions
from tracker.services.profile import edits as writing
from tracker.services.reminders import due_reminders
from tracker.services.resume import imports
from tracker.services.resume.parse import parse_resume

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes isn't described, which took most of the time
}
THEMES: dict[Literal["light", "dark"], Any] = {"light": re.compile("light|normal"), "dark": "dark"}
"""By name, how a page says that it is in one."""
PLACES = (
    "/",
    "/applications",
    "/applications?view=board",
    "/applications/{application}",
    "/applications/{application}?tab=interviews",
    "/applications/{application}?tab=contacts",
    "/applications/{application}?tab=letter",
    "/applications/{other}?tab=letter",
    "/applications/{application}?tab=posting",
    "/interviews",
    "/interviews?view=month",
    "/interviews?view=week",
    "/interviews/{interview}",
    "/interviews/{interview}/practice",
    "/contacts",
    "/contacts/{contact}",
    "/profile",
    "/profile?by=skill",
    "/profile/review",
    "/import",
    "/import/{import}",
    "/analytics",
    "/priorities",
    "/compare?a={application}&b={other}",
    "/settings",
)

POSTING = """Requirements
- 5+ years of Go, and AWS
- Python, Java, Kotlin, PostgreSQL, Kubernetes, Terraform, Docker, React, TypeScript, Kafka
- Fluent English
Nice to have
- Bachelor's degree in computer science
"""


@pytest.fixture
def furnished(alice: Person) -> dict[str, str]:
    """Return ids of one row of each kind, of alice's."""
    with scoped(alice.user) as scope:
        ids = [
            creation.add(
                scope,
                {"company": f"Company {n}", "role": f"Role {n}", "excitement": "3", "deadline": "2026-11-30"},
            )
            for n in range(6)
        ]
        for row_id, stage in zip(ids, ("applied", "screening", "interviewing", "offer"), strict=False):
            stage_moves.move(scope, [row_id], stage)
        stage_moves.move(scope, ids[4:5], "closed", "rejected")
        soon = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "America/New_York"}
        interview = scheduling.schedule(scope, ids[0], soon)
        scheduling.schedule(scope, ids[1], reminded(scope))
        job = writing.add_position(scope, {"title": "Engineer", "organisation": "Linear", "begun": "2021"})
        writing.add_bullet(scope, {"text": "Cut the bill", "skills": "AWS, Go", "position_id": job})
        letter = versions.draft(scope, ids[0])
        versions.edit(scope, letter, "Dear team,\n\nI have twelve years of Kubernetes.")
        field_edits.edit(scope, ids[0], "posting_text", POSTING, "")
        resume = UUID(imports.store_text(scope, EVERY["plain"]))
        imports.propose(scope, resume, parse_resume(EVERY["plain"].encode()))
        contact = contact_changes.add(scope, {"name": "Mira Solberg", "email": "mira@example.com"}, ids[0])
        scope.session.execute(text("UPDATE interview SET placed_at = '2020-01-01'"))
        due_reminders.create(scope)
        changing_questions.add_from_bank(scope, interview, ["proudest", "conflict", "ask-hard"])
        changing_questions.answer(scope, requested_letter(scope), "The map of Bergen.")
        user_service.save(scope, {"base_url": "http://127.0.0.1:9/v1", "model": "m-1", "key": "sk-1"})
        for of in ids[:2]:
            model_letters.request_letter(scope, of, {"tone": "plain", "length": "short", "language": "en"})
        scope.session.execute(text("UPDATE writing SET text = 'Dear team, I have'"))
        scope.session.execute(
            text("DELETE FROM job WHERE subject = (SELECT max(id::text)::uuid FROM writing)")
        )
        import_id = store_file(scope, AMBIGUOUS.encode(), "jobs.csv")
        save_tables(scope, UUID(import_id), content_of(AMBIGUOUS.encode()))
        check(scope, UUID(import_id))
    return {
        "application": ids[0],
        "other": ids[1],
        "interview": interview,
        "contact": contact,
        "import": import_id,
    }


def requested_letter(scope: Scope) -> str:
    """Return a requested letter."""
    return str(scope.rows(text("SELECT id FROM question WHERE key = 'proudest'"))[0]["id"])


def reminded(scope: Scope) -> dict[str, str]:
    """Return an interview of which every page reminds."""
    starts = (scope.now + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    return {"kind": "technical", "starts_at": starts, "zone": "UTC", "place": "https://meet.example/x"}


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_no_page_breaks_a_rule(visits: Any, alice: Person, furnished: dict[str, str], screen: Any) -> None:
    page = visits(alice.user, **screen)
    broken = [
        f"{place}: {trouble}"
        for place in PLACES
        for trouble in page_violations(page, place.format(**furnished))
    ]
    assert not broken, "\n".join(broken)


def test_the_sign_in_page_and_the_404_page_are_accessible(
    browser: Browser, base_url: str, visits: Any, alice: Person
) -> None:
    with visit(browser, base_url=base_url) as page:
        assert not page_violations(page, "/sign-in")
    page = visits(alice.user).context.new_page()  # one whose console may say that there is none
    assert not page_violations(page, "/nowhere")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()


def test_the_forms_of_the_profile_break_no_rule(
    visits: Any, alice: Person, furnished: dict[str, str]
) -> None:
    page = visits(alice.user)
    assert not page_violations(page, "/profile")
    for button in ("Edit: Cut the bill", "Edit: Engineer at Linear", "Edit the headline and languages"):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("button", name="Save")).to_be_visible()
        assert not axe_violations(page), button
    for button in ("Import a resume", "Add position"):
        page.get_by_role("button", name=button).first.click()
        assert not axe_violations(page), button
        page.keyboard.press("Escape")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_two_versions_of_a_letter_side_by_side_break_no_rule(
    visits: Any, alice: Person, furnished: dict[str, str], screen: Any
) -> None:
    page = visits(alice.user, **screen)
    assert not page_violations(page, "/applications/{application}?tab=letter".format(**furnished))
    page.get_by_text("Versions (2)").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("region", name="Two versions compared")).to_be_visible()
    assert not axe_violations(page)


def page_violations(page: Page, place: str) -> list[str]:
    """Return axe's violations on a page, after it shows its content."""
    page.goto(place)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".bone:visible")).to_have_count(0)
    return axe_violations(page)


STILL = "() => document.getAnimations().every((one) => one.effect.getComputedTiming().endTime >= 1000 || one.playState !== 'running')"
"""Whether what fades in has come: halfway there no colour has its contrast yet."""


def axe_violations(page: Page) -> list[str]:
    """Return axe's violations on a page as it is, in both themes."""
    violations = []
    for theme, color_scheme in THEMES.items():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_css("color-scheme", color_scheme)
        page.wait_for_function(STILL)
        results = Axe().run(page, options=RULES).response["violations"]
        violations += [
            f"{theme}, {violation['id']}: {violation['nodes'][0]['html'][:160]}" for violation in results
        ]
    return violations
