"""The scripts that the browser runs: each parses, is loaded, stays small, and runs nothing that is text."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.components.browser import FOLDER, ORDER, browser_scripts

SCRIPTS = sorted(FOLDER.glob("*.js"))
FORBIDDEN = re.compile(
    r"\beval\(|\bFunction\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bdebugger\b|\bvar |console\.|[^=!]==[^=]|!=[^=]"
)
"""Text run as a script or parsed as markup, loose comparisons, and what is left over from looking for a mistake."""


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_parses(path: Path) -> None:
    bun = Path(sys.executable).with_name("bun")
    parsed = subprocess.run(
        [bun, "build", "--no-bundle", str(path)], capture_output=True, text=True, check=False
    )
    assert parsed.returncode == 0, parsed.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_keeps_the_rules_of_the_house(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert lines[0].startswith("// "), "its purpose"
    assert len(lines) <= 200
    assert [line for line in lines if FORBIDDEN.search(line) or len(line) > 130] == []
    assert lines[-1] == "})();", "it leaves no names behind"


def test_every_script_is_loaded_under_an_address_that_changes_with_it() -> None:
    assert sorted(ORDER) == [path.stem for path in SCRIPTS]
    addresses = [str(script.src) for script in browser_scripts()]  # type: ignore[attr-defined]
    assert all(re.search(r"/browser/\w+\.js\?v=[0-9a-f]{12}", address) for address in addresses)
