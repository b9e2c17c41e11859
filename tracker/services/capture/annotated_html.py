"""Job postings that microdata or RDFa mark up in a page, in the form of JSON-LD."""

from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.services.capture.html_page import text_of_node
from tracker.services.capture.json_ld import Node

_MARKS = (("itemtype", "itemprop"), ("typeof", "property"))
"""Attributes of microdata and of RDFa: the type of an item, and the name of a property."""
_LONG = {"description", "responsibilities", "qualifications", "skills", "educationRequirements", "experienceRequirements",
         "jobBenefits", "incentiveCompensation", "benefits"}  # fmt: skip
"""Properties whose HTML is kept, for its paragraphs and lists."""
_LINKS = {"a": "href", "link": "href", "img": "src", "area": "href"}
MAX_ITEMS, MAX_ELEMENTS, MAX_VALUES, MAX_VALUE = 10, 10_000, 20, 200_000
"""Items, elements of each, values of a property, and characters of a value that are read."""


def marked_postings(page: LexborHTMLParser) -> list[Node]:
    """Return the job postings that a page's attributes describe."""
    scopes = (
        (node, type_mark, name_mark)
        for type_mark, name_mark in _MARKS
        for node in page.css(f"[{type_mark}]")
        if _type(node, type_mark) == "JobPosting"
    )
    return [_item(*scope) for scope in islice(scopes, MAX_ITEMS)]


def _type(node: LexborNode, mark: str) -> str:
    return (node.attributes.get(mark) or "").split("/")[-1].split(":")[-1].strip()


def _item(scope: LexborNode, type_mark: str, name_mark: str) -> Node:
    """Return an item's properties; those of an item within it are that item's own."""
    root: Node = {"@type": _type(scope, type_mark)}
    stack: list[tuple[LexborNode, Node]] = [(child, root) for child in reversed(list(scope.iter()))]
    for _ in range(MAX_ELEMENTS):
        if not stack:
            break
        node, owner = stack.pop()
        name = (node.attributes.get(name_mark) or "").split(":")[-1].strip()
        is_item = type_mark in node.attributes
        inner: Node = {"@type": _type(node, type_mark)} if is_item else owner
        if name and _number(owner.get(name)) < MAX_VALUES:
            _put(owner, name, inner if is_item else _value(node, name))
        stack.extend((child, inner) for child in reversed(list(node.iter())))
    return root


def _number(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


def _put(item: Node, name: str, value: Any) -> None:
    """Set a property; one that occurs again becomes a list."""
    before = item.get(name)
    if before is None:
        item[name] = value
    else:
        item[name] = [*(before if isinstance(before, list) else [before]), value]


def _value(node: LexborNode, name: str) -> str:
    attributes, tag = node.attributes, str(node.tag or "")
    for attribute in ("content", "datetime"):
        if attributes.get(attribute):
            return str(attributes[attribute])
    if tag in _LINKS:
        return attributes.get(_LINKS[tag]) or text_of_node(node)
    return (
        " ".join((node.inner_html or "")[:MAX_VALUE].split())
        if name in _LONG
        else " ".join(text_of_node(node).split())
    )
