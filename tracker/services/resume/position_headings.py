"""Headings of positions: which part is the title, which the organisation, and which the place."""

import re

_STRONG = re.compile(
    r"\s{3,}|\t|\s[|·•@/]\s|\s[–—-]\s|\s+\bat\b\s+|\s+\bbei\b\s+|\s+\bchez\b\s+|\s*\|\s*|;\s+"
)
_TITLE = re.compile(
    r"\b(?:\w*engineer|\w*developer|programmer|manager|managing|analyst|designer|lead|leader|head|director|intern|internship|"
    r"trainee|apprentice|consultant|architect|scientist|researcher|nurse|teacher|tutor|lecturer|professor|assistant|associate|"
    r"officer|specialist|coordinator|administrator|technician|accountant|founder|co-founder|owner|president|partner|chef|cook|"
    r"driver|editor|writer|journalist|translator|recruiter|representative|executive|supervisor|strategist|planner|buyer|"
    r"physician|therapist|pharmacist|lawyer|attorney|paralegal|clerk|secretary|cashier|barista|waiter|waitress|mechanic|"
    r"electrician|operator|producer|artist|photographer|marketer|advisor|adviser|agent|volunteer|mentor|instructor|trainer|"
    r"student|fellow|cto|ceo|cfo|coo|vp|sre|devops|qa|tester|freelance|freelancer|contractor|entwickler\w*|ingenieur\w*|\w*leiter\w*|"
    r"berater\w*|mitarbeiter\w*|werkstudent\w*|praktikant\w*|développeu\w*|ingénieur\w*|chargée?|responsable|stagiaire|"
    r"becari[oa]|\w{3,}(?:ologist|ographer|itian|ician)|nutritionist|dentist|pharmacist|economist|stylist|therapist|"
    r"desarrollador\w*|ingeniero|gerente|librarian|curator|maintainer|contributor|organiser|organizer|captain|treasurer)\b",
    re.I,
)
_DEGREE = re.compile(
    r"\b(?:b\.\s?s|m\.\s?s|b\.?\s?sc|m\.?\s?sc|b\.?\s?a|m\.?\s?a|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech|bachelor\w*|master\w*|mba|ph\.?\s?d|"
    r"doctor\w*|diplom\w*|degree|certificate|a-levels?|gcses?|abitur|baccalauréat|licence|licenciatura|associate|minor|major|"
    r"bootcamp|high school diploma|exchange|hnd|staatsexamen|magister|grado)\b\.?",
    re.I,
)
_SCHOOL = re.compile(
    r"\b(?:university|universität|université|universidad|college|school|schule|gymnasium|institute|institut|academy|akademie|"
    r"hochschule|fachhochschule|polytechni\w*|école|eth|mit|ucl|tu|lmu|kth|epfl)\b",
    re.I,
)
_FIRM = re.compile(
    r"\b(?:inc|gmbh|ltd|llc|corp|corporation|ag|se|plc|bv|b\.v|s\.a|sas|sarl|oy|ab|co|company|group|labs?|bank|hospital|clinic|"
    r"agency|studios?|technologies|solutions|systems|software|foundation|council|ministry|partners|consulting|media|"
    r"center|centre|medical|health|stores?|church|theatre|theater|museum|library|airport|airlines?|railways?|insurance|"
    r"energy|logistics|pharma\w*|analytics|digital|industries|services|county|city of|school district|"
    r"restaurant|café|trust|holdings?|nhs|society|association)\b\.?",
    re.I,
)
_TOWN = (
    r"(?:(?:greater )?(?:london|berlin|paris|munich|münchen|hamburg|vienna|wien|zurich|zürich|madrid|barcelona|lisbon|porto|"
    r"amsterdam|dublin|new york(?: city)?|san francisco|boston|chicago|seattle|austin|toronto|sydney|melbourne|singapore|"
    r"bangalore|bengaluru|mumbai|delhi|tokyo|oslo|stockholm|copenhagen|helsinki|warsaw|prague|brussels|geneva|manchester|"
    r"leeds|edinburgh|glasgow|cologne|köln|frankfurt|stuttgart|leipzig|dresden|lyon|milan|rome)(?: area)?)"
)
_COUNTRY = (
    r"(?:germany|deutschland|france|spain|españa|italy|uk|united kingdom|england|scotland|ireland|usa|united states|canada|"
    r"india|australia|netherlands|switzerland|austria|sweden|norway|denmark|finland|poland|portugal|brazil|mexico|japan|"
    r"china|belgium|california|texas|ontario)"
)
_TERMS = r"(?:remote|hybrid|on-?site|full[- ]time|part[- ]time|contract|permanent|temporary|freelance|self-employed|internship)"
_PLACE = re.compile(
    rf"(?:{_TERMS}|{_TOWN}(?:,\s*[\w .]{{2,30}}){{0,2}}|{_COUNTRY}|[\w.'’ -]{{2,30}},\s*(?:{_COUNTRY}|(?-i:[A-Z]{{2}})(?: \d{{5}})?)"
    rf"(?:,\s*{_COUNTRY})?)(?:\s*\({_TERMS}\))?",
    re.I,
)
_GRADE = re.compile(r"(?:gpa|grade|note|cgpa|average)\b.*", re.I)


