"""From the token in Settings to a program's request, its page, and the end of the token."""

import re

import httpx2
from playwright.sync_api import Page, expect

from tests.support.people import Person
from tests.support.plain_http import NO_CERTIFICATES


def test_a_token_lets_a_program_add_an_application_until_it_is_revoked(
    alice_at: Page, base_url: str, alice: Person
) -> None:
    alice_at.goto("/settings")
    section = alice_at.get_by_role("region", name="Access tokens")
    section.get_by_role("button", name="Create token").click()
    expect(section.get_by_text("Name the program that will use it.")).to_be_visible()
    section.get_by_label("Program").fill("Sheet sync")
    section.get_by_label("Access", exact=True).select_option("write")
    section.get_by_role("button", name="Create token").click()
    secret = section.get_by_label("Copy the new token now. It won't be shown again.")
    expect(secret).to_have_value(re.compile(r"pursuit_pat_\w{38}"))
    headers = {"Authorization": f"Bearer {secret.input_value()}"}
    with httpx2.Client(base_url=f"{base_url}/api/v1", headers=headers, verify=NO_CERTIFICATES) as program:
        added = program.post("/applications", json={"company": "Linear", "role": "Engineer"})
        assert added.status_code == 201
        alice_at.reload()
        expect(section.get_by_text("Read and write, used just now")).to_be_visible()
        expect(secret).to_have_count(0)
        section.get_by_role("button", name="Revoke token: Sheet sync").click()
        expect(alice_at.get_by_text("Token Sheet sync revoked")).to_be_visible()
        assert program.get("/me").status_code == 401
    alice_at.goto(f"/applications/{added.json()['id']}")
    expect(alice_at.get_by_text("via API")).to_be_visible()


def test_the_documentation_of_the_api_loads_without_a_violation(alice_at: Page) -> None:
    messages: list[str] = []
    alice_at.on("console", lambda message: messages.append(message.text))
    alice_at.goto("/api/v1/docs")
    expect(alice_at.get_by_role("heading", name="Pursuit API")).to_be_visible()
    alice_at.get_by_text("Add an application", exact=True).click()
    expect(alice_at.get_by_text("https://jobs.lever.co/linear/1").first).to_be_visible()
    assert messages == []
