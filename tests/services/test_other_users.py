"""Every service function called by alice with bob's ids: he loses nothing and shows nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import tracker.services
from tests.support import export_verbs, generation_verbs, import_verbs, profile_verbs
from tests.support.clock import NOW
from tests.support.every_verb import FENCED, NO_ROWS, REFUSED, SECRET, SEES_NOTHING, OtherUsersRows
from tests.support.owner import owner_engine
from tests.support.people import Person, newcomer
from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services import access_tokens
from tracker.services.applications.stage_moves import move
from tracker.services.calendar_files import feeds
from tracker.services.capture.captures import request_html
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.idempotency import run_once
from tracker.services.interviews.scheduling import schedule
from tracker.services.jobs import attempts, request, request_for_day
from tracker.services.letters.versions import draft
from tracker.services.preparation.edits import add_own
from tracker.services.sessions import find, open_session
from tracker.shapes.enumerations import JobKind


def every_verb() -> dict[str, Callable[..., Any]]:
    functions = {}
    for module in pkgutil.walk_packages(tracker.services.__path__, "tracker.services."):
        for name, verb in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(verb) or verb.__module__ != module.name or name.startswith("_"):
                continue
            if next(iter(inspect.signature(verb).parameters), "") == "scope":
                functions[f"{module.name.removeprefix('tracker.services.')}.{name}"] = verb
    return functions


@pytest.fixture(scope="module")
def owner(database_url: str, redis_url: str) -> Person:
    """Return bob with a row in every table, shared by all tests; a test that changes him fails."""
    return newcomer("Bob")


@pytest.fixture(scope="module")
def his(owner: Person) -> OtherUsersRows:
    """Return the ids of bob's rows."""
    with time_machine.travel(NOW, tick=False):
        return furnished(owner)


@pytest.fixture
def theirs(alice: Person, his: OtherUsersRows) -> OtherUsersRows:
    """Return the ids of bob's rows, and an application of alice's."""
    return replace(his, my_application=alice.add_application())


def furnished(bob: Person) -> OtherUsersRows:
    """Add a row of each kind to bob."""
    session = find(open_session(bob.user.user_id, SECRET))
    assert session is not None
    application = bob.add_application(
        SECRET, "Engineer", posting_url="https://example.com/bob/1", tags=SECRET, source=SECRET
    )
    contact = bob.call(
        run_once, "a key", add_contact, {"name": SECRET, "email": "bob@bobcorp.example"}, application
    )
    interview = bob.call(schedule, application, {"starts_at": "2026-11-05T14:30", "place": SECRET})
    bob.call(schedule, application, {"starts_at": "2026-11-01T14:30", "place": SECRET})
    bob.call(move, [application], "offer")
    batch, job = (
        bob.batch,
        bob.call(attempts.claim, bob.call(request, JobKind.REMIND, subject=UUID(application))),
    )
    bob.call(request_for_day, JobKind.NIGHTLY_SNAPSHOT, date(2026, 11, 1))
    bob.rows(
        "INSERT INTO snapshot (user_id, day, applied) VALUES (:me, '2026-10-01', 77) RETURNING 1",
        me=bob.user.user_id,
    )
    bob.rows(
        "INSERT INTO reminder (user_id, interview_id, lead, starts_at, mail_to) "
        "SELECT user_id, id, 'day', starts_at, 'bob@bobcorp.example' FROM interview WHERE id = :id RETURNING 1",
        id=interview,
    )
    bob.call(add_own, interview, SECRET)
    question = str(bob.rows("SELECT id FROM question")[0]["id"])
    profile = profile_verbs.create_rows(bob, SECRET)
    version = bob.call(draft, application)
    bob.call(access_tokens.create, {"name": SECRET, "access": "read", "days": "30"})
    token = bob.call(access_tokens.own_tokens)[0].id
    bob.call(feeds.create, {})
    return OtherUsersRows(
        application,
        interview,
        contact,
        str(session.session_id),
        token,
        str(bob.rows("SELECT id FROM event LIMIT 1")[0]["id"]),
        batch,
        "",
        job,
        question,
        profile,
        version,
        generation_verbs.create_rows(bob, application, SECRET),
        export_verbs.create_archive(bob),
        bob.call(request_html, SECRET),
        import_verbs.create_rows(bob, SECRET),
    )


@contextmanager
def unfenced(person: Person) -> Iterator[Scope]:
    """Open a transaction without row-level security, so that only the queries' conditions apply."""
    with Session(owner_engine(), expire_on_commit=False) as session, session.begin():
        session.execute(text("SELECT set_config('app.user_id', :id, true)"), {"id": str(person.user.user_id)})
        yield Scope(session, person.user)


def everything_of(person: Person) -> list[str]:
    """Return every row of every table, each with its table's name."""
    each = (f"SELECT '{table} ' || t::text AS row FROM {table} t" for table in SQLModel.metadata.tables)
    return sorted(row["row"] for row in person.rows(" UNION ALL ".join(each)))


def called(alice: Person, fenced: bool, verb: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    with alice.scope() if fenced else unfenced(alice) as scope:
        return verb(scope, *args)


def test_every_verb_is_listed_here_once() -> None:
    listed = [*REFUSED, *SEES_NOTHING, *FENCED, *NO_ROWS]
    assert sorted(listed) == sorted(every_verb())


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_another_users_row_does_not_exist(
    alice: Person, owner: Person, theirs: OtherUsersRows, name: str, fenced: bool
) -> None:
    before, mine = everything_of(owner), everything_of(alice)
    with pytest.raises(NotFound, match=r"^This .* doesn't exist, or isn't yours\.$"):
        called(alice, fenced, every_verb()[name], REFUSED[name](theirs))
    assert everything_of(owner) == before
    assert everything_of(alice) == mine


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(SEES_NOTHING))
def test_no_row_of_another_user_is_shown_or_changed(
    alice: Person, owner: Person, theirs: OtherUsersRows, name: str, fenced: bool
) -> None:
    before = everything_of(owner)
    shown = repr(called(alice, fenced, every_verb()[name], SEES_NOTHING[name](theirs)))
    assert SECRET.lower() not in shown.lower()
    ids = (
        theirs.application,
        theirs.interview,
        theirs.contact,
        str(theirs.job.job_id),
        *theirs.profile.ids,
        theirs.data_import,
    )
    assert not any(row_id in shown for row_id in ids)
    assert everything_of(owner) == before


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(FENCED))
def test_the_database_attaches_no_row_to_another_users_row(
    alice: Person, owner: Person, theirs: OtherUsersRows, name: str, fenced: bool
) -> None:
    before = everything_of(owner)
    with pytest.raises(SQLAlchemyError):
        called(alice, fenced, every_verb()[name], FENCED[name](theirs))
    assert everything_of(owner) == before
