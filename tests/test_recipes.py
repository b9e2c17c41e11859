"""The recipes of `docs/contributing.md`, followed on a copy of the checkout."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tracker.settings import CHECKOUT

COPIED = ("alembic", "assets", "tests", "tracker", "worker", "alembic.ini", "pyproject.toml", "rxconfig.py")
IN = re.compile(
    r"In `(?P<path>[^`]+)`, below `(?P<anchor>[^`]+)`:\n\n(?P<code> *```python\n.*?\n) *```", re.DOTALL
)
CREATE = re.compile(r"Create `(?P<path>[^`]+)`:\n\n(?P<code> *```python\n.*?\n) *```", re.DOTALL)


def recipe(heading: str) -> str:
    """Return the section of the document under a heading."""
    document = (CHECKOUT / "docs" / "contributing.md").read_text()
    return document.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def code_of(block: str) -> str:
    """Return the lines inside a fence, without the indentation of their step."""
    return "".join(textwrap.dedent(block).splitlines(keepends=True)[1:])


def follow(heading: str, copy: Path) -> None:
    """Carry out every step of a recipe that contains code."""
    latest = ScriptDirectory.from_config(Config(str(CHECKOUT / "alembic.ini"))).get_current_head() or ""
    section = recipe(heading)
    for step in CREATE.finditer(section):
        code = code_of(step["code"]).replace("LATEST", latest).replace("NEXT", f"{int(latest) + 1:04}")
        (copy / step["path"]).write_text(code)
    for step in IN.finditer(section):
        path, anchor = copy / step["path"], step["anchor"] + "\n"
        text = path.read_text()
        assert text.count(anchor) == 1 or text.count("\n" + anchor) >= 1, (step["path"], step["anchor"])
        path.write_text(text.replace(anchor, anchor + code_of(step["code"]), 1))


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, with the copy's packages in place of the checkout's."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the checkout's sources."""
    for name in COPIED:
        source, target = CHECKOUT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "journeys"))
        else:
            shutil.copy(source, target)
    return tmp_path


FIELD_TEST = '''
"""The new field."""

from tests.support.people import Person
from tracker.components.applications_table import table
from tracker.services.applications.field_edits import edit
from tracker.services.applications.application_list import page
from tracker.services.applications.application_page import detail
from tracker.services.undo import undo
from tracker.shapes.filters import Filters


def test_a_field_of_the_recipe_is_added_edited_listed_and_undone(alice: Person) -> None:
    row_id = alice.add_application("Tern", "Pilot", benefits="Free flights")
    assert [card.benefits for card in alice.call(page, Filters()).cards] == ["Free flights"]
    facts = {fact.name: fact for fact in alice.call(detail, row_id).facts}
    assert (facts["benefits"].label, facts["benefits"].shown) == ("Benefits", "Free flights")
    alice.call(edit, row_id, "benefits", "Free trains", "Free flights")
    alice.call(undo, str(alice.last_event()["batch"]))
    assert alice.row("application", row_id)["benefits"] == "Free flights"
    assert "benefits" in str(table())
'''


def test_a_field_added_by_the_recipe_can_be_edited_listed_and_undone(copy: Path) -> None:
    follow("Add a field to applications", copy)
    (copy / "tests" / "services" / "test_benefits.py").write_text(FIELD_TEST)
    tests = run(
        copy, "-m", "pytest", "-p", "no:cacheprovider", "tests/services/test_benefits.py", "tests/models/test_constraints.py",
        "tests/migrations/test_migrations.py", "-k", "benefits or every_constraint or models_equal",
    )  # fmt: skip
    assert tests.returncode == 0, tests.stdout + tests.stderr


def test_a_page_added_by_the_recipe_has_an_address(copy: Path) -> None:
    follow("Add a page", copy)
    program = "from tracker.tracker import app; print([route for route in app._unevaluated_pages if route == 'sources'])"
    pages = run(copy, "-c", program)
    assert pages.stdout.strip() == "['sources']", pages.stderr
