"""Roles, companies and places in headings, such as `Senior Engineer (m/f/d) at Acme in Berlin`."""

import re

from tracker.services.grounding.title_nouns import TITLE_NOUNS

MAX_ROLE, MAX_COMPANY, MAX_PLACE = 120, 80, 80
_GENDERS = re.compile(
    r"\s*[(\[]\s*(?:all genders?|gn|[mwfdxi](?:\s?[/|,*.]\s?[mwfdxia]|\s?[/|]\s?div(?:erse)?\.?|\s?[/|]\s?divers)+|m/w/divers|w/m/divers|"
    r"f/m/x|h/f|f/h|mensch)\s*[)\]]|\s+(?:[mwf]/[mwf]/[dxi]|m/w|w/m|f/m|h/f)\b",
    re.I,
)
"""The marks of a role that is open to all: `(m/f/d)`, `(m/w/d)`, `(all genders)`."""
_TITLE_WORDS = re.compile(
    r"(?:\w*(?:entwickler|ingenieur|berater|leiter|referent|sachbearbeiter|kaufmann|kauffrau|kaufleute|mitarbeiter|techniker|"
    r"mechaniker|elektroniker|pfleger|fachkraft|fachfrau|fachmann|assistent|verkäufer|lehrer|erzieher|architekt|analytiker|informatiker|"
    r"administrator|designer|manager|koordinator|controller|buchhalter|redakteur|werkstudent|praktikant|praktikum|auszubildende|ausbildung|trainee|"
    r"schwester|ärztin|arzt|jurist|anwalt|köchin|koch|fahrer|helfer|meister|spezialist|experte|consultant|engineer|developer|"
    r"wissenschaftler|forscher|bäcker|tischler|schreiner|schlosser|monteur|laborant|disponent|einkäufer|planer|betreuer|vertriebler)(?:in|innen|r)?"
    r"|internship|apprenticeship|vp|svp|evp|sre|devops|qa|tester|evangelist|advocate|scholar|fellow|postdoc|associate|staff|superintendent|"
    r"attorney|counsel|estimator|scheduler|dispatcher|technologist|machinist|caregiver|hygienist|stylist|cashier|host|server|mason|guard|"
    r"ingénieur|ingénieure|développeur|développeuse|chef de projet|responsable|ingeniero|desarrollador|engineering|generalist|writer)",
    re.I,
)
_NOT_A_ROLE = re.compile(
    r"\b(?:jobs?|careers?|karriere|stellenangebote?|vacanc(?:y|ies)|openings?|positions|home|welcome|not found|error|sign in|log ?in|cookies?|privacy|"
    r"search|results|team|teams|about|join|why|our|we|you|your|us|unser\w*|wir|sie|dein\w*|ihr\w*|deine?|the role|die stelle)\b|[?!]|https?:",
    re.I,
)
_NOT_A_COMPANY = re.compile(
    r"(?:our|the|a|an|my|your|this|that|home|scale|work|night|all|any|least|least|every|remote|us|unser\w*|der|die|das|den|dem|einem?|einer|ihnen|uns)\b.*"
    r"|(?:jobs?|careers?|karriere|stellenangebote?|linkedin|indeed(?:\.com)?|glassdoor|stepstone|xing|monster|lever|greenhouse|workday|personio|"
    r"ashby|workable|smartrecruiters|remote|hybrid|onsite|apply|apply now|home|full.?time|part.?time|vollzeit|teilzeit|m/w/d|m/f/d)",
    re.I,
)
_AGENT = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?:er|or|ist|ian|eer|ant|yst|ress|smith|man|woman)$", re.I)
_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s@(?=\w)", re.I)
_HIRING = re.compile(
    r"(?P<company>[^\s].{0,79}?)\s+(?:is\s+)?(?:now\s+|currently\s+)?(?:hiring|looking for|seeking|seeks|is recruiting|sucht|stellt ein:?)\s+"
    r"(?:zum nächstmöglichen zeitpunkt\s+|ab sofort\s+|an?\s+|eine[nr]?\s+|eine/n\s+|eine\*n\s+|eine:n\s+|for an?\s+)*(?P<role>\S.{1,118})",
    re.I,
)
_IN = re.compile(r"\s+in\s+(?=[A-ZÄÖÜ])")
_PLACE = re.compile(
    r"[A-ZÄÖÜÉ][\w.'’äöüß-]*(?:(?:[ ,/-]+| am | an der | upon | de la | of | und | and )[A-ZÄÖÜÉ(][\w.'’()äöüß-]*){0,6}"
)
_NAME = re.compile(
    r"[A-ZÄÖÜÉ0-9][\w.&'’+/-]*(?:[ ,]+(?:[A-ZÄÖÜÉ0-9(&+][\w.&'’+/()-]*|of|and|und|für|the|de|von|der|mbh|gGmbH|e\.\s?V\.)){0,7}"
)


