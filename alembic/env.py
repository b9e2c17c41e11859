"""Run migrations in one transaction under an advisory lock, so that two processes may start at once."""

from sqlalchemy import NullPool, create_engine, text
from sqlmodel import SQLModel

import tracker.models  # noqa: F401
from alembic import context
from tracker.settings import settings

LOCK = 7_787_423_001
"""Key of the advisory lock."""


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or settings().database_url
    # Without a pool, so that no connection outlives a migration that failed.
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            context.run_migrations()


run()
