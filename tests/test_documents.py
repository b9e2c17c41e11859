"""Documents are right about the files, functions, settings and commands that they name."""

import ast
import re
from pathlib import Path

import pytest

from tracker import cli
from tracker.settings import CHECKOUT, Settings

DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [
    CHECKOUT / "README.md",
    CHECKOUT / "CHANGELOG.md",
    *sorted((CHECKOUT / "docs").glob("*.md")),
    *DECISIONS,
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ROOTS = ("tracker", "worker", "tests", "docs", "bench", "bin", "assets", "alembic")
PLACE = re.compile(rf"(?<!Create )`((?:{'|'.join(ROOTS)})/[\w./\[\]*-]+)`")
PACKAGES = (
    "models",
    "shapes",
    "services",
    "state",
    "framework",
    "components",
    "pages",
    "theme",
    "api",
    "launch",
    "backup",
)
INSIDE = re.compile(rf"`((?:{'|'.join(PACKAGES)})/[\w./-]+)`")
FUNCTION_ROW = re.compile(r"^\| [^|]+ \| (`[^|]+`) \| `([\w/]+\.py)` \|$", re.MULTILINE)
LONGEST_DECISION = 60
"""Lines of a page."""


def document_name(path: Path) -> str:
    """Return a document's path in the checkout."""
    return str(path.relative_to(CHECKOUT))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as they are written in links."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def definitions(path: Path) -> set[str]:
    """Return the functions and classes of a module, and its methods as `Class.method`."""
    names = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{method.name}" for method in node.body if hasattr(method, "name")}
    return names


def exists(place: str) -> bool:
    """Return whether a path of the checkout, or a module named without its ending, is there."""
    place = place.rstrip("/")
    return any(CHECKOUT.glob(place)) or (CHECKOUT / f"{place}.py").exists()


@pytest.mark.parametrize("path", DOCUMENTS, ids=document_name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(path.read_text()):
        address, _, anchor = link.partition("#")
        if ":" in address:
            continue
        target = (path.parent / address).resolve() if address else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=document_name)
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    text = path.read_text()
    named = {*PLACE.findall(text), *(f"tracker/{inside}" for inside in INSIDE.findall(text))}
    assert {place for place in named if not exists(place)} == set()


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_a_reader_finds_each_function_in_the_file_named_beside_it(document: str) -> None:
    rows = FUNCTION_ROW.findall((CHECKOUT / document).read_text())
    assert len(rows) >= 4
    for functions, place in rows:
        assert set(re.findall(r"`([\w.]+)`", functions)) <= definitions(CHECKOUT / place), place


def test_operations_lists_every_setting() -> None:
    operations = (CHECKOUT / "docs" / "operations.md").read_text()
    variables = {field.validation_alias or name.upper() for name, field in Settings.model_fields.items()}
    assert {str(variable) for variable in variables if f"`{variable}`" not in operations} == set()


def test_operations_lists_every_command() -> None:
    operations = (CHECKOUT / "docs" / "operations.md").read_text()
    assert {name for name in cli.commands.commands if f"`tracker {name}`" not in operations} == set()


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=document_name)
def test_a_decision_takes_one_page(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert re.fullmatch(rf"# {int(path.name[:4])}\. .+", lines[0])
    assert len(lines) <= LONGEST_DECISION


def test_the_changelog_has_one_line_an_entry_in_known_sections() -> None:
    lines = (CHECKOUT / "CHANGELOG.md").read_text().splitlines()
    assert {line for line in lines if line.startswith("### ")} <= {
        f"### {section}" for section in ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    }
    assert not [line for line in lines if line.startswith("  ")]
