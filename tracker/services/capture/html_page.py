"""Untrusted HTML: parsed within limits of size, nesting and attributes, and turned into text."""

import re
from collections.abc import Iterator
from html import unescape

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.storable_text import clean

MAX_HTML = 3_000_000
"""Characters of a page that are read."""
MAX_DEPTH, MAX_ATTRIBUTES = 500, 200
"""Open elements, and attributes of an element, at which a page is cut: parsing takes time that grows with their square."""
_ATTRIBUTES = (
    r"""(?:[\s/]++|=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]++)?+)?+|=)*+"""
)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|noscript|iframe|xmp|noembed)\b[^>]*+>.*?(?:</(?P=raw)|\Z)"
    rf"|<(?P<end>/?+)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})",
    re.I | re.S,
)
_UNNESTED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td",
     "th", "thead", "tbody", "option", "optgroup"}
)  # fmt: skip
"""Elements that hold nothing, or that the next one of their kind ends."""
_APART = frozenset({"p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
"""Blocks with an empty line around them."""
_BLOCKS = _APART | {"address", "article", "aside", "body", "dd", "details", "div", "dt", "fieldset", "figcaption", "figure", "footer", "header",
                    "hr", "main", "section", "summary", "tr"}  # fmt: skip
_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "head",
        "button",
        "select",
        "textarea",
        "nav",
        "footer",
    }
)
_KEPT_TAGS = {"p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "dl", "dt", "dd",
              "section", "article", "blockquote", "pre"}  # fmt: skip
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;\s*/?(?:p|br|div|ul|ol|li|h[1-6]|strong|b|em|span|a)\b", re.I)


def parsed_page(html: str) -> LexborHTMLParser:
    """Parse HTML, cut where it is too long, too deeply nested or has too many attributes."""
    return LexborHTMLParser(_bounded(clean(html[:MAX_HTML])))


def _bounded(html: str) -> str:
    depth = 0
    for tag in _TAG.finditer(html):
        name = (tag["name"] or "").lower()
        attributes = tag["attributes"] or ""
        if len(attributes) > MAX_ATTRIBUTES and _number_of_attributes(attributes) > MAX_ATTRIBUTES:
            return html[: tag.start()]
        if name and name not in _UNNESTED:
            depth = max(depth - 1, 0) if tag["end"] else depth + 1
        if depth > MAX_DEPTH:
            return html[: tag.start()]
    return html


def _number_of_attributes(attributes: str) -> int:
    without_values = re.sub(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""", " ", attributes)
    return len(without_values.replace("/", " ").split())


def text_of_fragment(html: str) -> str:
    """Return the text of a description, which may be plain text, or HTML escaped once or twice."""
    source = html[:MAX_HTML]
    for _ in range(2):
        if _ESCAPED_TAG.search(source):
            source = unescape(source)
    if "<" not in source:
        return tidy(unescape(source))
    safe = nh3.clean(_bounded(clean(source)), tags=_KEPT_TAGS, attributes={})
    body = LexborHTMLParser(safe).body
    return text_of_node(body, line_breaks="<br" not in safe and "<p" not in safe) if body else ""


def text_of_node(node: LexborNode, *, line_breaks: bool = False) -> str:
    """Return an element's visible text, with paragraphs apart and list items marked by a dash.

    With `line_breaks`, line breaks of the source are kept.
    """
    parts: list[str] = []
    for part in _walk(node):
        if isinstance(part, str):
            parts.append(part)
        elif part.is_text_node:
            text = part.text_content or ""
            parts.append(text if line_breaks else re.sub(r"\s+", " ", text))
    return tidy("".join(parts))


def _walk(root: LexborNode) -> Iterator[LexborNode | str]:
    """Yield the visible text nodes below an element in order, and the breaks between its blocks."""
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str) or node.is_text_node:
            yield node
            continue
        tag = str(node.tag or "")
        if tag in _HIDDEN or "hidden" in node.attributes:
            continue
        begin, end = _breaks(tag)
        yield begin
        stack.append(end)
        stack.extend(reversed(list(node.iter(include_text=True))))


def _breaks(tag: str) -> tuple[str, str]:
    if tag == "br":
        return "\n", ""
    if tag == "li":
        return "\n- ", ""
    if tag in ("td", "th"):
        return " ", ""
    if tag not in _BLOCKS:
        return "", ""
    return ("\n\n", "\n\n") if tag in _APART else ("\n", "\n")


def tidy(text: str) -> str:
    """Return text with single spaces, no space around lines, and at most one empty line between them."""
    lines = (" ".join(line.split()) for line in clean(text).replace("\u200b", "").splitlines())
    items = re.sub(r"^-\n+", "- ", "\n".join(lines), flags=re.M)
    return re.sub(r"\n{2,}(?=- )", "\n", re.sub(r"\n{3,}", "\n\n", items)).strip()


def line(text: str) -> str:
    """Return text in one line, without tags and entities."""
    plain = unescape(unescape(text))
    return " ".join(clean(re.sub(r"<[^<>]{0,2000}>", " ", plain)).replace("\u200b", "").split())
