"""A page that is reloaded in its tab receives all that the first load sent."""

import json
import re
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from reflex_base.constants.state import FIELD_MARKER as MARKER

import tracker.tracker  # noqa: F401, names every state there is
from tests.support.live_pages import add_application
from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import HYDRATE, Tab
from tracker.db import scoped
from tracker.framework.app_state import AppState
from tracker.services import sessions
from tracker.services.contacts import contact_changes
from tracker.services.imports.data_imports import store_text
from tracker.services.interviews import scheduling
from tracker.state.analytics import AnalyticsView
from tracker.state.applications import Applications
from tracker.state.contacts import Contacts

PAGES = (
    "/", "/applications", "/applications?view=board", "/applications/{application}", "/interviews", "/interviews?view=month",
    "/interviews/{interview}", "/interviews/{interview}/practice", "/contacts", "/contacts/{contact}", "/profile",
    "/profile/review", "/import", "/import/{import}", "/analytics", "/priorities", "/settings",
)  # fmt: skip


@pytest.fixture
def furnished(alice: Person) -> dict[str, str]:
    """Return the ids of an application, an interview, a contact and an import."""
    application = add_application(alice.user, "Halcyon")
    with scoped(alice.user) as scope:
        soon = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "Europe/Oslo"}
        interview = scheduling.schedule(scope, application, soon)
        contact = contact_changes.add(scope, {"name": "Mira Solberg"}, application)
        import_id = store_text(scope, "Company,Role\nAcme,Engineer")
    return {"application": application, "interview": interview, "contact": contact, "import": import_id}


def shown(served: WebServer, cookie: str, token: str, path: str) -> set[str]:
    """Return the non-empty vars that a page always loads, after it has loaded."""
    values_by_var: dict[str, Any] = {}
    with Tab(served, cookie=cookie, token=token, path=path) as tab:
        tab.hydrate().wait_for('"is_hydrated_rx_state_":true')
        for packet in tab.settled().splitlines():
            with suppress(ValueError, TypeError, KeyError):
                (name, message) = json.loads(packet.partition(",")[2])
                for state, values in (message["delta"] if name == "event" else {}).items():
                    values_by_var |= {f"{state}.{var}": value for var, value in values.items()}
    loaded = {
        f"{state.get_full_name()}.{var}{MARKER}" for state in AppState.get_substates() for var in state._anew
    }
    return {var for var in loaded if values_by_var.get(var)}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_the_same_when_it_is_loaded_again_in_its_tab(
    served: WebServer, alice: Person, furnished: dict[str, str], page: str
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
    token, path = str(uuid4()), page.format(**furnished)
    first, again = (shown(served, cookie, token, path) for _ in range(2))
    assert first
    assert again == first


def test_a_filter_chosen_while_a_page_loads_again_outlasts_the_load(
    served: WebServer, alice: Person, furnished: dict[str, str]
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
    view = AnalyticsView.get_full_name()
    with Tab(served, cookie=cookie, path="/analytics") as tab:
        tab.connect()
        tab.send(f"{view}.narrow", field="role", value="Engineer")
        tab.wait_for('"is_hydrated_rx_state_":true')
        tab.send(HYDRATE)
        assert "role=Engineer" in tab.wait_for(f'"address{MARKER}":"/analytics')


@pytest.mark.parametrize(("path", "view"), [("/applications", Applications), ("/analytics", AnalyticsView)])
def test_a_load_of_the_same_filters_leaves_what_is_typed_in_their_fields(
    served: WebServer, alice: Person, furnished: dict[str, str], path: str, view: type[AppState]
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
    mark = re.compile(rf'"loaded{MARKER}":"([^"]+)"')
    with Tab(served, cookie=cookie, path=path) as tab:
        tab.connect().wait_for('"is_hydrated_rx_state_":true')
        first = mark.findall("\n".join(tab.raw))[-1]
        tab.send(f"{view.get_full_name()}.load")
        assert mark.findall(tab.wait_for(f'"loaded{MARKER}"')) == [first]
        tab.send(f"{view.get_full_name()}.clear_filters")
        assert mark.findall(tab.wait_for(f'"loaded{MARKER}"')) != [first]


@pytest.mark.parametrize(
    ("path", "view", "handler", "parameter"),
    [
        ("/applications", Applications, "search", "q"),
        ("/analytics", AnalyticsView, "search_role", "role"),
        ("/contacts", Contacts, "search", "q"),
    ],
)
def test_words_typed_before_a_load_that_changes_the_field_are_ignored(
    served: WebServer, alice: Person, path: str, view: type[AppState], handler: str, parameter: str
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
    mark, name = re.compile(rf'"loaded{MARKER}":"([^"]+)"'), f"{view.get_full_name()}.{handler}"
    with Tab(served, cookie=cookie, path=f"{path}?{parameter}=pilot") as tab:
        tab.connect().wait_for('"is_hydrated_rx_state_":true')
        first = mark.findall("\n".join(tab.raw))[-1]
        tab.path = path
        tab.send(f"{view.get_full_name()}.load")
        second = mark.findall(tab.wait_for(f'"loaded{MARKER}"'))[-1]
        tab.send(name, words="kestrel", mark=first)
        tab.send(f"{view.get_full_name()}.load")
        tab.wait_for(f'"loaded{MARKER}"')
        tab.send(name, words="sailor", mark=second)
        tab.wait_for(f"{parameter}=sailor")
        assert "kestrel" not in "\n".join(tab.raw)
