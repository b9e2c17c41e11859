"""JSON-LD of a page: its job postings, with references resolved."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

MAX_NODES = 20_000
"""Objects of a page's data that are read."""
_SURPLUS = re.compile(r'"(?:[^"\\]|\\.)*+"|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.S)
"""Strings, which stay, and what JSON doesn't allow: comments and commas before a closing bracket."""
_WRAPPER = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*;?\s*$"
)

Node = dict[str, Any]


def job_postings(blocks: Iterable[str]) -> list[Node]:
    """Return the job postings of JSON-LD blocks; a block that can't be parsed is left out.

    Lists, graphs and other nesting are searched. An object that only refers to another by `@id` is replaced by it.
    """
    nodes = list(_nodes([_parsed(block) for block in blocks]))
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    postings = [node for node in nodes if "jobposting" in _types(node) and len(node) > 1]
    return [_resolved(node, named) for node in postings]


def _parsed(block: str) -> Any:
    plain = _WRAPPER.sub("", block.strip("\ufeff \r\n\t;")).strip(" \r\n\t;")
    for source in (plain, _SURPLUS.sub(lambda part: part[0] if part[0][0] == '"' else "", plain)):
        try:
            return json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(roots: list[Any]) -> Iterator[Node]:
    """Yield all objects, outer ones first, in document order."""
    stack, number = list(reversed(roots)), 0
    while stack and number < MAX_NODES:
        value = stack.pop()
        number += 1
        if isinstance(value, dict):
            yield value
            stack.extend(reversed(value.values()))
        elif isinstance(value, list):
            stack.extend(reversed(value))


def _types(node: Node) -> set[str]:
    """Return the names of a node's types in small letters, without a vocabulary's address or prefix."""
    types = node.get("@type", [])
    listed = types if isinstance(types, list) else [types]
    return {re.split(r"[/#:]", str(name))[-1].strip().lower() for name in listed}


def _resolved(node: Node, named: dict[str, Node], depth: int = 0) -> Node:
    """Return a node without prefixes of its properties, its references replaced to a depth of 5."""
    resolved: Node = {}
    for name, value in node.items():
        resolved[re.split(r"[/#:]", name)[-1]] = _resolved_value(value, named, depth)
    return resolved


def _resolved_value(value: Any, named: dict[str, Node], depth: int) -> Any:
    if depth > 5:
        return None
    if isinstance(value, list):
        return [_resolved_value(part, named, depth + 1) for part in value[:100]]
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    target = (
        named.get(str(value["@id"]), value) if set(value) <= {"@id", "@type"} and "@id" in value else value
    )
    return _resolved(target, named, depth + 1)
