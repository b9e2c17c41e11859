"""Claimed facts about the employer, each needing support in the posting."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.matching.stems import stem, words
from tracker.shapes.grounding import ClaimKind, Mark, Subject

_CONCEPTS = (
    (r"award\w*|prizes?|(?:you|your \w+|which|and|recently) won\b|you (?:have )?won|best (?:workplace|employer)|great place to work|won (?:the )?[A-Z]", "award prize won best accolade"),
    (r"rais(?:ed|ing) (?:a |over |[£€$]|CHF|\d)|funding|series [a-f]\b|seed round|investors?|venture|IPO|stock exchange|listing\b|went public", "rais fund series invest ventur ipo stock list"),
    (r"acqui(?:red|sition)\w*|merg(?:ed|er)\w*|takeover|bought by", "acquir acquis merg takeover bought"),
    (r"expan(?:d|sion)\w*|fast-growing|rapidly growing|rapid growth|hypergrowth|scale-?up|open(?:ed|ing) (?:a|an|your|new)", "expand expan grow growth scal open doubl"),
    (r"sustainab\w+|carbon|net[- ]zero|climate|green energy|environmental", "sustain carbon net climat green environ tree electric solar wind"),
    (r"market[- ]lead\w+|industry[- ]lead\w+|leading (?:provider|company|brand)|market leader|world leader|pioneer\w*|renowned|world-class|number one", "leader leading lead pioneer renown largest world first"),
    (r"family[- ](?:run|owned|business)|non-?profit|charity|cooperative", "family charit profit cooperat"),
    (r"diversity|inclusion|inclusive", "divers inclus nation equal"),
    (r"remote-first|fully remote|four-day week|unlimited (?:holiday|vacation)|stock options|equity\b|sabbatical", "remote four unlimit stock equity sabbat option home"),
    (r"partnership\w*|partner(?:ed|ing) with|contract with|collaboration with|sponsor\w*", "partner contract collabor sponsor"),
    (r"B Corp|ISO \d+|certification", "corp iso certif"),
    (r"headquarter\w*|global presence|worldwide|multinational", "headquart global world internation countr"),
)  # fmt: skip
_GENERIC = frozenset(
    stem(word)
    for word in ["team", "company", "work", "role", "position", "posting", "advert", "job", "business", "organisation", "organization", "product", "products", "service", "services", "customer", "customers", "client", "clients", "people", "mission", "value", "values", "culture", "need", "needs", "requirement", "requirements", "search", "time", "consideration", "attention", "reply", "interest", "kind", "next", "new", "own", "current", "colleague", "colleagues", "staff", "department", "group", "application", "letter", "example", "way", "plan", "plans", "goal", "goals", "challenge", "challenges", "project", "projects", "hiring", "idea", "approach", "industry", "field", "sector", "place", "office", "list", "wish", "question", "questions", "reputation", "kitchen", "ward", "school", "shop", "store", "site", "name", "vision", "ambition", "standards", "standard", "success", "future", "door", "behalf", "side", "disposal", "convenience", "website", "page", "offer", "offering", "conversation", "interview", "model", "models", "user", "users", "member", "members", "house", "line", "area", "region", "town", "city", "country", "part", "great", "impressive", "exciting", "important", "strong", "recent", "whole", "entire", "big", "small", "good", "real", "clear", "fine", "description", "ad", "vacancy", "opening", "opportunity", "process", "questions", "needs", "criteria", "expectations", "employees", "leadership", "engineering", "technology", "platform", "software", "system", "systems", "answer", "feedback", "invitation", "response", "call", "thoughts", "review", "decision", "offices", "address", "emphasis", "dedication", "belief", "determination", "willingness", "attitude", "spirit", "ambition", "direction", "journey", "home", "look", "focus", "care", "commitment", "passion", "story", "work", "history", "growth"]
)  # fmt: skip
_YOURS = re.compile(
    r"\b[Yy]our\s+((?:(?!\b(?:is|are|was|were|has|have|had|and|or|but|with|who|which|that|to|in|on|at|for|from|of|by|as|because|while|so|would|can|will|asks?|says?|speaks?|me|my|I|you)\b)[\w’'-]+\s*){1,4})"
)
_NOTICED = re.compile(
    r"\b(?:new|recent\w*|latest|upcoming|admir\w+|impress\w+|like[ds]?|lov(?:e|ed)|read|hear[d]?|saw|seen?|see|notic\w+|noted|follow\w*|inspir\w+|struck|moved|pleased"
    r"|thrilled|excit\w+|happy|glad|know|aware|fascinat\w+|appreciat\w+|respect\w*|fan of)\b",
    re.IGNORECASE,
)


def mentions(text: str, prefixes: str) -> bool:
    """Return whether a text has a word that begins with any of these prefixes."""
    return any(re.search(rf"\b{prefix}", text, re.IGNORECASE) for prefix in prefixes.split())


def fact_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield statements about the employer that the posting doesn't support."""
    marked: list[tuple[int, int]] = []
    for pattern, prefixes in _CONCEPTS:
        for match in re.finditer(rf"\b(?:{pattern})", context.text):
            if context.is_about_employer(match.start()) and not mentions(context.advert.text, prefixes):
                marked.append(match.span())
                yield context.mark(
                    *match.span(), ClaimKind.FACT, "The posting doesn't say this.", Subject.EMPLOYER
                )
    for match in _YOURS.finditer(context.text if _NOTICED.search(context.text) else ""):
        claimed_stems = {stem(word) for word in words(match[1])} - _GENERIC
        if (
            not claimed_stems
            or claimed_stems & context.evidence.stems
            or any(_near(word_stem, context.advert.stems) for word_stem in claimed_stems)
        ):
            continue
        if all(a >= match.end() or b <= match.start() for a, b in marked):
            end = match.start(1) + len(match[1].rstrip())
            yield context.mark(
                match.start(1), end, ClaimKind.FACT, "The posting doesn't mention it.", Subject.EMPLOYER
            )


def _near(word_stem: str, known_stems: frozenset[str]) -> bool:
    """Return whether a stem equals a known one, or either begins with the other."""
    return word_stem in known_stems or any(
        len(known_stem) > 3 and (known_stem.startswith(word_stem) or word_stem.startswith(known_stem))
        for known_stem in known_stems
    )
