"""Claimed honours of the applicant, and facts of the employer: what is told must be in the profile, or in the posting."""

import re
from collections.abc import Iterator

from tracker.services.grounding.claiming import Told
from tracker.services.matching.stems import stem, words
from tracker.shapes.grounding import ClaimKind, Mark, Subject

_HONOURS = (
    r"awards?|award-winning|prizes?|medals?|won\b(?!\s+over)|(?:was|been) named|named (?:as )?(?:the )?(?:employee|supervisor|best|top)|honou?red with|nominated|\w+ of the (?:year|month|quarter)\b|stars?\b(?=[^.]*)|trophy",
    r"promoted|promotion",
    r"publish(?:ed)?|papers? (?:on|in)|articles? in\b|journal",
    r"patents?|patented|inventor",
    r"keynotes?|spoke at|speaker at|gave a talk|conference talk",
    r"founded|co-founded|founder of",
    r"scholarship|fellowship|summa cum laude|first-class (?:degree|honours)|with distinction|top of (?:my|the) class|valedictorian",
    r"top performer|best in|number one|record-breaking|highest-rated",
)  # fmt: skip
_ALIKE = (
    r"award prize medal won\b win\b named honour honor nominat trophy stars?\b",
    "promot",
    "publish paper journal",
    "patent invent",
    r"keynote spoke speaker talks?\b present",
    "found cofound start began set launch creat built establish",
    "scholarship fellowship distinction honour cum",
    r"top\b best\b record highest",
)
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
    stem(one)
    for one in ["team", "company", "work", "role", "position", "posting", "advert", "job", "business", "organisation", "organization", "product", "products", "service", "services", "customer", "customers", "client", "clients", "people", "mission", "value", "values", "culture", "need", "needs", "requirement", "requirements", "search", "time", "consideration", "attention", "reply", "interest", "kind", "next", "new", "own", "current", "colleague", "colleagues", "staff", "department", "group", "application", "letter", "example", "way", "plan", "plans", "goal", "goals", "challenge", "challenges", "project", "projects", "hiring", "idea", "approach", "industry", "field", "sector", "place", "office", "list", "wish", "question", "questions", "reputation", "kitchen", "ward", "school", "shop", "store", "site", "name", "vision", "ambition", "standards", "standard", "success", "future", "door", "behalf", "side", "disposal", "convenience", "website", "page", "offer", "offering", "conversation", "interview", "model", "models", "user", "users", "member", "members", "house", "line", "area", "region", "town", "city", "country", "part", "great", "impressive", "exciting", "important", "strong", "recent", "whole", "entire", "big", "small", "good", "real", "clear", "fine", "description", "ad", "vacancy", "opening", "opportunity", "process", "questions", "needs", "criteria", "expectations", "employees", "leadership", "engineering", "technology", "platform", "software", "system", "systems", "answer", "feedback", "invitation", "response", "call", "thoughts", "review", "decision", "offices", "address", "emphasis", "dedication", "belief", "determination", "willingness", "attitude", "spirit", "ambition", "direction", "journey", "home", "look", "focus", "care", "commitment", "passion", "story", "work", "history", "growth"]
)  # fmt: skip
_YOURS = re.compile(
    r"\b[Yy]our\s+((?:(?!\b(?:is|are|was|were|has|have|had|and|or|but|with|who|which|that|to|in|on|at|for|from|of|by|as|because|while|so|would|can|will|asks?|says?|speaks?|me|my|I|you)\b)[\w’'-]+\s*){1,4})"
)
_NOTICED = re.compile(
    r"\b(?:new|recent\w*|latest|upcoming|admir\w+|impress\w+|like[ds]?|lov(?:e|ed)|read|hear[d]?|saw|seen?|see|notic\w+|noted|follow\w*|inspir\w+|struck|moved|pleased"
    r"|thrilled|excit\w+|happy|glad|know|aware|fascinat\w+|appreciat\w+|respect\w*|fan of)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(hundreds|thousands|millions|dozens|billions)\s+of\b", re.IGNORECASE)
_SIZES = {"dozens": 20, "hundreds": 150, "thousands": 1_500, "millions": 1_200_000, "billions": 1_500_000_000}


def honour_marks(told: Told) -> Iterator[Mark]:
    """Awards, promotions, publications and the like that the profile doesn't tell."""
    for pattern, alike in zip(_HONOURS, _ALIKE, strict=True):
        for found in re.finditer(rf"\b(?:{pattern})", told.text, re.IGNORECASE):
            if (
                told.is_of_applicant(found.start())
                and not _tells(told.evidence.text, alike)
                and not _rose(told, found[0])
            ):
                yield told.mark(
                    found.start(), found.end(), ClaimKind.AWARD, "Nothing in your profile tells of it."
                )


def _rose(told: Told, said: str) -> bool:
    """Two jobs with one employer, one after the other, are a promotion."""
    places = [one.organisation.lower() for one in told.evidence.profile.positions if one.organisation]
    return said.lower().startswith("promot") and len(set(places)) < len(places)


def _tells(text: str, alike: str) -> bool:
    return any(re.search(rf"\b{one}", text, re.IGNORECASE) for one in alike.split())


def fact_marks(told: Told) -> Iterator[Mark]:
    """What is told of the employer and stands nowhere in the posting."""
    marked: list[tuple[int, int]] = []
    for pattern, alike in _CONCEPTS:
        for found in re.finditer(rf"\b(?:{pattern})", told.text):
            if told.is_of_employer(found.start()) and not _tells(told.advert.text, alike):
                marked.append(found.span())
                yield told.mark(
                    *found.span(), ClaimKind.FACT, "The posting doesn't say this.", Subject.EMPLOYER
                )
    for found in _YOURS.finditer(told.text if _NOTICED.search(told.text) else ""):
        said = {stem(word) for word in words(found[1])} - _GENERIC
        if not said or said & told.evidence.stems or any(_near(one, told.advert.stems) for one in said):
            continue
        if all(a >= found.end() or b <= found.start() for a, b in marked):
            end = found.start(1) + len(found[1].rstrip())
            yield told.mark(
                found.start(1), end, ClaimKind.FACT, "The posting doesn't speak of it.", Subject.EMPLOYER
            )


def _near(one: str, known: frozenset[str]) -> bool:
    """Whether a stem is known, or one of which it is the beginning or the other way round."""
    return one in known or any(
        len(other) > 3 and (other.startswith(one) or one.startswith(other)) for other in known
    )


def vague_marks(told: Told) -> Iterator[Mark]:
    """`thousands of users` needs a number at least as large."""
    for found in _VAGUE.finditer(told.text):
        least = _SIZES[found[1].lower()]
        own = any(other.value >= least for source in told.evidence.sources for other in source.quantities)
        posted = any(other.value >= least for other in told.advert.quantities)
        if told.is_of_applicant(found.start()) and not own:
            yield told.mark(*found.span(), ClaimKind.NUMBER, "No bullet tells of so many.")
        elif told.is_of_employer(found.start()) and not posted:
            yield told.mark(
                *found.span(), ClaimKind.NUMBER, "The posting doesn't tell of so many.", Subject.EMPLOYER
            )
