"""The schema of the tests' databases."""

from alembic.config import Config

from alembic import command
from tracker.settings import CHECKOUT


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision."""
    rules = Config(str(CHECKOUT / "alembic.ini"))
    rules.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(rules, revision)
