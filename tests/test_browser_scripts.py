"""Browser scripts: each parses, is loaded, stays small, and parses no text as markup."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from reflex_base.components.component import Component

from tracker import tracker
from tracker.components import browser
from tracker.components.browser import FOLDER, ORDER, head, head_script

SCRIPTS = sorted(FOLDER.glob("*.js"))
MODULES = sorted((FOLDER / "components").glob("*.js"))
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML")
LONGEST_LINE = 130


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", [*SCRIPTS, *MODULES], ids=name)
def test_a_script_parses(path: Path) -> None:
    bun = Path(sys.executable).with_name("bun")
    parsed = subprocess.run(
        [bun, "build", "--no-bundle", str(path)], capture_output=True, text=True, check=False
    )
    assert parsed.returncode == 0, parsed.stderr


@pytest.mark.parametrize("path", [*SCRIPTS, *MODULES], ids=name)
def test_a_script_is_short_and_states_its_purpose(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert lines[0].startswith("// "), "its purpose"
    assert len(lines) <= 200
    assert [line for line in lines if MARKUP.search(line) or len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_of_the_head_leaves_no_names_behind(path: Path) -> None:
    assert path.read_text().endswith("})();\n")


def test_the_linter_finds_nothing_in_the_scripts() -> None:
    assert linted(FOLDER) == ""


def test_the_linter_finds_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "wrong.js").write_text("if (window.name == 1) undeclared();\n")
    report = linted(tmp_path)
    assert "eqeqeq" in report
    assert "no-undef" in report


def linted(folder: Path) -> str:
    oxlint = Path(sys.executable).with_name("oxlint")
    rules = FOLDER.parent.parent / ".oxlintrc.json"
    command = [oxlint, "--deny-warnings", "--quiet", "-c", rules, "-f", "unix", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_every_script_is_loaded_under_an_address_that_changes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sorted(ORDER) == [path.stem for path in SCRIPTS]
    assert all(path.read_text() in head_script() for path in SCRIPTS)
    address = script_address()
    assert re.search(r"/browser/page\.js\?v=[0-9a-f]{12}", address)
    monkeypatch.setattr(browser, "ORDER", ORDER[1:])
    assert script_address() != address


def script_address() -> str:
    preload, script = head()
    assert str(preload.href) == str(script.src)  # type: ignore[attr-defined]
    return str(script.src)  # type: ignore[attr-defined]


def test_every_exported_component_is_used_by_a_component_of_its_name() -> None:
    exported = {
        (f"$/public/browser/components/{path.name}", component)
        for path in MODULES
        for component in re.findall(r"^export const (\w+)", path.read_text(), re.MULTILINE)
    }
    assert tracker.app
    rendered = {
        tuple(kind.get_fields()[field].default for field in ("library", "tag")) for kind in kinds(Component)
    }
    imported = {(library, tag) for library, tag in rendered if str(library).startswith("$/public/browser/")}
    assert imported == exported


def kinds(of: type[Component]) -> set[type[Component]]:
    return {of}.union(*map(kinds, of.__subclasses__()))
