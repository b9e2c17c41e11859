"""Functions that each test reaches, the seconds it takes, and the order in which tests are run."""

import ast
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt
from pathlib import Path
from typing import Any

from tests.support.mutants.mutations import MODULE, Mutant

_STEM = 5
"""Letters by which words are compared, so that `cancelled` is like `cancel`."""


class TestMap:
    """Stored functions and seconds of each test, measured again when its text changes."""

    __test__ = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.measured: dict[str, dict[str, Any]] = json.loads(path.read_text()) if path.exists() else {}
        self.killers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.words: dict[str, set[str]] = {}
        self.digests: dict[str, str] = {}
        self._index()

    def _index(self) -> None:
        self.tests: dict[str, set[str]] = defaultdict(set)
        for test, entry in self.measured.items():
            for function in entry["functions"] if entry["seconds"] is not None else ():
                self.tests[function].add(test)
                self.tests[f"{function.split(':')[0]}:{MODULE}"].add(test)

    def unmeasured(self, names: Iterable[str]) -> list[str]:
        """Return the tests that are new, or whose text has changed."""
        return [name for name in names if self.measured.get(name, {}).get("digest") != self.digests[name]]

    def add(self, entries: dict[str, dict[str, Any]], names: Iterable[str]) -> None:
        """Store measured tests and forget those that no longer exist."""
        known = set(names)
        self.measured |= {test: {"digest": self.digests[test], **entry} for test, entry in entries.items()}
        self.measured = {test: entry for test, entry in self.measured.items() if test in known}
        self.path.write_text(json.dumps(self.measured))
        self._index()

    def failing(self) -> list[str]:
        """Return the tests that fail without any mutant, which are left out."""
        return [test for test, entry in self.measured.items() if entry["seconds"] is None]

    def read(self, texts: dict[str, str]) -> None:
        """Take the words and the digest of each test from its text."""
        self.words = {name: _words(f"{name} {text}") for name, text in texts.items()}
        self.digests = {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in texts.items()}
        self.tests_by_word = Counter(word for words in self.words.values() for word in words)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests of a mutant: frequent killers first, then those that share its rarest words.

        Rarity is measured as in TF-IDF. Slow tests and further cases of a parametrized test count for less.
        """
        killers = self.killers[mutant.module, mutant.function]
        words = _words(f"{mutant.path} {mutant.function} {mutant.change}")
        cases: Counter[str] = Counter()
        order = []
        for name in sorted(self.tests[f"{mutant.module}:{mutant.function}"] & self.words.keys()):
            test = name.partition("[")[0]
            cases[test] += 1
            shared = sum(log(len(self.words) / self.tests_by_word[word]) for word in words & self.words[name])
            cost = (1 + self.measured[name]["seconds"]) * sqrt(cases[test])
            order.append((-killers[name], -shared / cost, name))
        return [name for *_, name in sorted(order)]

    def note_killer(self, module: str, function: str, test: str) -> None:
        """Count a test that killed a mutant of a function, to try it first on the next."""
        if test:
            self.killers[module, function][test] += 1


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall("[a-z]{3,}", text.lower())}


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
