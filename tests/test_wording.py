"""Names, docstrings and prose follow the style of the house, checked by package.

`allowed_wording.toml` holds how many lapses each package still has. A package may have neither more nor fewer: after
removing some, lower its number, by hand or with `python -m tests.test_wording`.
"""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support import prose
from tracker.settings import CHECKOUT

ALLOWED = CHECKOUT / "tests" / "allowed_wording.toml"
FOLDERS = ("tracker", "worker", "tests", "bench", "bin")
NAMES = re.compile(
    r"_*(one|found|told|said|asked|made|given|held|kept|taken|meant|owed|who|whom|whose|what|things?|this|that|these|those|them)_*"
)
"""Pronouns and participles: they say nothing of what a value is."""
RIDDLES = re.compile(r"test_(it|its|they|one|ones|some|that|those|what|which|who|whom|whose)_.*")
"""Names of tests that begin with a pronoun in place of their subject."""
OPENINGS = re.compile(
    r"(What|Whether|How|Which|Who|Whom|Whose|Where|When|Why|That|There|It|If|So|As)\b"
    r"|(Asks|Begins|Brings|Catches|Deletes|Does|Encrypts|Ends|Gives|Hands|Has|Holds|Is|Keeps|Leads|Lets|Makes|Moves|Notes|Opens"
    r"|Passes|Puts|Reads|Refuses|Resolves|Returns|Runs|Says|Sends|Shows|Signs|Stands|Starts|Stops|Takes|Tells|Tries|Turns|Undoes"
    r"|Waits|Writes)\b"
)
"""Openings of a docstring that is neither imperative nor a noun phrase."""


def room(path: Path) -> str:
    """Return the folder that a file's lapses are counted for, down to a package of services."""
    folders = path.relative_to(CHECKOUT).parent.parts or ("documents",)
    return "/".join(
        folders[: 3 if folders[:2] == ("tracker", "services") else 2 if folders[0] == "tracker" else 1]
    )


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a file binds: of variables, parameters, functions, classes and imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or ""
        elif isinstance(node, ast.ExceptHandler):
            yield node.name or ""


def empty_names(tree: ast.AST) -> list[str]:
    """Return the names a file binds that name nothing."""
    return [name for name in bound_names(tree) if NAMES.fullmatch(name) or RIDDLES.fullmatch(name)]


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Yield the docstring of the module, of each class and of each function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield ast.get_docstring(node) or ""


def misshapen_docstrings(tree: ast.AST) -> list[str]:
    """Return the first lines that are too long, unfinished, or neither imperative nor a noun phrase."""
    first_lines = [text.split("\n")[0] for text in docstrings(tree) if text]
    return [
        line for line in first_lines if len(line) >= 100 or not line.endswith(".") or OPENINGS.match(line)
    ]


def of_modules(check: Callable[[ast.AST], list[str]]) -> Callable[[Path], list[str]]:
    """Return a check of files that passes whatever isn't Python."""
    return lambda path: check(ast.parse(path.read_text())) if path.suffix == ".py" else []


def replaced_phrases(path: Path) -> list[str]:
    """Return the phrases of a file that `docs/style.toml` replaces."""
    return [f"{path.relative_to(CHECKOUT)}:{lapse}" for lapse in prose.lapses_of(path)]


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "names": of_modules(empty_names),
    "docstrings": of_modules(misshapen_docstrings),
    "style": replaced_phrases,
}


@cache
def lapses(check: str) -> dict[str, Counter[str]]:
    """Return the lapses of each room, and how often each stands there."""
    counts: dict[str, Counter[str]] = {}
    modules = [path for folder in FOLDERS for path in sorted((CHECKOUT / folder).rglob("*.py"))]
    for path in [*modules, *prose.DOCUMENTS]:
        counts.setdefault(room(path), Counter()).update(CHECKS[check](path))
    return {name: texts for name, texts in counts.items() if texts}


def allowed() -> dict[str, dict[str, int]]:
    """Return how many lapses each room may still have, by check."""
    return tomllib.loads(ALLOWED.read_text())


@pytest.mark.parametrize("check", CHECKS)
def test_no_room_has_more_lapses_than_it_is_allowed(check: str) -> None:
    limits = allowed()[check]
    over = {name: texts for name, texts in lapses(check).items() if texts.total() > limits.get(name, 0)}
    assert not over, {name: (limits.get(name, 0), texts.most_common()) for name, texts in over.items()}


@pytest.mark.parametrize("check", CHECKS)
def test_an_allowance_is_lowered_as_soon_as_a_room_needs_less(check: str) -> None:
    counts = {name: texts.total() for name, texts in lapses(check).items()}
    stale = {
        name: counts.get(name, 0) for name, limit in allowed()[check].items() if counts.get(name, 0) < limit
    }
    assert not stale, f"lower these with `python -m tests.test_wording`: {stale}"


@pytest.mark.parametrize(
    "source",
    [
        "one = 1", "def said(): ...", "def f(told): ...", "[found for found in rows]", "for _asked in rows: ...",
        "import re as what", "class Told:\n    given: int", "def test_it_works(): ...", "def test_one_is_made(): ...",
    ],
)  # fmt: skip
def test_a_name_without_meaning_is_noticed(source: str) -> None:
    assert empty_names(ast.parse(source))


@pytest.mark.parametrize("source", ["row.found", "f(told=1)", "answer_text = one", "import found"])
def test_only_where_it_is_bound_does_a_name_count(source: str) -> None:
    assert not empty_names(ast.parse(source))


@pytest.mark.parametrize(
    "first_line",
    ["What a row says.", "Whether it is due.", "Returns the row.", "The row", f"The {'very ' * 20}long row."],
)
def test_a_docstring_of_another_form_is_noticed(first_line: str) -> None:
    assert misshapen_docstrings(ast.parse(f'"""{first_line}"""'))


@pytest.mark.parametrize("first_line", ["Return the row.", "Rows that are due.", "Notify the owner, once."])
def test_a_docstring_in_the_imperative_or_as_a_noun_phrase_passes(first_line: str) -> None:
    assert not misshapen_docstrings(ast.parse(f'"""{first_line}"""'))


def lower() -> None:
    """Rewrite the allowances, never higher than before."""
    limits = allowed() if ALLOWED.exists() else None
    sections = []
    for check in CHECKS:
        counts = {name: texts.total() for name, texts in lapses(check).items()}
        least = {
            name: min(count, limits[check].get(name, 0) if limits and check in limits else count)
            for name, count in counts.items()
        }
        lines = [f'"{name}" = {count}' for name, count in sorted(least.items()) if count]
        sections.append("\n".join([f"[{check}]", *lines, ""]))
    ALLOWED.write_text("\n".join(sections))


if __name__ == "__main__":
    lower()
