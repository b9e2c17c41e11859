"""JSON lists of objects and Markdown tables as tables of text."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tracker.services.imports.sheets import Sheet, limited
from tracker.services.isolated_process import Unreadable

NO_LIST = 'This JSON file has no list of applications: it needs a list of objects, such as [{"company": …}].'
DAMAGED = "This JSON file is damaged, so it can't be read."
_SEPARATOR = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*")
_LINK = re.compile(r"!?\[([^\]]*)\]\(<?([^)\s>]*)>?[^)]*\)")


def sheets_of_json(text: str) -> list[Sheet]:
    """Return a table for each list of objects in a JSON file; raises Unreadable."""
    try:
        content = json.loads(text, strict=False)
    except ValueError:
        raise Unreadable(DAMAGED) from None
    lists = {"": content} if isinstance(content, list) else content if isinstance(content, dict) else {}
    sheets = [
        limited(name, _rows([item for item in items if isinstance(item, dict)]))
        for name, items in lists.items()
        if isinstance(items, list) and any(isinstance(item, dict) for item in items)
    ]
    if not sheets:
        raise Unreadable(NO_LIST)
    return sheets


def sheets_of_markdown(text: str) -> list[Sheet]:
    """Return the tables of a Markdown file in its order; a link of a row becomes its last cell."""
    sheets: list[Sheet] = []
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if place and _SEPARATOR.fullmatch(line) and "|" in lines[place - 1]:
            body = []
            for row in lines[place + 1 :]:
                if "|" not in row:
                    break
                body.append(row)
            sheets.append(limited("", _markdown_rows(lines[place - 1], body)))
    return sheets


def is_markdown(text: str) -> bool:
    """Return whether the text has a Markdown table."""
    return any(_SEPARATOR.fullmatch(line) for line in text.splitlines()[:2000])


def _rows(items: list[dict[str, Any]]) -> Iterator[list[str]]:
    flat = [dict(_cells(item)) for item in items]
    names = list(dict.fromkeys(name for item in flat for name in item))
    yield names
    yield from ([item.get(name, "") for name in names] for item in flat)


def _cells(item: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of an object by name; those of an object within it as `outer.inner`."""
    for name, value in item.items():
        if isinstance(value, dict) and not prefix:
            yield from _cells(value, f"{name}.")
        else:
            yield f"{prefix}{name}", _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value if not isinstance(item, dict | list))
    return "" if value is None or isinstance(value, dict) else str(value)


def _markdown_rows(header: str, body: list[str]) -> Iterator[list[str]]:
    names = [_plain(cell) for cell in _split(header)]
    yield [*names, "URL"]
    for line in body:
        cells = _split(line)
        address = next((link[2] for link in _LINK.finditer(line) if link[2].startswith("http")), "")
        yield [*(_plain(cell) for cell in (cells + [""] * len(names))[: len(names)]), address]


def _split(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(cell: str) -> str:
    """Return a cell without links, emphasis and line breaks."""
    text = _LINK.sub(r"\1", cell.replace("<br>", " "))
    return re.sub(r"(\*\*|__|`)", "", text).strip()
