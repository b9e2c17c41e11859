"""Split sentences into segments by their subject, and distinguish claims from wishes and denials."""

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
_DENIED_AFTERWARDS = re.compile(
    r"\b(?:(?:is|are|was|were|would be|be) (?:all |both |still |quite )?(?:new|unknown|unfamiliar|foreign) to me|so would\b|which I (?:do(?:n[’']t| not)|can(?:[’']t|not)"
    r"|have(?:n[’']t| not)|lack|plan|hope|want|would|am (?:still )?learning|only)|can[’']t (?:offer|claim)|cannot (?:offer|claim)|still to come"
    r"|(?:is|are) still (?:poor|rusty|basic|weak)|have neither|only read about|(?:do not|don[’']t) have (?:it|them|that|those|either)|a beginner|(?:isn[’']t|is not|wasn[’']t|aren[’']t) (?:something|a thing|an area|a field|one) (?:that )?I\b"
    r"|have yet to|is what I (?:want|dream)|(?:is|are) what I (?:want|dream|hope))",
    re.IGNORECASE,
)
_DENIED_UP_FRONT = re.compile(
    r"(?:^|[,;]\s+(?:and\s+|but\s+)?)\W*(?:[\w+#./&-]+\s+){1,5}I(?:[’']ve)?\s+(?:(?:have|had|do|did|can|could)\s+)?(?:never|not|yet to|don[’']t|haven[’']t|can[’']t|cannot|only)\b[^.;]*",
)
_CLAIMS_REQUIREMENTS = re.compile(
    r"\b(?:which|and|all of which|that|both of which|as)\s+(?:is (?:exactly )?what )?(?:I|my)\s+(?:\w+ )?(?:have|bring|offer|meet|possess|match|hold|fulfil|tick|do)\b"
    r"(?:\s+(?:it|that|those|them|both|all|these|too|already|exactly|in full))*\s*(?=[.,;!]|$)",
    re.IGNORECASE,
)
_STOP_WISH = r"(?:[;:–—]|,?\s+(?:but|yet|because|since|while)\b|,\s+(?:and\s+)?(?:I|my|though|although|having|with my)\b|\bmy\b|\b(?:and|also)\s+I\s+(?!would|could|hope|want))"
_STOP_NEGATED = r"(?:[;:–—]|,?\s+but\b|,?\s+yet(?=\s+\w)|,\s+(?:and\s+|so\s+)?(?:I|my|you|your|though|although|while|so)\b|\b(?:and|also)\s+I\b)"
_BOUNDARY = re.compile(
    r"(?:,\s+|;\s+|:\s+|\s+[–—]\s+|\(|\s+(?=and\s+(?:\w+ed|built|led|ran|wrote|won|cut|grew|made|held?|speak|am|was|have|had|know|taught)\b))"
)
_RESUMES_APPLICANT = re.compile(
    r"(?:and\s+|but\s+|then\s+)?(?:\w+ing\b|with\b|using\b|\w+ed\b|built|led|ran|wrote|won|cut|grew|made|held?|speak|am|was|have|had|know|taught"
    r"|most recently|mostly|thanks|before|after|first|so|both)",
    re.IGNORECASE,
)


_NEW_SUBJECT = re.compile(
    r"(?:and\s+|but\s+|yet\s+|that\s+)?(?:an?|the|these|this|\d+|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten|[A-Z]\w+)\s(?:(?!\b(?:I|my|which|who|that)\b)[^,;.])*?\b(?:is|are|was|were|suits?|would"
    r"|has|have|makes?|made|says?|speaks?|appeals?|interests?)\b"
)


_EMBEDDED = re.compile(r"\b(?:that|how|what|why|where)\s+(?:you|your)\b")


@dataclass(frozen=True)
class Segment:
    """Part of a paragraph about one subject; `is_claimed` is false where it is wished for or denied."""

    start: int
    end: int
    subject: str
    is_claimed: bool


@dataclass(frozen=True)
class Sentence:
    """One sentence, its offsets in the paragraph, and its segments in order."""

    start: int
    end: int
    text: str
    segments: tuple[Segment, ...]

    def at(self, offset: int) -> Segment:
        """Return the segment at an offset of the paragraph."""
        return next(
            segment
            for segment in reversed(self.segments)
            if segment.start <= offset or segment is self.segments[0]
        )

    def clause(self, offset: int) -> str:
        """Return the text around an offset up to the next clause boundary or the sentence's ends."""
        at = offset - self.start
        cuts = [0, *(match.end() for match in _BOUNDARY.finditer(self.text)), len(self.text)]
        begins = max(cut for cut in cuts if cut <= at)
        return self.text[begins : min((cut for cut in cuts if cut > at), default=len(self.text))]


