"""Refused sign-ins of known users: in their history, with time and address, and in no one else's."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.sign_in_steps import HOME, Configure, is_refused, signed_in, start
from tests.support.strict_provider import Visitor
from tracker import one_time_address
from tracker.db import scoped
from tracker.services import audit, people
from tracker.settings import settings
from tracker.shapes.audit import AuditItem
from tracker.shapes.people import Who

AGENT = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def history(user: Who) -> list[AuditItem]:
    with scoped(user) as scope:
        return audit.own_history(scope)


def test_a_person_taken_off_the_allow_list_finds_the_refusal_later(
    ours: TestClient, configure: Configure
) -> None:
    ours.get(Visitor("rita").sign_in(start(ours), HOME), headers=AGENT)
    rita = signed_in(ours)
    assert rita
    ours = configure(SIGN_IN_ALLOW="bob@example.com")
    assert is_refused(ours, Visitor("rita").sign_in(start(ours), HOME), "not-allowed")
    configure(SIGN_IN_ALLOW="")
    refusal, arrival = history(rita)[:2]
    assert refusal.is_refusal
    assert refusal.description == "Sign-in refused: not on the list of allowed addresses"
    assert refusal.address == "testclient"
    assert (arrival.description, arrival.browser) == ("Signed in", "Firefox on Linux")


def test_a_refused_unknown_person_leaves_no_row(ours: TestClient, configure: Configure) -> None:
    ours = configure(SIGN_IN_ALLOW="bob@example.com")
    assert is_refused(ours, Visitor("nobody-yet").sign_in(start(ours), HOME), "not-allowed")
    assert people.existing_user(settings().issuer, "nobody-yet") is None


def test_the_log_names_the_address_of_a_refused_sign_in_on_one_line(
    configure: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(tmp_path))
    browser = configure(TRUSTED_PROXY_HOPS="1")
    browser.get("/auth/local?token=x", headers={"X-Forwarded-For": "203.0.113.9"})
    browser.get("/auth/local?token=x", headers={"X-Forwarded-For": "odd\x1b[31m"})
    messages = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert messages[0].startswith("Sign-in refused from 203.0.113.9: used")
    assert messages[1].startswith("Sign-in refused from odd\\x1b[31m: used")


def test_a_used_one_time_address_is_listed_for_the_local_account(
    configure: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(tmp_path))
    browser = configure()
    address = one_time_address.issue(tmp_path, HOME)
    assert browser.get(address).headers["location"] == "/"
    browser.cookies.clear()
    assert is_refused(browser, address, "used")
    lines = history(
        Who(people.sign_up_local())
    )  # refusals of the same kind within the hour are counted in one
    assert any(line.description.startswith("Sign-in refused: one-time link already used") for line in lines)
