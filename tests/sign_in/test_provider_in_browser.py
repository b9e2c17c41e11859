"""Signing in with the strict provider in a browser, on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import WebServer, serve
from tests.support.strict_provider import SECRET, strict_provider
from tracker.launch import embedded


@pytest.fixture(scope="module")
def provided(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit on loopback with a provider and its pages."""
    port = embedded.free_port()
    with strict_provider(servers_folder, f"http://127.0.0.1:{port}/auth/callback") as provider:
        environment = {
            "PURSUIT_PORT": str(port),
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": "pursuit",
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "the test provider",
        }
        with serve(servers_folder, pages=True, **environment) as served:
            yield served


@pytest.fixture(autouse=True)
def nothing_from_outside(page: Page) -> None:
    """Answer the provider's request for an external font with an empty one."""
    page.route("https://**/css*", lambda route: route.fulfill(body="", content_type="text/css"))


def test_a_person_signs_in_and_arrives_where_they_were_going(page: Page, provided: WebServer) -> None:
    page.goto(f"http://localhost:{provided.port}/applications")
    page.get_by_role("link", name="Continue with the test provider").click()
    page.get_by_placeholder("Enter any login").fill("alice")
    page.get_by_placeholder("and password").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{provided.origin}/applications")
    expect(page.get_by_role("heading", level=1, name="Applications")).to_be_visible()


def test_a_user_who_declines_is_told_and_may_try_again(page: Page, provided: WebServer) -> None:
    page.goto(f"{provided.origin}/sign-in")
    page.get_by_role("link", name="Continue with the test provider").click()
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"{provided.origin}/sign-in?problem=refused")
    expect(page.get_by_role("alert")).to_contain_text("declined to share your identity")
    expect(page.get_by_role("link", name="Continue with the test provider")).to_be_visible()


def test_there_is_no_local_account_beside_a_provider(provided: WebServer) -> None:
    with provided.client() as client:
        assert client.get("/auth/local").headers["location"] == "/sign-in?problem=no-local"


def test_signing_out_ends_the_session_at_the_provider_too(page: Page, provided: WebServer) -> None:
    page.goto(f"{provided.origin}/settings")
    page.get_by_role("link", name="Continue with the test provider").click()
    page.get_by_placeholder("Enter any login").fill("olga")
    page.get_by_placeholder("and password").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{provided.origin}/settings")
    page.get_by_role("region", name="Sessions").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{provided.origin}/sign-in*")
    page.get_by_role("link", name="Continue with the test provider").click()
    expect(page.get_by_placeholder("Enter any login")).to_be_visible()
