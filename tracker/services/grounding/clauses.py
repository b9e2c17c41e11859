"""Who a stretch of a sentence speaks of, and whether it claims anything: wishes and denials don't."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.services.matching.lines import pieces

_ABBREVIATED = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bLtd)(?<!\bInc)(?<!\bs\.r\.o)(?<!\bapprox)(?<!\bca)(?<!\bvs)(?<!\b[A-Z])"
_END = re.compile(rf"(?:{_ABBREVIATED}[.!?]+[\"”’)]*|\n+)(?=\s|$)\s*")

APPLICANT, EMPLOYER, EITHER = "applicant", "employer", "either"

_FIRST = r"\b(?:I(?:[’'](?:m|ve|d|ll))?|my|mine|myself|we|our|ours|us)\b"
_SECOND = (
    r"\b(?:you(?:[’'](?:re|ve|d|ll))?|yours?|(?:this|the|that) (?:role|position|vacancy|posting|advert|ad|company|organisation|organization|employer"
    r"|successful candidate)|this (?:job|post|firm))\b"
)
_INTEREST = (
    r"\b(?:admir\w+|read (?:about|that|of)|heard (?:about|that|of)|hear (?:about|that|you)|notic\w+|followed|impressed by|struck by"
    r"|thrilled (?:by|about)|inspired by|drawn to|drew me to|excited (?:by|about)|fascinated by|pleased to (?:read|see|hear)|learned that|saw that)\b"
)
_WISH = (
    r"\b(?:(?:would|could|might|[’']d)(?! (?:\w+ )?(?:bring|offer|add|contribute)\b)|hop(?:e|ing)\b|want(?:s|ed)? to|wish to|keen (?:to|on)|eager to"
    r"|willing to|ready to|look(?:ing)? (?:forward|to)|plan to|intend to|aim to|dream of|excited to(?! bring| offer)|interested in|curious (?:about|to)|like to"
    r"|happy to|glad to|can[’']t wait|in order to learn|(?:am|I[’']m) (?:still )?learning|want\b|if\b|appl(?:y|ying) for|still to come|will soon)"
)
_NEGATED = (
    r"(?:\b(?:not(?! only)|never|no(?! fewer| less| more than| later| doubt| stranger| small)|nor|neither|without|lack(?:s|ing)?|rather than"
    r"|instead of|yet to|cannot|only read about)\b|n[’']t\b)"
)
_BACK = re.compile(
    r"\b(?:(?:is|are|was|were|would be|be) (?:all |both |still |quite )?(?:new|unknown|unfamiliar|foreign) to me|so would\b|which I (?:do(?:n[’']t| not)|can(?:[’']t|not)"
    r"|have(?:n[’']t| not)|lack|plan|hope|want|would|am (?:still )?learning|only)|can[’']t (?:offer|claim)|cannot (?:offer|claim)|still to come"
    r"|(?:is|are) still (?:poor|rusty|basic|weak)|have neither|only read about|(?:do not|don[’']t) have (?:it|them|that|those|either)|a beginner|(?:isn[’']t|is not|wasn[’']t|aren[’']t) (?:something|a thing|an area|a field|one) (?:that )?I\b"
    r"|have yet to|is what I (?:want|dream)|(?:is|are) what I (?:want|dream|hope))",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"(?:^|[,;]\s+(?:and\s+|but\s+)?)\W*(?:[\w+#./&-]+\s+){1,5}I(?:[’']ve)?\s+(?:(?:have|had|do|did|can|could)\s+)?(?:never|not|yet to|don[’']t|haven[’']t|can[’']t|cannot|only)\b[^.;]*",
)
_ALSO_MINE = re.compile(
    r"\b(?:which|and|all of which|that|both of which|as)\s+(?:is (?:exactly )?what )?(?:I|my)\s+(?:\w+ )?(?:have|bring|offer|meet|possess|match|hold|fulfil|tick|do)\b"
    r"(?:\s+(?:it|that|those|them|both|all|these|too|already|exactly|in full))*\s*(?=[.,;!]|$)",
    re.IGNORECASE,
)
_STOP_WISH = r"(?:[;:–—]|,?\s+(?:but|yet|because|since|while)\b|,\s+(?:and\s+)?(?:I|my|though|although|having|with my)\b|\bmy\b|\b(?:and|also)\s+I\s+(?!would|could|hope|want))"
_STOP_NEGATED = r"(?:[;:–—]|,?\s+but\b|,?\s+yet(?=\s+\w)|,\s+(?:and\s+|so\s+)?(?:I|my|you|your|though|although|while|so)\b|\b(?:and|also)\s+I\b)"
_TURN = re.compile(
    r"(?:,\s+|;\s+|:\s+|\s+[–—]\s+|\(|\s+(?=and\s+(?:\w+ed|built|led|ran|wrote|won|cut|grew|made|held?|speak|am|was|have|had|know|taught)\b))"
)
_RETURNS = re.compile(
    r"(?:and\s+|but\s+|then\s+)?(?:\w+ing\b|with\b|using\b|\w+ed\b|built|led|ran|wrote|won|cut|grew|made|held?|speak|am|was|have|had|know|taught"
    r"|most recently|mostly|thanks|before|after|first|so|both)",
    re.IGNORECASE,
)


_BEGINS_ANEW = re.compile(
    r"(?:and\s+|but\s+|yet\s+|that\s+)?(?:an?|the|these|this|\d+|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten|[A-Z]\w+)\s(?:(?!\b(?:I|my|which|who|that)\b)[^,;.])*?\b(?:is|are|was|were|suits?|would"
    r"|has|have|makes?|made|says?|speaks?|appeals?|interests?)\b"
)


_EMBEDDED = re.compile(r"\b(?:that|how|what|why|where)\s+(?:you|your)\b")


@dataclass(frozen=True)
class Stretch:
    """A part of a paragraph that speaks of one subject; `is_claimed` is false where it is wished, denied or asked for."""

    start: int
    end: int
    subject: str
    is_claimed: bool


@dataclass(frozen=True)
class Sentence:
    """One sentence by its place in the paragraph, and its stretches in order."""

    start: int
    end: int
    text: str
    stretches: tuple[Stretch, ...]

    def at(self, place: int) -> Stretch:
        """The stretch that holds a place of the paragraph."""
        return next(one for one in reversed(self.stretches) if one.start <= place or one is self.stretches[0])

    def clause(self, place: int) -> str:
        """The text around a place up to the next comma that begins anew, or the sentence's ends."""
        at, cuts = place - self.start, [0, *(one.end() for one in _TURN.finditer(self.text)), len(self.text)]
        begins = max(one for one in cuts if one <= at)
        return self.text[begins : min((one for one in cuts if one > at), default=len(self.text))]


