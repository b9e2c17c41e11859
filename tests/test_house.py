"""Rules of the house that a program can check."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.settings import CHECKOUT

SOURCES = sorted(
    path for folder in ("tracker", "worker", "tests", "bin") for path in (CHECKOUT / folder).rglob("*.py")
)
OURS = [path for path in SOURCES if path.is_relative_to(CHECKOUT / "tracker")]
ELSEWHERE = sorted(path for folder in ("worker", "alembic") for path in (CHECKOUT / folder).rglob("*.py"))
INTERFACE = [
    path for path in OURS if path.relative_to(CHECKOUT).parts[1] in ("state", "pages", "components", "api")
]


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an archive without its history still has its files
        return [name(path) for path in SOURCES]
    return listed.stdout.split("\n")


STATES = [path for path in OURS if path.relative_to(CHECKOUT).parts[1] == "state"]
MUTATORS = {
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "remove",
    "setdefault",
    "sort",
    "update",
}


@pytest.mark.parametrize("path", STATES, ids=name)
def test_handlers_assign_and_never_change_a_value_in_place(path: Path) -> None:
    """A failed event is undone by restoring the vars' values; see `tracker/framework/tab_states.py`."""
    states = [node for node in ast.walk(ast.parse(path.read_text())) if is_state(node)]
    assert not [ast.unparse(node) for state in states for node in ast.walk(state) if changes_in_place(node)]


def changes_in_place(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript):
        return not isinstance(node.ctx, ast.Load) and is_own(node.value)
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in MUTATORS and is_own(called.value)


def is_state(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and bool(node.bases)


def is_own(value: ast.expr) -> bool:
    """Return whether this is a state var, of its own state or of another."""
    return isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_colour_and_no_pixel_outside_the_theme(path: Path) -> None:
    if path.relative_to(CHECKOUT).parts[1].startswith("theme"):
        return
    for text in texts(path):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\b\d+(\.\d+)?px\b|\brgba?\(|\bhsla?\(", text), text


def texts(path: Path) -> Iterator[str]:
    """Return every string except docstrings."""
    tree = ast.parse(path.read_text())
    shown = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown:
            yield node.value


@pytest.mark.parametrize("path", OURS, ids=name)
def test_every_public_function_and_class_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree) or not tree.body, "the module"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_file_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_function_is_longer_than_forty_lines(path: Path) -> None:
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < 40, function.name


@pytest.mark.parametrize("path", INTERFACE, ids=name)
def test_the_interface_knows_no_database_library(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            )
            assert not any(module.split(".")[0] in ("sqlmodel", "sqlalchemy", "psycopg") for module in names)


@pytest.mark.parametrize("path", [*OURS, *ELSEWHERE], ids=name)
def test_zones_are_made_in_one_place(path: Path) -> None:
    if name(path) != "tracker/zones.py":
        assert not re.search(r"\bZoneInfo\(|\b(pytz|dateutil|tzlocal)\b|tzpath", path.read_text())


IN_A_ZONE = re.compile(
    r"\bat\s+time\s+zone\b|\btimezone\s*\(|\b(set|local)\s+time\s*zone\b|\bdate_(trunc|bin)\b|\bto_char\b|\bage\s*\("
    r"|\b(current_date|localtime(stamp)?)\b|(_at|\bat|now\(\)|_timestamp)\s*(::|\s+as\s+)(date|time|timestamp)\b",
    re.IGNORECASE,
)
"""SQL that reads an instant on the clocks of some zone."""
ZONED = {
    "timezone",
    "date_trunc",
    "date_bin",
    "to_char",
    "age",
    "current_date",
    "localtime",
    "localtimestamp",
    "date",
}
"""Functions that do so."""


@pytest.mark.parametrize("path", [*OURS, *ELSEWHERE], ids=name)
def test_sql_never_converts_an_instant_by_zone_data_of_its_own(path: Path) -> None:
    if name(path) in ("tracker/services/local_days.py", "alembic/versions/20261123_actions.py"):
        return  # adds offsets that it was given; filled a column once, before there was this rule
    for text in texts(path):
        assert not IN_A_ZONE.search(text), text
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("func", "sa.func"):
            assert node.attr not in ZONED, node.attr
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("cast", "type_coerce")):
            assert ast.unparse(node.args[-1]) not in ("Date", "sa.Date", "Date()"), ast.unparse(node)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT starts_at AT TIME ZONE 'Europe/Berlin'", "SELECT timezone ('UTC', at)", "SET TIME ZONE 'Europe/Berlin'",
        "SELECT date_trunc('day', at)", "SELECT at::date", "SELECT cast(starts_at AS date)", "WHERE due_on < CURRENT_DATE",
    ],
)  # fmt: skip
def test_a_conversion_by_zone_data_is_noticed(query: str) -> None:
    assert IN_A_ZONE.search(query)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_only_the_database_module_commits(path: Path) -> None:
    if name(path) != "tracker/db.py":
        assert not re.search(r"\.(commit|rollback)\(\)", path.read_text())


