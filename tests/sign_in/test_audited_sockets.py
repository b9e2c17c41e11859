"""Socket actions in the account history, with the real source address."""

from pathlib import Path

import pytest

from tests.support.people import Person
from tests.support.server import WebServer, serve
from tests.support.tab import Tab
from tracker.db import scoped
from tracker.services import audit, sessions
from tracker.shapes.audit import AuditItem
from tracker.shapes.people import Who

REVOKE_OTHERS = "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___settings____settings.revoke_others"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def revocation(served: WebServer, user: Who, **headers: str) -> AuditItem:
    """Return the entry made when a tab with these headers ends the user's other sessions."""
    token = sessions.open_session(user.user_id, "another browser", "198.51.100.9")
    sessions.open_session(user.user_id, "Lost phone")
    with Tab(served, cookie=f"pursuit-{served.port}={token}", path="/settings", **headers).hydrate() as tab:
        tab.send(REVOKE_OTHERS)
        tab.wait_for("session ended")
    with scoped(user) as scope:
        return audit.own_history(scope)[0]


def test_a_revocation_names_the_browser_and_address_of_its_socket(local: WebServer, alice: Person) -> None:
    entry = revocation(local, alice.user, **{"User-Agent": FIREFOX, "X-Forwarded-For": "203.0.113.7"})
    assert (entry.description, entry.browser, entry.address) == (
        "1 other session ended",
        "Firefox on Linux",
        "127.0.0.1",
    )


def test_a_browser_with_a_long_name_is_named_all_the_same(local: WebServer, alice: Person) -> None:
    assert (
        revocation(local, alice.user, **{"User-Agent": FIREFOX + "x" * 400}).agent
        == (FIREFOX + "x" * 400)[:300]
    )


@pytest.mark.parametrize("forwarded", ["203.0.113.7", "192.0.2.1, 203.0.113.7"], ids=["told", "made up"])
def test_behind_a_proxy_the_recorded_address_is_the_clients(
    servers_folder: Path, database_url: str, redis_url: str, alice: Person, forwarded: str
) -> None:
    with serve(servers_folder, TRUSTED_PROXY_HOPS="1") as served:
        entry = revocation(served, alice.user, **{"X-Forwarded-For": forwarded})
    assert entry.address == "203.0.113.7"
