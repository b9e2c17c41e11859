"""The local account: one button, in a real browser, and what ends it."""

from playwright.sync_api import Page, expect
from serving import Served


def sign_in(page: Page, served: Served, path: str = "/applications") -> None:
    page.goto(served.origin + path)
    page.get_by_role("button", name="Continue on this computer").click()
    page.wait_for_url(served.origin + path)


def test_a_stranger_is_sent_to_sign_in_and_comes_back_to_where_they_were_going(
    page: Page, local: Served
) -> None:
    page.goto(f"{local.origin}/applications?view=board")
    expect(page.get_by_role("heading", level=1, name="Sign in to Pursuit")).to_be_visible()
    expect(page.get_by_text("anyone who can use this computer's browser can open it")).to_be_visible()
    page.get_by_role("button", name="Continue on this computer").click()
    page.wait_for_url(f"{local.origin}/applications?view=board")
    expect(page.get_by_role("heading", level=1, name="Applications")).to_be_visible()


def test_someone_already_signed_in_is_sent_on(page: Page, local: Served) -> None:
    sign_in(page, local)
    page.goto(f"{local.origin}/sign-in?next=/applications")
    page.wait_for_url(f"{local.origin}/applications")


def test_the_problem_is_told_in_words(page: Page, local: Served) -> None:
    page.goto(f"{local.origin}/sign-in?problem=refused")
    expect(page.get_by_role("alert")).to_contain_text("declined to share who you are")
