"""Schema of the tests' databases."""

from alembic.config import Config

from alembic import command
from tracker.settings import CHECKOUT


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade a database to a revision."""
    config = Config(str(CHECKOUT / "alembic.ini"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, revision)
