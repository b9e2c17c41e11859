"""Functions that each test reaches, and the seconds it takes."""

import ast
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.support.mutants.mutations import MODULE
from tracker.settings import CHECKOUT


class TestMap:
    """Stored functions and seconds of each test, measured again when its file changes."""

    __test__ = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.measured: dict[str, dict[str, Any]] = json.loads(path.read_text()) if path.exists() else {}
        self.killers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._index()

    def _index(self) -> None:
        self.tests: dict[str, set[str]] = defaultdict(set)
        for test, entry in self.measured.items():
            for function in entry["functions"] if entry["seconds"] is not None else ():
                self.tests[function].add(test)
                self.tests[f"{function.split(':')[0]}:{MODULE}"].add(test)

    def unmeasured(self, names: Iterable[str]) -> list[str]:
        """Return the tests that are new, or whose file has changed."""
        return [name for name in names if self.measured.get(name, {}).get("digest") != _digest(name)]

    def add(self, entries: dict[str, dict[str, Any]], names: Iterable[str]) -> None:
        """Store measured tests and forget those that no longer exist."""
        known = set(names)
        self.measured |= {test: {"digest": _digest(test), **entry} for test, entry in entries.items()}
        self.measured = {test: entry for test, entry in self.measured.items() if test in known}
        self.path.write_text(json.dumps(self.measured))
        self._index()

    def failing(self) -> list[str]:
        """Return the tests that fail without any mutant, which are left out."""
        return [test for test, entry in self.measured.items() if entry["seconds"] is None]

    def tests_of(self, module: str, function: str) -> list[str]:
        """Return the tests of a function: frequent killers first, then those that reach the fewest functions."""
        killers, names = self.killers[module, function], self.tests[f"{module}:{function}"]
        return sorted(
            names, key=lambda name: (-killers.get(name, 0), len(self.measured[name]["functions"]), name)
        )

    def note_killer(self, module: str, function: str, test: str) -> None:
        """Count a test that killed a mutant of a function, to try it first on the next."""
        if test:
            killers = self.killers[module, function]
            killers[test] = killers.get(test, 0) + 1


def _digest(name: str) -> str:
    return hashlib.sha256((CHECKOUT / name.partition("::")[0]).read_bytes()).hexdigest()[:16]


def function_at(path: Path) -> dict[int, str]:
    """Return the outermost function around each line of a module."""
    lines: dict[int, str] = {}

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                visit(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                lines.update(
                    dict.fromkeys(
                        range(child.body[0].lineno, (child.end_lineno or 0) + 1), prefix + child.name
                    )
                )
            else:
                visit(child, prefix)

    visit(ast.parse(path.read_text()), "")
    return lines
