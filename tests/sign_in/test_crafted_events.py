"""Bob calls every handler over his own socket with every id of alice's; she loses nothing."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext
from sqlalchemy import text

from tests.support.owner import owner_engine
from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import Tab
from tracker.db import scoped
from tracker.services import jobs, sessions
from tracker.services.applications import creation, stage_moves
from tracker.services.contacts import contact_changes
from tracker.services.interviews import scheduling
from tracker.shapes.enumerations import JobKind
from tracker.shapes.people import Who

SECRET = "Aliceworks"
SAY = "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___base____notices.say"
TABLES = (
    "application",
    "interview",
    "contact",
    "application_contact",
    "event",
    "job",
    "preferences",
    "wishes",
    "priority",
    "user_session",
    "app_user",
)


@pytest.fixture
def row_ids(alice: Person) -> list[str]:
    """Return every id of alice's rows."""
    token = sessions.open_session(alice.user.user_id, "hers")
    with scoped(alice.user) as scope:
        application = creation.add(scope, {"company": SECRET, "role": f"{SECRET} role", "notes": SECRET})
        typed = {
            "kind": "technical",
            "starts_at": "2027-01-12T10:00",
            "zone": "Europe/Berlin",
            "place": SECRET,
        }
        scheduling.schedule(scope, application, typed)
        contact = contact_changes.add(scope, {"name": SECRET, "email": "secret@example.com"}, application)
        stage_moves.move(scope, [application], "offer")
        interview = scope.session.execute(text("SELECT id FROM interview")).scalar_one()
        job = jobs.request(scope, JobKind.REMIND)
        ids = [application, contact, str(interview), str(scope.batch), str(job)]
    session = sessions.find(token)
    assert session
    return [*ids, str(session.session_id), str(alice.user.user_id)]


def handlers() -> Iterator[tuple[str, list[str]]]:
    """Return every registered handler of Pursuit's states with its argument names."""
    import tracker.tracker  # noqa: F401

    for name, registered in RegistrationContext.get().event_handlers.items():
        if registered.states[0].__module__.startswith("tracker."):
            arguments = [
                word for word in inspect.signature(registered.handler.fn).parameters if word != "self"
            ]
            yield name, arguments


def rows_of(user: Who) -> dict[str, list[Any]]:
    """Return all rows of a user as the owner sees them, without the time of a session's last use."""
    with owner_engine().connect() as database:
        rows = {}
        for table in TABLES:
            column = "id" if table == "app_user" else "user_id"
            query = f"SELECT to_jsonb(t) - 'seen_at' - 'expires_at' FROM {table} t WHERE {column} = :id ORDER BY 1::text"
            rows[table] = [row[0] for row in database.execute(text(query), {"id": user.user_id})]
        return rows


def test_no_handler_shows_or_changes_a_row_of_another_user(
    local: WebServer, alice: Person, bob: Person, row_ids: list[str]
) -> None:
    before = rows_of(alice.user)
    cookie = f"pursuit-{local.port}={sessions.open_session(bob.user.user_id, 'his')}"
    application, contact, interview = row_ids[:3]
    paths = [f"/applications/{application}", f"/contacts/{contact}", f"/interviews/{interview}"]
    every = list(handlers())
    assert len(every) > 40
    for number, (name, arguments) in enumerate(every):
        with Tab(local, cookie=cookie, path=paths[number % 3]).hydrate() as tab:
            for payload in payloads(arguments, row_ids):
                tab.send(name, **payload)
            tab.send(SAY, message="that was all", is_trouble=False)
            tab.wait_for("that was all")
            assert SECRET not in tab.settled(), name
    assert rows_of(alice.user) == before


def payloads(arguments: list[str], row_ids: list[str]) -> Iterator[dict[str, Any]]:
    """Yield Bob's payloads: each id in each argument, as text, in a list and in a form."""
    for row_id in row_ids if arguments else row_ids[:1]:
        form = dict.fromkeys(("application_id", "contact_id", "interview_id", "id", "value", "was"), row_id)
        form |= {"field": "notes", "kind": "technical", "starts_at": "2027-02-02T09:00", "confirmation": "no"}
        yield {word: form if word in ("form", "typed") else row_id for word in arguments}
