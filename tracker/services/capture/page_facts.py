"""Facts of a page outside of its job data: known layouts, Open Graph, title and heading."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tracker.services.capture.headings import (
    looks_like_company,
    looks_like_place,
    looks_like_role,
    read_heading,
    without_genders,
)
from tracker.services.capture.html_page import line, text_of_node
from tracker.services.capture.text_facts import workplace_of
from tracker.services.employers import employer_key
from tracker.shapes.capture import FactOrigin

Values = dict[str, str]
_LAYOUTS: tuple[dict[str, str], ...] = (
    {
        "role": ".top-card-layout__title, .topcard__title",
        "company": ".topcard__org-name-link, .topcard__flavor:not(.topcard__flavor--bullet)",
        "location": ".topcard__flavor--bullet",
    },
    {"role": ".app-title", "company": ".company-name", "location": ".location"},
    {"role": ".posting-headline h2", "location": ".posting-categories .location"},
)
"""Where LinkedIn, Greenhouse and Lever show a posting's facts."""
_SITE_WORDS = re.compile(
    r"(?:.*\b)?(?:careers?|jobs?|karriere|stellenangebote?|job board|job search|linkedin|indeed(?:\.com)?|glassdoor|stepstone(?:\.de)?|xing(?: jobs)?|"
    r"lever|greenhouse|workday|personio|ashby|workable|smartrecruiters|apply|bewerben|join us|hiring)",
    re.I,
)
_GREENHOUSE = re.compile(r"Job Application for (?P<role>.+) at (?P<company>.+)", re.I)
_LINKEDIN = re.compile(
    r"(?P<company>.+?) (?:hiring|sucht|stellt ein:?|recrute) (?P<role>.+) in (?P<location>[^|]+?)(?: \| LinkedIn)?"
)


def layout_facts(page: LexborHTMLParser, address: str, text: str) -> Values:
    """Return the facts of a page whose layout is known."""
    for layout in _LAYOUTS:
        texts = {name: _text_at(page, selector) for name, selector in layout.items()}
        if all(texts.values()):
            values = {**texts, "company": re.sub(r"^(?:at|bei) ", "", texts.get("company", ""))}
            return {
                **values,
                "role": without_genders(texts["role"]),
                "workplace": workplace_of(texts["location"]),
            }
    return {}


def _text_at(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    return line(text_of_node(node)) if node is not None else ""


def preview_facts(page: LexborHTMLParser, address: str, text: str) -> Values:
    """Return the facts of a page's Open Graph tags. Greenhouse puts the location into the description."""
    tags = _open_graph(page)
    values = title_facts(tags.get("title", ""), _corroboration(tags, address, text))
    place = tags.get("description", "")
    if re.search(r"(?:^|\.)greenhouse\.io$", _host(address)) and looks_like_place(place):
        values["location"] = place
    return values


def tab_title_facts(page: LexborHTMLParser, address: str, text: str) -> Values:
    """Return the facts of a page's title."""
    node = page.css_first("title")
    title = line(node.text()) if node is not None else ""
    return title_facts(title, _corroboration(_open_graph(page), address, text))


def heading_facts(page: LexborHTMLParser, address: str, text: str) -> Values:
    """Return the role, and what else the page's only main heading says."""
    headings = {line(text_of_node(node)) for node in page.css("h1")[:20]} - {""}
    if len(headings) != 1:
        return {}
    heading = headings.pop()
    return read_heading(heading) or ({"role": without_genders(heading)} if looks_like_role(heading) else {})


def title_facts(title: str, corroboration: str = "") -> Values:
    """Return the facts of a title such as `ROLE at COMPANY | Careers` or `COMPANY - ROLE`.

    Beside a role, a part of the title is the company only if the corroborating text names it as one.
    """
    title = title[:400].strip()
    if match := _GREENHOUSE.fullmatch(title):
        return {"role": without_genders(match["role"]), "company": match["company"].strip()}
    if (match := _LINKEDIN.fullmatch(title)) and (
        title.endswith("| LinkedIn") or looks_like_role(match["role"])
    ):
        return {
            name: without_genders(value) if name == "role" else value
            for name, value in match.groupdict().items()
        }
    segments = [part.strip() for part in re.split(r"\s+[|–—·•-]\s+|\s+::\s+", title) if part.strip()]
    segments = [part for part in segments if not _SITE_WORDS.fullmatch(part)]
    for segment in segments[:1]:
        if values := read_heading(segment):
            return values
    roles = [part for part in segments if looks_like_role(part)]
    if len(roles) != 1:
        return {}
    others = [part for part in segments if part not in roles and _is_company(part, corroboration)]
    return {"role": without_genders(roles[0]), **({"company": others[0]} if len(others) == 1 else {})}


def _is_company(name: str, corroboration: str) -> bool:
    """Return whether a site, a host or the text names a company so."""
    if not looks_like_company(name):
        return False
    pattern = (
        rf"(?:^|\b(?:at|join|about|über|bei|von|für|company|unternehmen:?|arbeitgeber:?) ){re.escape(name)}(?!\w)"
        rf"|(?<!\w){re.escape(name)}(?:'s|’s)? (?:is|was|are|has|ist|sucht|bietet|offers|builds|entwickelt|seeks|provides|GmbH|AG|SE|Inc|Ltd|LLC)\b"
    )
    return (
        bool(re.search(pattern, corroboration, re.I | re.M))
        or employer_key(name) in corroboration.splitlines()[:2]
    )


def _corroboration(tags: Values, address: str, text: str) -> str:
    """Return the host's names, the site's name and the text, each from a line of its own."""
    site = re.sub(r"\s+(?:careers?|jobs?|karriere)$", "", tags.get("site_name", ""), flags=re.I)
    labels = [part for part in _host(address).split(".")[:-1] if len(part) > 2]
    return "\n".join(
        [employer_key(labels[-1]) if labels else "", employer_key(site) if site else "", text[:20_000]]
    )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _open_graph(page: LexborHTMLParser) -> Values:
    """Return the first of each Open Graph tag, by its name without `og:`."""
    tags: Values = {}
    for node in page.css("meta[property^='og:'], meta[name^='og:']")[:100]:
        name = (node.attributes.get("property") or node.attributes.get("name") or "").removeprefix("og:")
        tags.setdefault(name, line(node.attributes.get("content") or "")[:500])
    return tags


ORIGINS: dict[FactOrigin, Callable[[LexborHTMLParser, str, str], Values]] = {
    FactOrigin.LAYOUT: layout_facts,
    FactOrigin.PREVIEW: preview_facts,
    FactOrigin.TITLE: tab_title_facts,
    FactOrigin.HEADING: heading_facts,
}
"""Readers of a page's parts, the most reliable first; each takes the page, its address and its text."""
