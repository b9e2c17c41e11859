"""Database as its owner sees it, without row-level security; Pursuit never connects so."""

import os

from sqlalchemy import Engine, NullPool, create_engine


def owner_engine() -> Engine:
    """Return an engine for the owner of the tables, on the database in use."""
    return create_engine(os.environ["MIGRATION_DATABASE_URL"], poolclass=NullPool)
