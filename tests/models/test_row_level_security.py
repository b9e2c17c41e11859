"""Row-level security: the rows that a user's transaction reaches, whatever SQL it sends."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests.support import generation_verbs, import_verbs
from tests.support.people import Person, newcomer
from tracker.db import anonymous, engine, scoped, upkeep
from tracker.services.access_tokens import create
from tracker.services.actions.action_decisions import dismiss
from tracker.services.calendar_files import feeds
from tracker.services.capture.captures import request_html
from tracker.services.contacts.contact_changes import add
from tracker.services.idempotency import run_once
from tracker.services.interviews.scheduling import schedule
from tracker.services.jobs import request
from tracker.services.letters.versions import draft
from tracker.services.preparation.edits import add_own
from tracker.services.priority.wishes_form import save
from tracker.services.profile.edits import add_bullet, add_position
from tracker.services.sessions import open_session
from tracker.shapes.enumerations import JobKind

TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}
ARCHIVE = (
    "WITH a AS (INSERT INTO archive (user_id, kind, expires_at) VALUES (:me, 'export', now()) RETURNING *) "
    "INSERT INTO archive_part (user_id, archive_id, number, content) SELECT user_id, id, 0, 'x' FROM a"
)
REMINDER = "INSERT INTO reminder (user_id, interview_id, lead, starts_at) SELECT user_id, id, 'day', starts_at FROM interview LIMIT 1"
OWNED = [name for name, table in TABLES.items() if "user_id" in table.c]
CHANGED = [name for name in OWNED if name != "audit_entry"]
"""Tables whose rows their person may change; the account history is only added to."""


@pytest.fixture(scope="module")
def both(database_url: str, redis_url: str) -> tuple[Person, Person]:
    """Return two users with a row in every table, for tests whose changes are refused."""
    return furnished(newcomer("Alice"), newcomer("Bob"))


def furnished(alice: Person, bob: Person) -> tuple[Person, Person]:
    """Add a row in every table to both users."""
    for person in (alice, bob):
        row_id = person.add_application()
        person.call(add, {"name": "Ann"}, row_id)
        person.call(schedule, row_id, {"starts_at": "2026-11-05T09:00"})
        open_session(person.user.user_id, "Firefox")
        with scoped(person.user) as scope:
            scope.session.execute(
                text("INSERT INTO snapshot (user_id, day) VALUES (:me, now())"), {"me": person.user.user_id}
            )
            scope.session.execute(text(REMINDER))
            scope.session.execute(text(ARCHIVE), {"me": person.user.user_id})
            scope.session.execute(
                text("INSERT INTO resume_import (user_id, content) VALUES (:me, 'x')"),
                {"me": person.user.user_id},
            )
        person.call(request_html, "x")
        import_verbs.create_rows(person, "x")
        person.call(add_bullet, {"text": "x", "position_id": person.call(add_position, {"title": "x"})})
        person.call(add_own, str(person.rows("SELECT id FROM interview")[0]["id"]), "Why us?")
        person.call(draft, row_id)
        generation_verbs.create_rows(person, row_id, "x")
        person.call(request, JobKind.REMIND)
        person.call(run_once, "a key", save, {})
        person.call(create, {"name": "x", "access": "read", "days": ""})
        person.call(dismiss, row_id, "apply", "2026-11-05")
        person.call(feeds.create, {})
    return alice, bob


def test_every_table_of_user_data_has_forced_row_level_security(alice: Person) -> None:
    rows = alice.rows(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.oid) AS policies, "
        "bool_and(p.polwithcheck IS NOT NULL) FILTER (WHERE p.polname = 'mine') AS checked "
        "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname != 'alembic_version' "
        "GROUP BY c.oid, c.relname"
    )
    assert {row["relname"] for row in rows} == set(TABLES)
    for row in rows:
        assert row["relrowsecurity"], row
        assert row["relforcerowsecurity"], row
        assert row["checked"], row


def test_every_table_but_app_user_has_a_user_id() -> None:
    assert set(TABLES) - set(OWNED) == {"app_user"}
    for name in OWNED:
        assert next(iter(TABLES[name].primary_key.columns)).name == "user_id", name


@pytest.mark.parametrize("name", OWNED)
def test_raw_sql_reads_no_row_of_another_user(both: tuple[Person, Person], name: str) -> None:
    alice, bob = both
    owners = {row["user_id"] for row in alice.rows(f"SELECT user_id FROM {name}")}
    assert owners == {alice.user.user_id}
    assert alice.rows(f"SELECT 1 FROM {name} WHERE user_id = :bob", bob=bob.user.user_id) == []


def test_raw_sql_sees_one_user_only(both: tuple[Person, Person]) -> None:
    alice, _ = both
    assert alice.rows("SELECT id FROM app_user") == [{"id": alice.user.user_id}]


@pytest.mark.parametrize("name", CHANGED)
def test_raw_sql_changes_and_deletes_no_row_of_another_user(alice: Person, bob: Person, name: str) -> None:
    furnished(alice, bob)
    before = bob.rows(f"SELECT * FROM {name} ORDER BY 1, 2")
    with scoped(alice.user) as scope:
        scope.session.execute(text(f"UPDATE {name} SET user_id = user_id"))
        scope.session.execute(text(f"DELETE FROM {name} WHERE user_id = :bob"), {"bob": bob.user.user_id})
        scope.session.execute(text(f"DELETE FROM {name}"))
    assert bob.rows(f"SELECT * FROM {name} ORDER BY 1, 2") == before
    assert alice.rows(f"SELECT 1 FROM {name}") == []


@pytest.mark.parametrize("name", CHANGED)
def test_raw_sql_transfers_no_row_to_another_user(both: tuple[Person, Person], name: str) -> None:
    alice, bob = both
    with pytest.raises(DBAPIError, match="row-level security"), scoped(alice.user) as scope:
        scope.session.execute(text(f"UPDATE {name} SET user_id = :bob"), {"bob": bob.user.user_id})


INSERTS = {
    "access_token": "(user_id, name, token_hash, ending) VALUES (:bob, 'x', '\\x00', 'abcd')",
    "calendar_feed": "(user_id, token_hash) VALUES (:bob, '\\x00')",
    "audit_entry": "(user_id, kind) VALUES (:bob, 'signed_in')",
    "idempotency_key": "(user_id, operation, key) VALUES (:bob, 'x', 'y')",
    "snapshot": "(user_id, day) VALUES (:bob, now())",
    "archive": "(user_id, kind, expires_at) VALUES (:bob, 'export', now())",
    "archive_part": "(user_id, archive_id, number, content) VALUES (:bob, gen_random_uuid(), 0, 'x')",
    "application": "(user_id, company, role) VALUES (:bob, 'x', 'y')",
    "contact": "(user_id, name) VALUES (:bob, 'x')",
    "event": "(user_id, kind, batch) VALUES (:bob, 'contact.added', gen_random_uuid())",
    "interview": "(user_id, application_id, kind, starts_at, zone) VALUES (:bob, :theirs, 'other', now(), 'UTC')",
    "application_contact": "(user_id, application_id, contact_id) VALUES (:bob, :theirs, gen_random_uuid())",
    "user_session": "(user_id, token_hash, expires_at) VALUES (:bob, '\\x00', now())",
    "preferences": "(user_id) VALUES (:bob)",
    "set_aside": "(user_id, application_id, kind, about) VALUES (:bob, :theirs, 'apply', 'x')",
    "wishes": "(user_id) VALUES (:bob)",
    "priority": "(user_id, application_id, score) VALUES (:bob, :theirs, 1)",
    "job": "(user_id, kind) VALUES (:bob, 'remind')",
    "letter": "(user_id, application_id, writer, tone, length) VALUES (:bob, :theirs, 'hand', 'plain', 'short')",
    "question": "(user_id, interview_id, topic, text) VALUES (:bob, gen_random_uuid(), 'opening', 'x')",
    "reminder": "(user_id, interview_id, lead, starts_at) VALUES (:bob, gen_random_uuid(), 'day', now())",
    "profile": "(user_id) VALUES (:bob)",
    "position": "(user_id, title) VALUES (:bob, 'x')",
    "bullet": "(user_id, text) VALUES (:bob, 'x')",
    "data_import": "(user_id, content) VALUES (:bob, 'x')",
    "resume_import": "(user_id, content) VALUES (:bob, 'x')",
    "posting_capture": "(user_id, content) VALUES (:bob, 'x')",
    "writing": "(user_id, application_id, purpose) VALUES (:bob, :theirs, 'letter')",
    "model_call": "(user_id, writing_id, host, model, rules, matter) VALUES (:bob, gen_random_uuid(), '', '', '', '')",
    "own_service": "(user_id, base_url, model) VALUES (:bob, 'https://x', 'x')",
}


@pytest.mark.parametrize("name", OWNED)
def test_raw_sql_inserts_no_row_for_another_user(both: tuple[Person, Person], name: str) -> None:
    alice, bob = both
    theirs = bob.rows("SELECT id FROM application")[0]["id"]
    with pytest.raises(DBAPIError, match="row-level security"), scoped(alice.user) as scope:
        scope.session.execute(
            text(f"INSERT INTO {name} {INSERTS[name]}"), {"bob": bob.user.user_id, "theirs": theirs}
        )


@pytest.mark.parametrize(
    "name", ["interview", "event", "application_contact", "set_aside", "priority", "letter", "writing"]
)
def test_a_row_cannot_reference_another_users_application(both: tuple[Person, Person], name: str) -> None:
    alice, bob = both
    theirs = bob.rows("SELECT id FROM application")[0]["id"]
    with pytest.raises(DBAPIError, match="foreign key"), scoped(alice.user) as scope:
        scope.session.execute(text(f"UPDATE {name} SET application_id = :theirs"), {"theirs": theirs})


@pytest.mark.parametrize("name", [*OWNED, "app_user"])
def test_a_query_without_a_user_is_refused(alice: Person, name: str) -> None:
    nobody = "SELECT set_config('role', 'tracker_app', true), set_config('app.user_id', '', true)"
    with engine().connect() as connection:
        connection.execute(text(nobody))
        with pytest.raises(DBAPIError, match="invalid input syntax for type uuid"):
            connection.execute(text(f"SELECT count(*) FROM {name}"))


def test_a_user_who_does_not_exist_sees_and_stores_nothing(alice: Person) -> None:
    from dataclasses import replace

    alice.add_application()
    ghost = Person(replace(alice.user, user_id=uuid4()))
    assert ghost.rows("SELECT 1 FROM application") == []
    with pytest.raises(DBAPIError, match="foreign key"):
        ghost.add_application()


def test_search_functions_return_only_the_users_own_rows(both: tuple[Person, Person]) -> None:
    alice, _ = both
    for call in (
        "find_applications(to_tsquery('simple', 'linear'), '%')",
        "find_similar_applications('linear')",
    ):
        rows = alice.rows(f"SELECT f.id FROM {call} AS f(id)")
        assert len(rows) == 1
        assert alice.row("application", rows[0]["id"])["user_id"] == alice.user.user_id


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit_entry SET kind = 'signed_out'", "DELETE FROM audit_entry", "TRUNCATE audit_entry",
        "UPDATE app_user SET issuer = 'x'", "UPDATE app_user SET email = 'x'",
        "INSERT INTO app_user (issuer, subject) VALUES ('x', 'y')", "TRUNCATE application",
        "ALTER TABLE application DISABLE ROW LEVEL SECURITY", "DROP POLICY mine ON application",
        "CREATE TABLE public.mine (x int)", "SELECT * FROM alembic_version",
        "SELECT * FROM find_session('\\x00', now())", "SELECT * FROM find_access_token('\\x00', now())",
        "SELECT * FROM find_calendar_feed('\\x00')",
    ],
)  # fmt: skip
def test_the_role_of_users_has_only_the_privileges_it_needs(alice: Person, attempt: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"), scoped(alice.user) as scope:
        scope.session.execute(text(attempt))


def test_signing_in_sees_no_user_data(both: tuple[Person, Person]) -> None:
    for name in ("application", "interview", "contact", "event", "application_contact", "audit_entry"):
        with pytest.raises(DBAPIError, match="permission denied"), anonymous() as session:
            session.execute(text(f"SELECT 1 FROM {name}"))
    with pytest.raises(DBAPIError, match="permission denied"), anonymous() as session:
        session.execute(text("SELECT fetched_at FROM calendar_feed"))


def test_upkeep_deletes_expired_rows_and_reads_no_others(both: tuple[Person, Person]) -> None:
    alice, _ = both
    waiting = alice.rows("SELECT 1 FROM job")
    with upkeep() as session:
        session.execute(text("DELETE FROM application"))
        session.execute(text("DELETE FROM user_session"))
        session.execute(text("DELETE FROM job"))
        session.execute(text("DELETE FROM idempotency_key"))
    assert alice.rows("SELECT 1 FROM job") == waiting != []
    assert len(alice.rows("SELECT 1 FROM application")) == 1
    assert len(alice.rows("SELECT 1 FROM user_session")) == 1
    assert len(alice.rows("SELECT 1 FROM idempotency_key")) == 1
    for query in (
        "SELECT company FROM application",
        "SELECT 1 FROM app_user",
        "SELECT token_hash FROM user_session",
        "SELECT arguments FROM job",
        "SELECT address FROM audit_entry",
        "SELECT subject, reason FROM job",
        "SELECT result FROM idempotency_key",
        "SELECT currency FROM preferences",
        "SELECT place FROM interview",
        "SELECT mail_to FROM reminder",
        "UPDATE job SET state = 'done', next_try_at = NULL",
        "INSERT INTO job (user_id, kind) VALUES (gen_random_uuid(), 'remind')",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), upkeep() as session:
            session.execute(text(query))


def plain(url: URL) -> str:
    """Return a URL in libpq's form."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_the_fence_falls_with_the_transaction(alice: Person) -> None:
    alice.add_application()
    with engine().connect() as connection:
        left: Any = connection.execute(
            text("SELECT current_setting('role'), current_setting('app.user_id', true)")
        ).one()
    assert left[0] != "tracker_app"
    assert not left[1]


def test_a_connection_that_died_in_the_pool_costs_no_one_their_action(alice: Person) -> None:
    alice.add_application()
    with engine().connect() as connection:
        ours = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(plain(engine().url)) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
    assert len(alice.rows("SELECT 1 FROM application")) == 1


def test_an_action_that_fails_half_way_is_not_begun_again(alice: Person) -> None:
    with pytest.raises(DBAPIError), scoped(alice.user) as scope:
        scope.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert alice.rows("SELECT 1 FROM application") == []