def looks_like_role(text: str) -> bool:
    """Return whether a short text names an occupation."""
    if not 2 < len(text) <= MAX_ROLE:
        return False
    plain = without_genders(text)
    if plain == text and _NOT_A_ROLE.search(plain):
        return False
    return plain != text or any(_is_title_word(word) for word in re.findall(r"[^\W\d_][\w-]*", plain))


def _is_title_word(word: str) -> bool:
    singular = word.lower()
    return any(form in TITLE_NOUNS for form in (singular, singular.rpartition("-")[2])) or bool(
        _TITLE_WORDS.fullmatch(singular)
    )


def without_genders(role: str) -> str:
    """Return a role without marks such as `(m/f/d)`."""
    return " ".join(_GENDERS.sub(" ", role).split()).strip(" -–|,:")


def _is_named_role(text: str) -> bool:
    """Return whether the text before `at COMPANY` is an occupation, such as `Cartographer`."""
    plain = without_genders(text)
    is_agent = bool(_AGENT.search(plain)) and len(plain) <= MAX_ROLE and not _NOT_A_ROLE.search(plain)
    return looks_like_role(text) or is_agent


def marked_role(text: str) -> str:
    """Return the sentence of a role up to a mark such as `(m/f/d)`, or the text without one."""
    mark = _GENDERS.search(text)
    if not mark or text[mark.end() :].lstrip().startswith(("in ", "at ", "bei ")):
        return text
    return re.split(r"[!?:]\s+", text[: mark.end()])[-1]


def has_genders(text: str) -> bool:
    """Return whether a text bears a mark such as `(m/f/d)`, which only roles have."""
    return bool(_GENDERS.search(text))


def looks_like_company(text: str) -> bool:
    """Return whether a short text can be the name of a company: capitalised, and no role or page."""
    name = text.strip()
    return bool(0 < len(name) <= MAX_COMPANY and _NAME.fullmatch(name)) and not _NOT_A_COMPANY.fullmatch(name)


def looks_like_place(text: str) -> bool:
    """Return whether a short text can be the name of a place."""
    return len(text) <= MAX_PLACE and bool(_PLACE.fullmatch(text)) and not looks_like_role(text)


def read_heading(text: str) -> dict[str, str]:
    """Return role, company and location of `ROLE at COMPANY` or `COMPANY is hiring ROLE in PLACE`."""
    heading = " ".join(text.split())
    if not 2 < len(heading) <= 3 * MAX_ROLE:
        return {}
    return _role_at_company(heading) or _company_hiring(heading)


def _role_at_company(heading: str) -> dict[str, str]:
    places = list(_AT.finditer(heading))
    if not places:
        return {}
    role, (company, location) = heading[: places[-1].start()], split_place(heading[places[-1].end() :])
    return _filled(role, company, location) if _is_named_role(role) and looks_like_company(company) else {}


def _company_hiring(heading: str) -> dict[str, str]:
    match = _HIRING.fullmatch(heading)
    if not match:
        return {}
    role, place = split_place(match["role"].rstrip(" ."))
    if not (_is_named_role(role) and looks_like_company(match["company"])):
        return {}
    return _filled(role, match["company"], place)


def _filled(role: str, company: str, place: str) -> dict[str, str]:
    values = {"role": without_genders(role), "company": company.strip(" ,"), "location": place}
    return {name: value for name, value in values.items() if value}


def split_place(text: str) -> tuple[str, str]:
    """Split a text at ` in PLACE` into text and place; the place may be empty."""
    parts = _IN.split(text)
    place = parts[-1].strip()
    if len(parts) < 2 or not looks_like_place(place):
        return text.strip(), ""
    return text[: text.rindex(place)].rstrip().removesuffix(" in").rstrip(), place
