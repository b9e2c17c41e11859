"""Markdown that users write, as safe HTML."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from tracker.services.web_links import LINKS


def _number_items(state: StateCore) -> None:
    """Give items of ordered lists the numbers that were typed, unless every item has the first's."""
    lists: list[tuple[int, int]] = []
    for token in state.tokens:
        if token.type == "ordered_list_open":
            first = int(token.attrs.get("start", 1))
            lists.append((first, first))
        elif token.type == "bullet_list_open":
            lists.append((0, 0))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and token.info:
            first, following = lists[-1]
            number = int(token.info)
            if number == first:
                number = following
            if number != following:
                token.attrSet("value", str(number))
            lists[-1] = (first, number + 1)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.linkify = LINKS
    parser.core.ruler.push("number_items", _number_items)
    return parser.enable(["table", "strikethrough", "linkify"])


_MARKDOWN = _parser()
_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def as_html(markdown: str) -> str:
    """Return safe HTML: no scripts, images or styles, and only http, https and mailto links."""
    html = _MARKDOWN.render(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "li": {"value"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