def sentences(text: str, company: str) -> list[Sentence]:
    """Return the sentences of a paragraph, segmented by subject."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    spans = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    spans = [(a + at, a + at + len(piece)) for a, b in spans for at, piece in _pieces(text[a:b])]
    return [Sentence(a, b, text[a:b], tuple(_segments(text[a:b], a, company))) for a, b in spans]


def _pieces(text: str) -> list[tuple[int, str]]:
    placed, at = [], 0
    for piece in pieces(text):
        placed.append((at, piece))
        at += len(piece)
    return placed


def _segments(text: str, offset: int, company: str) -> list[Segment]:
    subjects = _subjects(text, company)
    denied = _scopes(text, _WISH, _STOP_WISH) + _scopes(text, _NEGATED, _STOP_NEGATED)
    if back := _DENIED_AFTERWARDS.search(text):
        last = max(
            (match.end() for match in re.finditer(r"[;]|,\s+(?:and|but) I\b", text[: back.start()])),
            default=0,
        )
        denied.append((last, back.end()))
    denied += [match.span() for match in _DENIED_UP_FRONT.finditer(text)]
    if (unsure := re.match(r"[^,;:]*?\bwould\b", text)) and not re.search(rf"{_FIRST}|\\bMy\\b", unsure[0]):
        denied.append(unsure.span())
    edges = sorted({0, len(text), *(at for at, _ in subjects), *(edge for span in denied for edge in span)})
    segments = []
    for begin, end in pairwise(edges):
        subject = next(name for at, name in reversed(subjects) if at <= begin)
        is_claimed = not any(a <= begin < b for a, b in denied)
        segments.append(Segment(offset + begin, offset + end, subject, is_claimed))
    return segments


def _scopes(text: str, cue: str, stop: str) -> list[tuple[int, int]]:
    spans = []
    for match in re.finditer(cue, text, re.IGNORECASE):
        stop_match = re.compile(stop, re.IGNORECASE).search(text, match.end())
        spans.append((match.start(), stop_match.start() if stop_match else len(text)))
    return spans


def _subjects(text: str, company: str) -> list[tuple[int, str]]:
    """Return the offsets at which the subject changes within a sentence, each with the new subject."""
    cues = _cues(text, company)
    persons = [(at, subject) for at, subject, _ in cues if subject]
    main = persons[0][1] if persons else EITHER
    changes: list[tuple[int, str]] = [(0, _opening(text, persons))]
    is_all_applicant = bool(_CLAIMS_REQUIREMENTS.search(text))
    for at, subject, turn in cues:
        if subject:
            changes.append(
                (
                    at,
                    APPLICANT
                    if is_all_applicant and subject == EMPLOYER and not _is_employers_own(text, at)
                    else subject,
                )
            )
        elif changes[-1][1] == APPLICANT and _NEW_SUBJECT.match(text[turn:]):
            changes.append((at, EITHER))
        elif (
            main == APPLICANT
            and changes[-1][1] == EMPLOYER
            and _RESUMES_APPLICANT.match(text[turn:])
            and not _EMBEDDED.search(text[:at])
        ):
            changes.append((at, APPLICANT))
    return changes


def _is_employers_own(text: str, at: int) -> bool:
    """Return whether `your …` at an offset is the employer's own, even where requirements are claimed."""
    return bool(re.match(r"your (?:team|company|office|customers|product)", text[at:], re.IGNORECASE))


def _cues(text: str, company: str) -> list[tuple[int, str, int]]:
    company_pattern = _company_pattern(company)
    cues = [(match.start(), APPLICANT, 0) for match in re.finditer(_FIRST, text)]
    cues += [(match.start(), APPLICANT, 0) for match in re.finditer(r"\b(?:My|We|Our|Mine)\b", text)]
    cues += [(match.start(), EMPLOYER, 0) for match in re.finditer(_SECOND, text, re.IGNORECASE)]
    cues += [(match.start(), EMPLOYER, 0) for match in re.finditer(_INTEREST, text, re.IGNORECASE)]
    if company_pattern:
        cues += [
            (match.start(), EMPLOYER, 0)
            for match in re.finditer(company_pattern, text)
            if not _is_workplace(text, match.start())
        ]
    cues += [(match.start(), "", match.end()) for match in _BOUNDARY.finditer(text)]
    return sorted(cues)


def _is_workplace(text: str, at: int) -> bool:
    """Return whether a name follows `at`, as in `my time at Acme`, which says nothing about Acme."""
    return bool(re.search(r"\b(?:at|for|with|joined|left)\s+(?:the\s+)?$", text[:at]))


@lru_cache(maxsize=256)
def _company_pattern(company: str) -> str:
    bare = bare_name(company)
    first = bare.split(" ")[0] if bare else ""
    names = [name for name in (company, bare, first) if len(name) > 2]
    return rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b" if names else ""


def bare_name(name: str) -> str:
    """Return a company's name without its legal form."""
    forms = r",?\s+(?:gmbh|ag|se|kg|ltd|limited|plc|llc|llp|inc|corp|corporation|co|s\.?a\.?|s\.?r\.?o\.?|s\.?r\.?l\.?|b\.?v\.?|ab|asa|as|oy|aps|nv|nhs trust|group|holdings?)\.?$"
    shorter = re.sub(forms, "", name.strip(), flags=re.IGNORECASE)
    return bare_name(shorter) if shorter != name.strip() else shorter


def _opening(text: str, persons: list[tuple[int, str]]) -> str:
    """Return the subject of a sentence before it names one: `Five years of Go is what I bring`."""
    if not persons:
        return EITHER
    at, subject = persons[0]
    if subject == EMPLOYER:
        return EMPLOYER if re.match(r"\W*(?:the\s+\w+(?:\s+\w+)?\s+)?$", text[:at]) else EITHER
    lead = text[:at].strip()
    if not lead or re.match(
        r"(?:in|at|on|since|from|under|during|with|for|before|after|as|by|when|while|although|though|within|over|throughout|today|now|currently|that|once|besides|first|then|also)\b",
        lead,
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