def test_a_local_time_is_typed_only_where_a_form_asks_which_of_two_is_meant() -> None:
    typed = {name(path) for path in OURS if "datetime-local" in set(texts(path))}
    assert typed == {"tracker/components/editable_fields.py", "tracker/components/scheduling.py"}
    for field in typed:
        assert "which_of_two(" in (CHECKOUT / field).read_text()


def test_all_code_but_browser_scripts_is_python() -> None:
    foreign = [path for path in tracked() if re.search(r"\.(js|jsx|mjs|cjs|ts|tsx|css|scss|vue)$", path)]
    assert [
        path
        for path in foreign
        if not re.fullmatch(r"assets/browser/((components|documents)/)?\w+\.js", path)
    ] == []


SCRIPT = re.compile(
    r"=>\s*[({]|\) =>|\bfunction\b.*[({]|\b(const|let) \w+ = |\buseEffect\b|\bdocument\.|\baddEventListener\b|<script>"
)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_python_string_holds_a_script(path: Path) -> None:
    assert [text for text in texts(path) if SCRIPT.search(text)] == []


@pytest.mark.parametrize(
    "text",
    ["useEffect(() => {}, []);", "const x = 1", "document.title", "function go() {", "<script>go()</script>"],
)
def test_a_script_in_a_string_is_noticed(text: str) -> None:
    assert SCRIPT.search(text)


def test_no_file_outside_the_theme_is_named_for_nothing_in_the_domain() -> None:
    empty = re.compile(r"(manager|helper|util|handler|misc|common)s?\.py$")
    assert [path for path in tracked() if empty.search(path)] == []


@pytest.mark.parametrize("path", [path for path in OURS if "state" in path.parts], ids=name)
def test_every_public_method_of_a_state_is_meant_to_be_called(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ClassDef) or not any("State" in ast.unparse(base) for base in node.bases):
            continue
        for method in node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.name[0] != "_":
                marks = [ast.unparse(mark) for mark in method.decorator_list]
                assert any(re.match(r"rx\.(event|var|cached_var)\b", mark) for mark in marks), method.name


@pytest.mark.parametrize("path", [path for path in OURS if "state" in path.parts], ids=name)
def test_states_signal_the_browser_through_one_function(path: Path) -> None:
    assert path.name == "signals.py" or "str(uuid4())" not in path.read_text()


def test_every_test_file_name_is_unique() -> None:
    named = [path.name for path in SOURCES if path.name.startswith("test_")]
    assert {name for name in named if named.count(name) > 1} == set()


TESTS = [path for path in SOURCES if path.is_relative_to(CHECKOUT / "tests")]
HELPERS = CHECKOUT / "tests" / "support"


def test_helpers_of_the_tests_are_in_support() -> None:
    names = re.compile(r"(test_\w+|conftest|__init__)\.py")
    assert [
        name(path) for path in TESTS if HELPERS not in path.parents and not names.fullmatch(path.name)
    ] == []


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_the_tests_import_helpers_by_their_full_name(path: Path) -> None:
    bare = {other.stem for other in TESTS} - {"__init__"}
    for module in imported_modules(path):
        assert module.split(".")[0] not in {"", *bare}, module
        assert not module.startswith("tests") or re.match(r"tests\.support\b", module), module


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
