"""The database as its owner sees it, whom row-level security doesn't hold; Pursuit never connects so."""

import os

from sqlalchemy import Engine, NullPool, create_engine


def owner_engine() -> Engine:
    """Connections of the owner of the tables that the tests use at this moment."""
    return create_engine(os.environ["MIGRATION_DATABASE_URL"], poolclass=NullPool)