def sentences(text: str, company: str) -> list[Sentence]:
    """The sentences of a paragraph with whom each of their stretches speaks of."""
    cuts = [0, *(one.end() for one in _END.finditer(text)), len(text)]
    spans = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    spans = [(a + at, a + at + len(piece)) for a, b in spans for at, piece in _pieces(text[a:b])]
    return [Sentence(a, b, text[a:b], tuple(_stretches(text[a:b], a, company))) for a, b in spans]


def _pieces(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for piece in pieces(text):
        found.append((at, piece))
        at += len(piece)
    return found


def _stretches(text: str, offset: int, company: str) -> list[Stretch]:
    subjects = _subjects(text, company)
    denied = _scopes(text, _WISH, _STOP_WISH) + _scopes(text, _NEGATED, _STOP_NEGATED)
    if back := _BACK.search(text):
        last = max(
            (one.end() for one in re.finditer(r"[;]|,\s+(?:and|but) I\b", text[: back.start()])), default=0
        )
        denied.append((last, back.end()))
    denied += [one.span() for one in _FRONTED.finditer(text)]
    if (unsure := re.match(r"[^,;:]*?\bwould\b", text)) and not re.search(rf"{_FIRST}|\\bMy\\b", unsure[0]):
        denied.append(unsure.span())
    edges = sorted({0, len(text), *(at for at, _ in subjects), *(edge for span in denied for edge in span)})
    found = []
    for begin, end in pairwise(edges):
        subject = next(who for at, who in reversed(subjects) if at <= begin)
        is_claimed = not any(a <= begin < b for a, b in denied)
        found.append(Stretch(offset + begin, offset + end, subject, is_claimed))
    return found


def _scopes(text: str, cue: str, stop: str) -> list[tuple[int, int]]:
    spans = []
    for one in re.finditer(cue, text, re.IGNORECASE):
        ends = re.compile(stop, re.IGNORECASE).search(text, one.end())
        spans.append((one.start(), ends.start() if ends else len(text)))
    return spans


def _subjects(text: str, company: str) -> list[tuple[int, str]]:
    """Where the subject changes within a sentence, and to whom."""
    cues = _cues(text, company)
    persons = [(at, who) for at, who, _ in cues if who]
    main = persons[0][1] if persons else EITHER
    changes: list[tuple[int, str]] = [(0, _opening(text, persons))]
    mine = bool(_ALSO_MINE.search(text))
    for at, who, turn in cues:
        if who:
            changes.append((at, APPLICANT if mine and who == EMPLOYER and not _is_told(text, at) else who))
        elif changes[-1][1] == APPLICANT and _BEGINS_ANEW.match(text[turn:]):
            changes.append((at, EITHER))
        elif (
            main == APPLICANT
            and changes[-1][1] == EMPLOYER
            and _RETURNS.match(text[turn:])
            and not _EMBEDDED.search(text[:at])
        ):
            changes.append((at, APPLICANT))
    return changes


def _is_told(text: str, at: int) -> bool:
    """Whether `your …` at a place is the employer's own, even where what they ask for is claimed."""
    return bool(re.match(r"your (?:team|company|office|customers|product)", text[at:], re.IGNORECASE))


def _cues(text: str, company: str) -> list[tuple[int, str, int]]:
    named = _company_pattern(company)
    cues = [(one.start(), APPLICANT, 0) for one in re.finditer(_FIRST, text)]
    cues += [(one.start(), APPLICANT, 0) for one in re.finditer(r"\b(?:My|We|Our|Mine)\b", text)]
    cues += [(one.start(), EMPLOYER, 0) for one in re.finditer(_SECOND, text, re.IGNORECASE)]
    cues += [(one.start(), EMPLOYER, 0) for one in re.finditer(_INTEREST, text, re.IGNORECASE)]
    if named:
        cues += [
            (one.start(), EMPLOYER, 0)
            for one in re.finditer(named, text)
            if not _worked_there(text, one.start())
        ]
    cues += [(one.start(), "", one.end()) for one in _TURN.finditer(text)]
    return sorted(cues)


def _worked_there(text: str, at: int) -> bool:
    """Whether a name stands after `at`, as in `my time at Acme`, which says nothing of Acme."""
    return bool(re.search(r"\b(?:at|for|with|joined|left)\s+(?:the\s+)?$", text[:at]))


@lru_cache(maxsize=256)
def _company_pattern(company: str) -> str:
    bare = bare_name(company)
    first = bare.split(" ")[0] if bare else ""
    names = [one for one in (company, bare, first) if len(one) > 2]
    return rf"\b(?:{'|'.join(re.escape(one) for one in names)})\b" if names else ""


def bare_name(name: str) -> str:
    """A company's name without its legal form."""
    forms = r",?\s+(?:gmbh|ag|se|kg|ltd|limited|plc|llc|llp|inc|corp|corporation|co|s\.?a\.?|s\.?r\.?o\.?|s\.?r\.?l\.?|b\.?v\.?|ab|asa|as|oy|aps|nv|nhs trust|group|holdings?)\.?$"
    shorter = re.sub(forms, "", name.strip(), flags=re.IGNORECASE)
    return bare_name(shorter) if shorter != name.strip() else shorter


def _opening(text: str, persons: list[tuple[int, str]]) -> str:
    """Whom a sentence speaks of before it says so: `Five years of Go is what I bring` speaks of me."""
    if not persons:
        return EITHER
    at, who = persons[0]
    if who == EMPLOYER:
        return EMPLOYER if re.match(r"\W*(?:the\s+\w+(?:\s+\w+)?\s+)?$", text[:at]) else EITHER
    begins = text[:at].strip()
    if not begins or re.match(
        r"(?:in|at|on|since|from|under|during|with|for|before|after|as|by|when|while|although|though|within|over|throughout|today|now|currently|that|once|besides|first|then|also)\b",
        begins,
        re.IGNORECASE,
    ):
        return APPLICANT
    if re.search(r"\b(?:is|are|was|were|been|became)\s+$", text[:at]) and re.match(
        r"(?:my|mine)\b", text[at:]
    ):
        return APPLICANT
    brings = re.match(
        r"(?:I|My)\s+(?:\w+\s+)?(?:bring|have|offer|hold|possess|led|ran|built|wrote|earned|gained|managed|spent)",
        text[at:],
    )
    return APPLICANT if brings else EITHER
