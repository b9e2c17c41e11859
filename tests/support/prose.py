"""Prose lint: finds phrases of documents and sources that `docs/style.toml` replaces.

`python -m tests.support.prose [PATH …]` lists them with what to write instead.
"""

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.settings import CHECKOUT

STYLE = CHECKOUT / "docs" / "style.toml"
DOCUMENTS = [CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
UNCHECKED = re.compile(
    r"^```.*?^```|<!-- style off -->.*?<!-- style on -->|`[^`\n]*`", re.DOTALL | re.MULTILINE
)
"""Code, and what a document quotes as an example of what not to write."""
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|GRANT|FROM)\b")


@dataclass(frozen=True)
class Lapse:
    """Phrase that the style replaces, its line, and what to write instead."""

    line: int
    phrase: str
    suggestion: str

    def __str__(self) -> str:
        """Return the line of a report."""
        return f"{self.line}: {self.phrase!r}, write: {self.suggestion}"


@cache
def rules(section: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of a section of the style, each with its suggestion."""
    table = tomllib.loads(STYLE.read_text())[section]
    return [(bounded(pattern), suggestion) for pattern, suggestion in table.items()]


def bounded(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that begins and ends at the edge of a word."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def lapses_in(text: str, section: str = "everywhere", line: int = 1) -> list[Lapse]:
    """Return what the style replaces in a text; lines break inside phrases too."""
    joined = re.sub(r"\s", " ", text)
    return [
        Lapse(line + text.count("\n", 0, match.start()), match[0], suggestion)
        for pattern, suggestion in rules(section)
        for match in pattern.finditer(joined)
    ]


def document_lapses(text: str) -> list[Lapse]:
    """Return the lapses of a Markdown document, code aside."""
    return lapses_in(UNCHECKED.sub(lambda match: "`" + re.sub(r"[^\n]", "", match[0]), text))


def source_lapses(source: str, *, is_interface: bool = False) -> list[Lapse]:
    """Return the lapses of a module's docstrings and comments, and of its interface text."""
    tree = ast.parse(source)
    docstrings = set(docstring_nodes(tree))
    lapses = [lapse for line, text in comments(source) for lapse in lapses_in(text, line=line)]
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if node in docstrings:
            lapses += lapses_in(node.value, line=node.lineno)
        elif is_interface and " " in node.value and not SQL.search(node.value):
            lapses += lapses_in(node.value, line=node.lineno) + lapses_in(
                node.value, "interface", node.lineno
            )
    return sorted(lapses, key=lambda lapse: lapse.line)


def docstring_nodes(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield each docstring, those of variables included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield each comment with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def lapses_of(path: Path) -> list[Lapse]:
    """Return the lapses of a document or module."""
    text = path.read_text()
    if path.suffix == ".md":
        return document_lapses(text)
    return source_lapses(text, is_interface=path.is_relative_to(CHECKOUT / "tracker"))


def main() -> None:
    """Print the lapses of the given files and folders; of documents without any."""
    arguments = [Path(argument).resolve() for argument in sys.argv[1:]]
    inside = [
        file for path in arguments for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))
    ]
    for path in inside or DOCUMENTS:
        for lapse in lapses_of(path):
            print(f"{path.relative_to(CHECKOUT)}:{lapse}")


if __name__ == "__main__":
    main()
