"""Drafts are private: deleted when a session is ended, kept for an hour after one that expired."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.open_forms import NO_DRAFT, TYPED, drafts, of_notes
from tests.support.people import Person
from tests.support.visits import cookie_of
from tracker.services import sessions
from tracker.services.people import delete_account


def test_no_draft_is_left_in_the_browser_after_signing_out(
    alice_at: Page, seeker: Person, bob: Person, base_url: str
) -> None:
    alice_at.context.new_page().goto("/settings")
    settings = alice_at.context.pages[-1]
    opened = of_notes(seeker)
    opened(alice_at).fill(TYPED)
    alice_at.get_by_role("textbox", name="Notes", exact=True).blur()
    settings.get_by_role("button", name="Sign out").click()
    for tab in (settings, alice_at):
        expect(tab.get_by_role("heading", name="Sign in to Pursuit")).to_be_visible()
    alice_at.context.add_cookies([cookie_of(bob.user, base_url)])
    alice_at.goto("/")
    expect(alice_at.get_by_role("heading", level=1)).to_be_visible()
    left = json.dumps(alice_at.evaluate("({...localStorage, ...sessionStorage})"))
    assert TYPED not in left
    assert str(seeker.user.user_id) not in left


def test_another_user_who_signs_in_finds_no_draft(
    alice_at: Page, seeker: Person, bob: Person, base_url: str
) -> None:
    of_notes(seeker)(alice_at).fill(TYPED)
    alice_at.goto("/analytics")
    assert TYPED in json.dumps(drafts(alice_at))
    alice_at.context.add_cookies([cookie_of(bob.user, base_url)])
    alice_at.goto("/")
    expect(alice_at.locator(f"[data-owner='{bob.user.user_id}']")).to_have_count(1)
    assert drafts(alice_at) == {"draft-owner": str(bob.user.user_id)}


def test_no_draft_is_left_when_the_account_is_deleted(alice_at: Page, seeker: Person) -> None:
    of_notes(seeker)(alice_at).fill(TYPED)
    alice_at.goto("/settings")
    assert TYPED in json.dumps(drafts(alice_at))
    alice_at.get_by_role("button", name="Delete account").click()
    alice_at.get_by_label("Confirmation").fill("delete")
    alice_at.get_by_role("button", name="Delete everything").click()
    expect(alice_at.get_by_label("One-time address")).to_be_visible()  # after the page has reloaded
    assert drafts(alice_at) == {}


def ended(seeker: Person) -> None:
    seeker.call(sessions.revoke_others)


def deleted(seeker: Person) -> None:
    seeker.call(delete_account, "delete")


@pytest.mark.parametrize("end", [ended, deleted])
@pytest.mark.parametrize("is_open", [True, False], ids=["while the page is open", "while it isn't"])
def test_no_draft_is_left_when_the_session_is_ended_elsewhere(
    alice_at: Page, seeker: Person, end: Callable[[Person], None], is_open: bool
) -> None:
    of_notes(seeker)(alice_at).fill(TYPED)
    if not is_open:
        alice_at.goto("/livez")
        assert TYPED in json.dumps(drafts(alice_at))
    end(seeker)
    if not is_open:
        alice_at.goto("/")
    expect(alice_at.get_by_role("heading", name="Sign in to Pursuit")).to_be_visible()
    alice_at.evaluate(NO_DRAFT)
    assert drafts(alice_at) == {}


def test_after_a_session_expired_a_draft_waits_an_hour_for_its_user(
    alice_at: Page, seeker: Person, base_url: str
) -> None:
    opened = of_notes(seeker)
    opened(alice_at).fill(TYPED)
    alice_at.goto("/livez")
    expire(seeker)
    alice_at.goto("/")
    expect(alice_at.locator("[data-session-end=expired]")).to_be_visible()
    assert TYPED in json.dumps(drafts(alice_at))
    alice_at.context.add_cookies([cookie_of(seeker.user, base_url)])
    expect(opened(alice_at)).to_have_value(TYPED)
    assert "draft-until" not in drafts(alice_at)


def test_an_hour_after_a_session_expired_no_draft_is_left(alice_at: Page, seeker: Person) -> None:
    of_notes(seeker)(alice_at).fill(TYPED)
    alice_at.goto("/livez")
    expire(seeker)
    alice_at.goto("/")
    expect(alice_at.locator("[data-session-end=expired]")).to_be_visible()
    hour = "localStorage.setItem('draft-until', Number(localStorage.getItem('draft-until')) - 36e5)"
    alice_at.evaluate(hour)
    alice_at.reload()
    alice_at.evaluate(NO_DRAFT)
    assert drafts(alice_at) == {}


def expire(person: Person) -> None:
    """Let every session of a person expire."""
    with person.scope() as scope:
        scope.session.execute(text("UPDATE user_session SET expires_at = now() - interval '1 second'"))


def test_a_draft_is_forgotten_after_thirty_days(alice_at: Page, seeker: Person) -> None:
    opened = of_notes(seeker)
    opened(alice_at).fill(TYPED)
    alice_at.goto("/analytics")
    month = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).forEach((key) => localStorage.setItem(key, localStorage.getItem(key).replace(/\"at\":\\d+/, '\"at\":' + (Date.now() - 31 * 864e5))))"
    alice_at.evaluate(month)
    expect(opened(alice_at)).to_have_value("Old")
