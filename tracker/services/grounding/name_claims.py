"""Claimed names of employers, schools and products, each needing support in profile or posting."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale

from tracker.services.grounding.clauses import bare_name
from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.evidence import plain_words
from tracker.services.grounding.title_claims import title_words
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import NAME as LANGUAGE
from tracker.services.matching.skills import certificates_in, skills_in
from tracker.services.matching.stems import stem, word_list
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.zones import places

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&.+-]*[\w+]|[A-Z](?=\s|$|[,.;]))"
_PHRASE = re.compile(rf"(?<![\w’'.-]){_WORD}(?:\s+(?:(?:of|de|du|la|the|für|van|von|&)\s+)?{_WORD})*")
_PLAIN = frozenset(
    word_list(
        """i a an the in at on of for from to with by as and but or so yet if when while where who which what
    that this these those my our we your you it its he she they there here before after since during
    under over within without although though because both each every all most many some no not now
    today then first later once being besides beyond about around through between thanks thank dear
    hello hi sincerely yours kind best warm regards faithfully january february march april may june
    july august september october november december monday tuesday wednesday thursday friday saturday
    sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays level year years grade key
    stage part mr ms mrs dr miss sir madam team english christmas easter spring summer autumn winter
    mathematics maths physics chemistry biology history economics english literature science internet
    web european europe"""
    )
)
_NUMBERED = re.compile(
    r"\b(?!(?:GBP|EUR|USD|CHF|SEK|NOK|DKK|PLN)\b)([A-Z]{2,}|Level|Band|Grade|Stage|Step|Tier)[\s-]?(?!(?:19|20)\d\d\b)(\d+(?:\.\d+)*[A-Za-z]?)(?![\w%])"
)
_WORKED = re.compile(r"\b(?:at|for|with|joined|from|left|of|by|to|in)\s+(?:the\s+)?$", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:using|used?|know|with|certified|hold|held|passed|on)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:hold|certified|passed|qualified|have|gained)\b", re.IGNORECASE)
_EMPLOYED = re.compile(
    r"\b(?:my time|worked|working|employed|work|joined|years|months|position|job|role|stint|career|experience|led|built|managed|was|ran)\b[^.;]{0,40}\b(?:at|for|with|joined)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_TO = r"(?:on\s+|over\s+|across\s+|back\s+)?to\s+(?:the\s+)?$"
_MOVED_TO = re.compile(rf"\b(?:mov\w+|went|came|return\w*)\s+{_TO}", re.IGNORECASE)
_MOVED_ON_TO = re.compile(
    r"\b(?:then|later|next|afterwards|on|over|across|back|from\b[^.;]{3,60})\s+(?:mov\w+|went|came|chang\w+|return\w*)?\s*"
    rf"{_TO}|\b(?:switch\w*|transferr\w+|jump\w*)\s+{_TO}|\b(?:recruited|headhunted|poached|hired|transferred|seconded)\s+(?:by|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Text before an employer that the applicant moved to; a city or country in that place needs no support."""
_AS = re.compile(r"^(?:[A-Z&][\w’'&.-]*\s+)+(?:as|where I)\b")
_REGIONS = """
England, Scotland, Wales, Northern Ireland, Britain, Great Britain, America, Alabama, Alaska, Arizona, Arkansas, California, Colorado,
Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts,
Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina,
North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia,
Washington, West Virginia, Wisconsin, Wyoming, Bavaria, Catalonia, Ontario, Quebec
"""
_FUTURE = re.compile(
    r"\b(?:your|apply|applying|application|would|could|love|like|hope|want|join|interest\w*|position|opportunity|forward|writing|role)\b",
    re.IGNORECASE,
)


def name_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield names without support, and the employer applied to where it is claimed as a past workplace."""
    known = _known_spans(context)
    for match in _PHRASE.finditer(context.text):
        start, words = _trimmed(context.text, match)
        end = match.end()
        if not words or _is_greeting(context.text, start) or any(a <= start and end <= b for a, b in known):
            continue
        if context.is_about_applicant(start) and _claims_work_there(context, words, start):
            yield context.mark(
                start,
                end,
                ClaimKind.EMPLOYER,
                "This is the company you apply to; none of your positions was there.",
            )
            continue
        if context.is_about_applicant(start) and _is_place(context.text, start):
            continue
        strange = [word for word in words if not _is_supported(context, word, start)]
        if not strange or all(
            any(a <= start + context.text[start:end].find(word) < b for a, b in known) for word in strange
        ):
            continue
        yield _marked(context, start, end)


def numbered_name_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield names with another number than the profile's: `ASC 842` where it has `ASC 606`."""
    own = {(match[1].lower(), match[2].lower()) for match in _NUMBERED.finditer(context.evidence.text)}
    for match in _NUMBERED.finditer(context.text):
        name, number = match[1].lower(), match[2].lower()
        if context.is_about_applicant(match.start()) and name in dict(own) and (name, number) not in own:
            yield context.mark(*match.span(), ClaimKind.SKILL, "Your profile names it with another number.")


