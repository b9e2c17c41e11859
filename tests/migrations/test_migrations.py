"""Migrations: up, down and up again, equal to the models, and safe for concurrent starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

import tracker.models  # noqa: F401
from alembic import command
from tests.support.migrations import migrations, new_database
from tracker.settings import CHECKOUT

CATALOG = {
    "columns": "SELECT table_name, column_name, data_type, numeric_precision, numeric_scale, is_nullable, "
    "column_default, generation_expression FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def empty(database_url: str) -> Iterator[str]:
    yield from new_database()


@pytest.fixture
def other(database_url: str) -> Iterator[str]:
    yield from new_database()


def answers(address: str, query: str) -> list[Any]:
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            return sorted(map(tuple, connection.execute(text(query))), key=str)
    finally:
        engine.dispose()


def catalog(address: str) -> dict[str, list[Any]]:
    return {
        name: [row for row in answers(address, query) if row[0] != "alembic_version"]
        for name, query in CATALOG.items()
    }


def test_up_down_and_up_again_ends_where_it_began(empty: str) -> None:
    command.upgrade(migrations(empty), "head")
    first = catalog(empty)
    command.downgrade(migrations(empty), "base")
    assert catalog(empty) == {"columns": [], "constraints": [], "indexes": []}
    assert answers(empty, "SELECT proname FROM pg_proc WHERE proname LIKE 'find_%'") == []
    command.upgrade(migrations(empty), "head")
    assert catalog(empty) == first


def test_a_second_upgrade_changes_nothing(empty: str) -> None:
    command.upgrade(migrations(empty), "head")
    first = catalog(empty)
    command.upgrade(migrations(empty), "head")
    assert catalog(empty) == first


def test_the_models_equal_the_migrations_to_each_constraint_and_index(empty: str, other: str) -> None:
    command.upgrade(migrations(empty), "head")
    engine = create_engine(other)
    with engine.begin() as connection:
        for extension in ("unaccent", "pg_trgm", "btree_gin"):
            connection.execute(text(f"CREATE EXTENSION {extension}"))
        terms = ScriptDirectory.from_config(migrations(empty)).get_revision("0022").module
        for function in (
            terms.CREATE_FOLD.format(terms.FOLD),
            terms.EMAIL_PARTS,
            terms.PAIRS_VECTOR,
            terms.SEARCH_VECTOR,
        ):
            connection.exec_driver_sql(function)
        SQLModel.metadata.create_all(connection)
    engine.dispose()
    migrated, modelled = catalog(empty), catalog(other)
    for name in CATALOG:
        assert migrated[name] == modelled[name], name


def test_alembic_finds_nothing_left_to_migrate(empty: str) -> None:
    command.upgrade(migrations(empty), "head")
    engine = create_engine(empty)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    assert differences == []


def test_two_processes_that_start_at_once_both_succeed(empty: str) -> None:
    plain = empty.replace("postgresql+psycopg://", "postgresql://", 1)
    start = [sys.executable, "-m", "alembic", "-c", str(CHECKOUT / "alembic.ini"), "upgrade", "head"]
    both = [
        subprocess.Popen(
            start, cwd=CHECKOUT, env={**os.environ, "DATABASE_URL": plain}, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    newest = ScriptDirectory.from_config(migrations(empty)).get_current_head()
    assert answers(empty, "SELECT version_num FROM alembic_version") == [(newest,)]


def test_migrations_are_linear_and_each_can_be_reverted() -> None:
    script = ScriptDirectory.from_config(migrations("postgresql://nowhere"))
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        assert callable(getattr(revision.module, "downgrade", None)), revision.revision


def test_a_migration_that_fails_leaves_nothing_behind(empty: str) -> None:
    engine = create_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE event (x int)"))
    engine.dispose()
    with pytest.raises(Exception, match="already exists"):
        command.upgrade(migrations(empty), "head")
    assert [
        row[0] for row in answers(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ] == ["event"]
