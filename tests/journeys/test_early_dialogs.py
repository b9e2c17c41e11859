"""Dialogs opened before the page's scripts have loaded."""

from playwright.sync_api import Page, Route, expect

HYDRATION = "**/assets/entry.client*.js"
PRESS_WHILE_HYDRATING = """
  const listen = document.addEventListener;
  const isReact = () => Object.keys(document).some((name) => name.startsWith('_reactListening'));
  const press = () => document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true }));
  document.addEventListener = (...words) => {
    listen.apply(document, words);
    if (words[0] !== 'keydown' || !isReact()) return;
    delete document.addEventListener;
    queueMicrotask(press);
  };
"""
"""Press `n` when React has registered its listeners but hasn't hydrated the page, so that it stops the event."""


def test_keys_typed_before_a_dialog_renders_go_into_its_first_field(alice_at: Page) -> None:
    requests = early(alice_at)
    alice_at.keyboard.press("n")
    alice_at.keyboard.type("Ternn")
    alice_at.keyboard.press("Backspace")
    requests[0].continue_()
    company = alice_at.get_by_role("dialog", name="Add application").get_by_label("Company")
    expect(company).to_have_value("Tern")
    expect(company).to_be_focused()


def test_a_search_typed_before_the_palette_is_rendered_runs(alice_at: Page) -> None:
    requests = early(alice_at)
    alice_at.keyboard.press("Control+k")
    alice_at.keyboard.type("contact")
    requests[0].continue_()
    palette = alice_at.get_by_role("dialog", name="Search or run a command")
    expect(palette.get_by_role("button", name="Add contact")).to_be_visible()
    expect(palette.get_by_role("button", name="Add application")).to_be_hidden()


def test_escape_cancels_a_press_before_its_dialog_renders(alice_at: Page) -> None:
    requests = early(alice_at)
    alice_at.keyboard.press("n")
    alice_at.keyboard.press("Escape")
    requests[0].continue_()
    alice_at.get_by_role("dialog", name="Add application", include_hidden=True).wait_for(state="attached")
    expect(alice_at.get_by_role("dialog")).to_have_count(0)


def test_a_dialog_that_added_something_before_the_page_was_loaded_again_stays_open(alice_at: Page) -> None:
    adding = alice_at.get_by_role("dialog", name="Add application")
    company = adding.get_by_label("Company")
    alice_at.goto("/applications")
    expect(alice_at.locator(".shell[data-owner*='-']")).to_be_visible()  # the server has answered
    alice_at.keyboard.press("n")
    company.fill("Halcyon")
    adding.get_by_role("textbox", name="Role", exact=True).fill("Cartographer")
    adding.get_by_role("button", name="Add application").click()
    expect(alice_at.get_by_role("link", name="Cartographer")).to_be_visible()
    requests = early(alice_at)
    alice_at.keyboard.press("n")
    alice_at.keyboard.type("Globex")
    requests[0].continue_()
    expect(alice_at.get_by_text("Cartographer").first).to_be_attached()
    expect(company).to_have_value("Globex")


def early(page: Page) -> list[Route]:
    """Open a page whose script is held back, and return the request that it waits for."""
    requests: list[Route] = []

    def hold(route: Route) -> None:
        requests.append(route)

    page.route(HYDRATION, hold)
    with page.expect_request(HYDRATION):
        page.goto("/applications", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return requests


def test_a_key_pressed_while_react_takes_over_the_page_opens_its_dialog(alice_at: Page) -> None:
    alice_at.add_init_script(PRESS_WHILE_HYDRATING)
    alice_at.goto("/applications")
    expect(alice_at.get_by_role("dialog", name="Add application")).to_be_visible()