def _is_place(text: str, start: int) -> bool:
    """Return whether a name stands where places do, as in `in …` or `to …`, which needs no support."""
    before = text[:start]
    is_move = _MOVED_ON_TO.search(before) or (_MOVED_TO.search(before) and _AS.search(text[start:]))
    if is_move and not _is_geographic(text[start:]):
        return False
    if re.search(
        r"\b(?:experience|skilled|expertise|certified|degree|versed|proficient|trained|interest|work|certificate|background|knowledge|diploma|training)\s+in\s+(?:the\s+)?$",
        before,
    ):
        return False
    listed_before = re.sub(r"(?:[A-Z][\w-]+(?:\s*,\s*|\s+and\s+|\s+or\s+))+$", "", before)
    return bool(
        re.search(
            r"\b(?:in|to|across|around|near|outside|between|street of|north of|south of|over)\s+(?:the\s+)?$",
            listed_before,
        )
    )


def _is_geographic(text: str) -> bool:
    return any(re.match(rf"{re.escape(name)}\b", text) for name in _geographic_names())


@lru_cache(maxsize=1)
def _geographic_names() -> frozenset[str]:
    """Return the cities that time zones are named for, countries, and some of their parts."""
    cities = {label.rpartition("/")[2] for _, label in places()}
    countries = {str(name) for name in Locale("en").territories.values()}
    return frozenset(cities | countries | {region.strip() for region in _REGIONS.split(",")})


def _marked(context: SentenceContext, start: int, end: int) -> Mark:
    if context.is_about_employer(start):
        return context.mark(start, end, ClaimKind.FACT, "The posting doesn't name this.", Subject.EMPLOYER)
    before = context.text[:start]
    if _HELD.search(before[-24:]) and context.text[start:end].isupper():
        return context.mark(start, end, ClaimKind.CERTIFICATE, "Nothing in your profile names it.")
    if _WORKED.search(before) and not re.search(r"\b(?:know|using|use|used|of|in)\s+$", before):
        return context.mark(start, end, ClaimKind.EMPLOYER, "No position of yours was there.")
    if _USED.search(before):
        return context.mark(start, end, ClaimKind.SKILL, "Nothing in your profile names it.")
    return context.mark(start, end, ClaimKind.EMPLOYER, "Nothing in your profile names it.")


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, list[str]]:
    """Return where a phrase starts after leading plain words, and its distinctive words."""
    start, words = match.start(), re.findall(r"\S+", match[0])
    while words and _bare(words[0]) in _PLAIN:
        start += len(words[0])
        start += len(text[start:]) - len(text[start:].lstrip())
        words = words[1:]
    begins = not text[:start].strip(" \"“'(") or text[:start].rstrip().endswith((":", "–", "—"))
    if begins and len(words) == 1 and not words[0].isupper():
        return start, []
    if begins and len(words) > 1 and words[0].islower():
        return start, []
    telling = [word for word in words if _bare(word) not in _PLAIN]
    return start, [] if begins and telling == words[:1] and not words[0].isupper() else telling


def _bare(word: str) -> str:
    return re.sub(r"[’'](?:s|m|ve|d|ll|re)?$", "", word.lower()).strip(".,;:!?’'")


def _known_spans(context: SentenceContext) -> list[tuple[int, int]]:
    """Return the spans that other detectors check: skills, certificates, degrees, languages."""
    spans = [(skill.start, skill.end) for skill in skills_in(context.text)]
    spans += [(certificate.start, certificate.end) for certificate in certificates_in(context.text)]
    spans += [(degree.start, degree.end) for degree in degrees_in(context.text)]
    spans += [(match.start(), match.end()) for match in LANGUAGE.finditer(context.text)]
    return spans


def _is_greeting(text: str, start: int) -> bool:
    return bool(re.match(r"\s*(?:Dear|Hello|Hi|To)\b", text)) and start < 60 and len(text) < 90


def _is_supported(context: SentenceContext, word: str, at: int) -> bool:
    if re.fullmatch(r"[\d.,%]+", word):
        return True
    if title_words(word) and not re.search(
        r"\b(?:at|for|with|joined)\s+(?:the\s+)?$|\bThe\s+$", context.text[:at]
    ):
        return True
    plain = re.sub(r"[’']s?$", "", word.lower().strip(".,;:!?"))
    own, posted = context.evidence.words, context.advert.words
    if word.isupper() and word.lower() in context.evidence.initials:
        return True
    if (
        _in(plain, own)
        or _in(plain, plain_words(context.advert.company))
        or _in(plain, plain_words(context.advert.role))
    ):
        return True
    if context.is_about_employer(at) or not context.is_claimed(at) or context.is_ambiguous(at):
        return _in(plain, posted) or (not context.is_claimed(at) and not context.is_about_employer(at))
    return False


def _in(word: str, known_words: frozenset[str]) -> bool:
    """Return whether a word is known, whole, in pieces or in another language's spelling."""
    if len(word) > 5 and get_close_matches(
        word, [candidate for candidate in known_words if candidate[0] == word[0]], 1, 0.85
    ):
        return True
    return (
        word in known_words
        or stem(word) in known_words
        or all(
            piece in known_words or stem(piece) in known_words
            for piece in re.split(r"[-.&’']", word)
            if piece
        )
    )


def _claims_work_there(context: SentenceContext, words: list[str], start: int) -> bool:
    company = bare_name(context.advert.company).lower().split()
    if (
        not company
        or not words
        or _bare(words[0]) != company[0]
        or context.evidence.organisation_in(context.advert.company)
    ):
        return False
    return bool(_EMPLOYED.search(context.text[:start])) and not _FUTURE.search(context.clause(start))
