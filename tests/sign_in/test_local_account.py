"""Local account: sign-in by one-time address in a real browser, and its end."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, Page, expect
from sqlalchemy import text

from tests.support.server import WebServer
from tracker.db import anonymous
from tracker.services import sessions


def sign_in(page: Page, served: WebServer, path: str = "/applications") -> None:
    page.goto(f"{served.sign_in_address}&{urlencode({'next': path})}")
    page.wait_for_url(served.origin + path)


def test_an_anonymous_client_signs_in_and_returns_to_the_requested_page(page: Page, local: WebServer) -> None:
    page.goto(f"{local.origin}/applications?view=board")
    expect(page.get_by_role("heading", level=1, name="Sign in to Pursuit")).to_be_visible()
    expect(page.get_by_text(".venv/bin/tracker sign-in")).to_be_visible()
    page.get_by_label("One-time address").fill(local.sign_in_address)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{local.origin}/applications?view=board")
    expect(page.get_by_role("heading", level=1, name="Applications")).to_be_visible()


def test_a_signed_in_user_is_redirected(page: Page, local: WebServer) -> None:
    sign_in(page, local)
    page.goto(f"{local.origin}/sign-in?next=/applications")
    page.wait_for_url(f"{local.origin}/applications")


def test_the_problem_is_shown_as_a_message(page: Page, local: WebServer) -> None:
    page.goto(f"{local.origin}/sign-in?problem=refused")
    expect(page.get_by_role("alert")).to_contain_text("declined to share your identity")


def test_a_revoked_session_sends_its_open_page_to_sign_in(page: Page, local: WebServer) -> None:
    sign_in(page, local)
    search = page.get_by_role("searchbox", name="Search applications")
    expect(search).to_be_visible()
    (cookie,) = (
        candidate for candidate in page.context.cookies() if candidate["name"] == f"pursuit-{local.port}"
    )
    sessions.end_session(cookie["value"])
    with suppress(Error):  # An event of the page's own may have been the next one, and taken it away already.
        search.fill("a", timeout=2000)
    page.wait_for_url(f"{local.origin}/sign-in?next=*")
    expect(page.get_by_label("One-time address")).to_be_visible(timeout=20_000)


def test_signing_out_sends_the_sessions_other_tabs_to_sign_in_without_an_event_of_their_own(
    page: Page, local: WebServer
) -> None:
    sign_in(page, local)
    other = page.context.new_page()
    other.goto(f"{local.origin}/settings")
    expect(page.get_by_role("searchbox", name="Search applications")).to_be_visible()
    other.get_by_role("region", name="Sessions").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{local.origin}/sign-in?next=*")
    other.wait_for_url(f"{local.origin}/sign-in*")


def test_no_script_reads_the_session(page: Page, local: WebServer) -> None:
    sign_in(page, local)
    (cookie,) = (
        candidate for candidate in page.context.cookies() if candidate["name"] == f"pursuit-{local.port}"
    )
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert cookie["value"] not in page.evaluate("document.cookie + JSON.stringify(sessionStorage)")
    assert cookie["value"] not in page.content()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/applications",
        "/applications?view=board",
        "/applications/none",
        "/interviews",
        "/contacts",
        "/settings",
    ],
)
def test_no_page_breaks_under_the_policy_for_scripts(page: Page, local: WebServer, path: str) -> None:
    sign_in(page, local)
    answer = page.goto(local.origin + path)
    assert answer
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_a_socket_the_page_still_offers_a_way_in(local: WebServer, page: Page) -> None:
    page.route_web_socket("**/_event/**", lambda socket: socket.close())
    page.goto(f"{local.origin}/sign-in")
    expect(page.get_by_role("link", name="Sign in anyway")).to_be_visible()


def test_the_way_in_without_a_socket_is_hidden_when_there_is_one(local: WebServer, page: Page) -> None:
    page.goto(f"{local.origin}/sign-in")
    expect(page.get_by_label("One-time address")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in anyway")).to_have_count(0)


def age_session(page: Page, served: WebServer) -> None:
    """Make the browser's session eleven minutes older."""
    (cookie,) = (
        candidate for candidate in page.context.cookies() if candidate["name"] == f"pursuit-{served.port}"
    )
    mark = bytes.fromhex(sessions.token_hash(cookie["value"]))
    with anonymous() as session:
        older = (
            "UPDATE user_session SET created_at = created_at - interval '11 minutes' WHERE token_hash = :mark"
        )
        session.execute(text(older), {"mark": mark})


def test_deleting_the_account_requires_a_fresh_sign_in_and_returns(page: Page, local: WebServer) -> None:
    sign_in(page, local, "/settings")
    age_session(page, local)
    page.reload()
    account = page.get_by_role("region", name="Delete account")
    account.get_by_role("link", name="Sign in again to delete the account").click()
    expect(page.get_by_role("heading", level=1, name="Confirm that it's you")).to_be_visible()
    page.get_by_label("One-time address").fill(local.sign_in_address)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{local.origin}/settings#delete")
    expect(account.get_by_role("button", name="Delete account")).to_be_visible()


def test_a_sign_in_that_expires_while_typing_is_reported_at_the_field(page: Page, local: WebServer) -> None:
    sign_in(page, local, "/settings")
    page.get_by_role("button", name="Delete account").click()
    age_session(page, local)
    dialog = page.get_by_role("dialog", name="Delete account")
    dialog.get_by_label("Confirmation").fill("delete")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(dialog.get_by_text("this needs a sign-in within the last 10 minutes")).to_be_visible()
    expect(dialog.get_by_label("Confirmation")).to_have_value("delete")
    dialog.get_by_role("link", name="Sign in again").click()
    expect(page.get_by_role("heading", level=1, name="Confirm that it's you")).to_be_visible()


def test_the_sign_in_history_is_shown_and_follows(page: Page, local: WebServer) -> None:
    sign_in(page, local, "/settings")
    entries = page.get_by_role("region", name="Account history").get_by_role("listitem")
    expect(entries.first).to_contain_text("Signed in")
    expect(entries.first).to_contain_text("from 127.0.0.1")
    used = local.sign_in_address
    with local.client() as client:
        client.get(used)
    with local.client() as client:
        client.get(used)
    expect(
        page.get_by_role("region", name="Account history").get_by_text("one-time link already used").first
    ).to_be_visible()
