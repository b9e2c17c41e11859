"""Facts of postings in HTML and in plain text; only certain ones, each with its origin."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.services.applications.application_fields import PARSERS
from tracker.services.capture.annotated_html import marked_postings
from tracker.services.capture.html_page import line, parsed_page, text_of_node, tidy
from tracker.services.capture.job_data import facts_of_job, text_of_job
from tracker.services.capture.json_ld import Node, job_postings
from tracker.services.capture.page_facts import ORIGINS, title_facts
from tracker.services.capture.text_facts import MAX_TEXT, facts_of_text
from tracker.services.contacts.contact_fields import PARSERS as CONTACT_PARSERS
from tracker.services.field_parsers import InvalidField
from tracker.services.postings import posting_key
from tracker.shapes.capture import Fact, FactOrigin, PostingFacts

SALARY = ("salary_from", "salary_to", "currency", "salary_period")
"""Fields that are read from one place together."""
MIN_BLOCK, MAIN_SHARE = 200, 0.8
"""Characters of a block that matters, and share of a block's text above which one of its children is the block instead."""
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|script|div|p|section|article|h[1-6]|ul|span|table|meta|br)\b[^<>]*>",
    re.I,
)
_FIELD_PARSERS = {
    **PARSERS,
    "contact_name": CONTACT_PARSERS["name"],
    "contact_email": CONTACT_PARSERS["email"],
}


def is_html(text: str) -> bool:
    """Return whether a text is HTML rather than plain text."""
    return bool(_HTML.search(text[:20_000]))


def posting_of_html(html: str, address: str = "") -> PostingFacts:
    """Return the facts and the text of a page with a posting; an earlier, more reliable origin wins.

    It reads job data, known layouts, Open Graph, title, heading and text, in this order. It never raises.
    """
    page = parsed_page(html)
    job = _job_of(page, address)
    text = (text_of_job(job) if job else "")[:MAX_TEXT]
    body_text = _main_text(page)
    facts = _facts(facts_of_job(job), FactOrigin.JOB_DATA) if job else {}
    for origin, reader in ORIGINS.items():
        facts = _merged(facts, _facts(reader(page, address, text or body_text), origin))
    facts = _merged(facts, _facts(facts_of_text(text or body_text), FactOrigin.TEXT))
    if address:
        facts.pop("posting_url", None)
    elif "posting_url" not in facts and (canonical := _canonical(page)):
        facts = _merged(facts, _facts({"posting_url": canonical}, FactOrigin.PREVIEW))
    return PostingFacts(facts, text or body_text)


def posting_of_text(text: str) -> PostingFacts:
    """Return the facts of a posting's plain text. It never raises."""
    plain = tidy(text[: 2 * MAX_TEXT])[:MAX_TEXT]
    return PostingFacts(_facts(facts_of_text(plain), FactOrigin.TEXT), plain)


def posting_of_share(address: str, title: str, text: str) -> PostingFacts:
    """Return the facts of a page's address, title and selected text. It never raises."""
    posting = posting_of_text(text)
    facts = _facts({"posting_url": address}, FactOrigin.ADDRESS)
    facts = _merged(facts, _facts(title_facts(line(title), text), FactOrigin.TITLE))
    return PostingFacts(_merged(facts, posting.facts), posting.text)


def _job_of(page: LexborHTMLParser, address: str) -> Node | None:
    """Return the page's posting; of several, the one with this address or the page's heading."""
    blocks = [
        node.text()
        for node in page.css("script[type]")
        if "ld+json" in (node.attributes["type"] or "").lower()
    ]
    jobs = job_postings(blocks) or marked_postings(page)
    distinct = list({(str(job.get("title")), str(job.get("url"))): job for job in jobs}.values())
    if len(distinct) < 2:
        return max(jobs, key=len, default=None)
    key, headings = posting_key(address), {line(text_of_node(node)).lower() for node in page.css("h1")[:5]}
    same_address = [
        job for job in distinct if key and posting_key(urljoin(address, str(job.get("url", "")))) == key
    ]
    same_title = [job for job in distinct if line(str(job.get("title"))).lower() in headings]
    matches = same_address or same_title
    return matches[0] if len(matches) == 1 else None


def _canonical(page: LexborHTMLParser) -> str:
    node = page.css_first("link[rel='canonical']")
    address = (node.attributes.get("href") or "") if node else ""
    return address if address.startswith(("https://", "http://")) else ""


def _main_text(page: LexborHTMLParser) -> str:
    """Return the text of the innermost block that holds most of the page's text."""
    page.strip_tags(["script", "style", "noscript", "template", "nav", "footer"])
    node: LexborNode | None = page.css_first("main, [role='main'], article")
    if node is None or _size(node) < MIN_BLOCK:
        node = page.body
    while node is not None:
        largest = max(node.iter(), key=_size, default=None)
        if largest is None or _size(largest) < max(MIN_BLOCK, MAIN_SHARE * _size(node)):
            return text_of_node(node)[:MAX_TEXT]
        node = largest
    return ""


def _size(node: LexborNode) -> int:
    return len(node.text())


def _facts(values: Mapping[str, str], origin: FactOrigin) -> dict[str, Fact]:
    """Return the values that the form's parsers accept; a salary is accepted as a whole."""
    facts: dict[str, Fact] = {}
    for name, value in values.items():
        if value and (parser := _FIELD_PARSERS.get(name)):
            try:
                parser(value)
            except InvalidField:
                continue
            facts[name] = Fact(value, origin)
    return facts


def _merged(first: Mapping[str, Fact], second: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts of both, with the first ones where both have a field; salaries aren't mixed."""
    has_salary = any(name in first for name in SALARY[:2])
    added = {name: fact for name, fact in second.items() if not (has_salary and name in SALARY)}
    return {**added, **first}
