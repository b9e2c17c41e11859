"""Names in a letter: employers, schools, places and products, each needing the profile, or of the employer the posting."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from tracker.services.grounding.claiming import Told
from tracker.services.grounding.clauses import bare_name
from tracker.services.grounding.evidence import plain_words
from tracker.services.grounding.titles import title_words
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import NAME as LANGUAGE
from tracker.services.matching.skills import certificates_in, skills_in
from tracker.services.matching.stems import listed, stem
from tracker.shapes.grounding import ClaimKind, Mark, Subject

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&.+-]*[\w+]|[A-Z](?=\s|$|[,.;]))"
_PHRASE = re.compile(rf"(?<![\w’'.-]){_WORD}(?:\s+(?:(?:of|de|du|la|the|für|van|von|&)\s+)?{_WORD})*")
_PLAIN = frozenset(
    listed(
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
_WORKED = re.compile(r"\b(?:at|for|with|joined|from|left|of|by|to|in)\s+(?:the\s+)?$", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:using|used?|know|with|certified|hold|held|passed|on)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:hold|certified|passed|qualified|have|gained)\b", re.IGNORECASE)
_EMPLOYED = re.compile(
    r"\b(?:my time|worked|working|employed|work|joined|years|months|position|job|role|stint|career|experience|led|built|managed|was|ran)\b[^.;]{0,40}\b(?:at|for|with|joined)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:your|apply|applying|application|would|could|love|like|hope|want|join|interest\w*|position|opportunity|forward|writing|role)\b",
    re.IGNORECASE,
)


def name_marks(told: Told) -> Iterator[Mark]:
    """Names that nothing bears out, and the employer applied to where it is claimed as a place of work."""
    known = _known_spans(told)
    for found in _PHRASE.finditer(told.text):
        start, words = _trimmed(told.text, found)
        end = found.end()
        if not words or _is_greeting(told.text, start) or any(a <= start and end <= b for a, b in known):
            continue
        if told.is_of_applicant(start) and _claims_work_there(told, words, start):
            yield told.mark(
                start, end, ClaimKind.EMPLOYER, "This is whom you apply to; no position of yours was there."
            )
            continue
        if told.is_of_applicant(start) and _is_place(told.text, start):
            continue
        strange = [word for word in words if not _borne_out(told, word, start)]
        if not strange or all(
            any(a <= start + told.text[start:end].find(word) < b for a, b in known) for word in strange
        ):
            continue
        yield _marked(told, start, end)


def _is_place(text: str, start: int) -> bool:
    """Whether a name stands where places do, `in …` or `to …`; a place is none of the things looked for."""
    before = text[:start]
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


def _marked(told: Told, start: int, end: int) -> Mark:
    if told.is_of_employer(start):
        return told.mark(start, end, ClaimKind.FACT, "The posting doesn't name this.", Subject.EMPLOYER)
    before = told.text[:start]
    if _HELD.search(before[-24:]) and told.text[start:end].isupper():
        return told.mark(start, end, ClaimKind.CERTIFICATE, "Nothing in your profile names it.")
    if _WORKED.search(before) and not re.search(r"\b(?:know|using|use|used|of|in)\s+$", before):
        return told.mark(start, end, ClaimKind.EMPLOYER, "No position of yours was there.")
    if _USED.search(before):
        return told.mark(start, end, ClaimKind.SKILL, "Nothing in your profile names it.")
    return told.mark(start, end, ClaimKind.EMPLOYER, "Nothing in your profile names it.")


def _trimmed(text: str, found: re.Match[str]) -> tuple[int, list[str]]:
    """The phrase without plain words at its head, such as the first of a sentence."""
    start, words = found.start(), re.findall(r"\S+", found[0])
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


def _known_spans(told: Told) -> list[tuple[int, int]]:
    """What other finders look at: skills, certificates, degrees, languages."""
    found = [(one.start, one.end) for one in skills_in(told.text)]
    found += [(one.start, one.end) for one in certificates_in(told.text)]
    found += [(one.start, one.end) for one in degrees_in(told.text)]
    found += [(one.start(), one.end()) for one in LANGUAGE.finditer(told.text)]
    return found


def _is_greeting(text: str, start: int) -> bool:
    return bool(re.match(r"\s*(?:Dear|Hello|Hi|To)\b", text)) and start < 60 and len(text) < 90


def _borne_out(told: Told, word: str, at: int) -> bool:
    if re.fullmatch(r"[\d.,%]+", word):
        return True
    if title_words(word) and not re.search(
        r"\b(?:at|for|with|joined)\s+(?:the\s+)?$|\bThe\s+$", told.text[:at]
    ):
        return True
    plain = re.sub(r"[’']s?$", "", word.lower().strip(".,;:!?"))
    own, posted = told.evidence.words, told.advert.words
    if word.isupper() and word.lower() in told.evidence.initials:
        return True
    if (
        _in(plain, own)
        or _in(plain, plain_words(told.advert.company))
        or _in(plain, plain_words(told.advert.role))
    ):
        return True
    if told.is_of_employer(at) or not told.is_claimed(at) or told.is_open(at):
        return _in(plain, posted) or (not told.is_claimed(at) and not told.is_of_employer(at))
    return False


def _in(word: str, known: frozenset[str]) -> bool:
    """Whether a word is known, whole or in its pieces, or in another language's spelling, as Seville for Sevilla."""
    if len(word) > 5 and get_close_matches(word, [one for one in known if one[0] == word[0]], 1, 0.85):
        return True
    return (
        word in known
        or stem(word) in known
        or all(piece in known or stem(piece) in known for piece in re.split(r"[-.&’']", word) if piece)
    )


def _claims_work_there(told: Told, words: list[str], start: int) -> bool:
    company = bare_name(told.advert.company).lower().split()
    if (
        not company
        or not words
        or _bare(words[0]) != company[0]
        or told.evidence.organisation_in(told.advert.company)
    ):
        return False
    return bool(_EMPLOYED.search(told.text[:start])) and not _FUTURE.search(told.clause(start))