def is_title(text: str) -> bool:
    """Return whether a text reads like a job title or a degree."""
    return bool(_TITLE.search(text) or _DEGREE.search(text))


def is_whole(text: str, kind: str) -> bool:
    """Return whether a line alone names both a title and an organisation."""
    parts = parts_of([text])
    return len(parts) >= 2 and is_title(text) and (kind != "education" or any(map(_is_organisation, parts)))


def is_place(text: str) -> bool:
    """Return whether a text is only a place or a type of contract."""
    parts = [part.strip(" ().") for part in re.split(r"\s[·|•]\s", text)]
    return all(
        _PLACE.fullmatch(part) and not _is_organisation(part) and not _DEGREE.search(part) for part in parts
    )


def parts_of(texts: list[str]) -> list[str]:
    """Return the parts of a heading's lines, without places."""
    parts = [part.strip(" ,;|·•–—-") for text in texts for part in _STRONG.split(text)]
    parts = [
        _without_place(part) for part in parts if part and not is_place(part) and not _GRADE.fullmatch(part)
    ]
    if len(parts) == 1 or any(_DEGREE.search(part) and _SCHOOL.search(part) for part in parts):
        parts = [piece for part in parts for piece in _by_commas(part)]
    return parts


def _without_place(part: str) -> str:
    """Return the text before `, Seattle, WA` or `, Paris`."""
    pieces = part.split(", ")
    if len(pieces) > 2 and re.fullmatch(r"[A-Z]{2}(?: \d{5})?", pieces[-1]):
        pieces = pieces[:-2]
    while len(pieces) > 1 and is_place(pieces[-1]):
        pieces.pop()
    return ", ".join(pieces)


def named(texts: list[str], kind: str) -> tuple[str, str]:
    """Return title and organisation of a heading; either may be empty."""
    parts = parts_of(texts)
    if not parts:
        return "", ""
    if kind == "project" and not any(_is_organisation(part) for part in parts[1:]):
        return " – ".join(parts), ""
    schools = [part for part in parts if _SCHOOL.search(part) and not _DEGREE.search(part)]
    if kind == "education" and schools and len(parts) > 1:
        return ", ".join(part for part in parts if part != schools[0]), _short(schools[0])
    mark = _degree if kind == "education" else _job
    titles = [mark(part) for part in parts]
    best = max(range(len(parts)), key=lambda n: (titles[n], -n))
    rest = [part for n, part in enumerate(parts) if n != best]
    if len(parts) == 1:
        lone_firm = titles[0] <= 0 and _is_organisation(parts[0])
        return ("", parts[0]) if lone_firm else (parts[0], "")
    firm = next((part for part in rest if _is_organisation(part)), rest[0])
    return parts[best], _short(firm)


def _job(part: str) -> int:
    return 2 * bool(_TITLE.search(part)) - bool(_FIRM.search(part))


def _degree(part: str) -> int:
    return 2 * bool(_DEGREE.search(part)) - 2 * bool(_SCHOOL.search(part))


def _is_organisation(part: str) -> bool:
    return bool(_FIRM.search(part) or _SCHOOL.search(part))


def _by_commas(part: str) -> list[str]:
    """Split `Engineer, Acme Corp, Berlin` at commas, but not within a company's name."""
    pieces = [piece.strip() for piece in re.split(r",\s+(?!(?:Inc|Ltd|LLC|GmbH|Corp)\b)", part)]
    return [piece for piece in pieces if piece and not is_place(piece)] or [part]


def _short(firm: str) -> str:
    """Return an organisation without the town that follows it."""
    pieces = re.split(r",\s+(?!(?:Inc|Ltd|LLC|GmbH|Corp)\b)", firm)
    return pieces[0] if len(pieces) > 1 and not _is_organisation(", ".join(pieces[1:])) else firm
