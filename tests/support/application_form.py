"""Steps with the forms of an application in a browser."""

from playwright.sync_api import Locator, Page

from tests.support.people import Person


def number(person: Person, table: str) -> int:
    return int(person.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def submit_of(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).locator("visible=true")


def fill_application(page: Page, _: Person) -> str:
    page.goto("/applications")
    page.get_by_role("button", name="Add application").first.click()
    page.get_by_role("textbox", name="Company").fill("Halcyon")
    page.get_by_role("textbox", name="Role", exact=True).fill("Cartographer")
    return "Add application"


def open_follow_up(page: Page) -> Locator:
    """Open the dialog that logs a follow-up; return its button that does so."""
    page.get_by_role("button", name="Log follow-up").click()
    return page.get_by_role("dialog", name="Log a follow-up").get_by_role("button", name="Log follow-up")
