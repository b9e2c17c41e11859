"""Facts in the text of a posting, in English and German."""

import re
from collections.abc import Callable

from tracker.services.capture import contact_in_text
from tracker.services.capture.field_values import day_in, employment_in
from tracker.services.capture.headings import (
    has_genders,
    looks_like_company,
    looks_like_place,
    looks_like_role,
    marked_role,
    read_heading,
    split_place,
    without_genders,
)
from tracker.services.capture.labels import labelled_values
from tracker.services.capture.pay_in_text import pay_in_text
from tracker.services.countries import country_code
from tracker.services.employers import employer_key
from tracker.shapes.enumerations import Employment, Workplace

MAX_TEXT, MAX_LINE, MAX_WORD = 100_000, 2000, 100
"""Characters of a posting's text, of a line and of a word that are read; patterns take time that grows with lines."""
Values = dict[str, str]
_FORMS = (
    r"(?:GmbH(?: & Co\.? (?:KG|KGaA))?|gGmbH|AG|SE|KG|KGaA|UG|e\.\s?V\.|Inc\.?|LLC|Ltd\.?|Limited|PLC|plc|Corp\.?|B\.V\.|N\.V\.|S\.A\.|SAS"
    r"|S\.r\.l\.|ApS|A/S|Oy|AB)"
)
"""Legal forms at the end of a company's name."""
_EMPLOYER_LINE = re.compile(rf"(?P<company>\S.{{0,70}}? {_FORMS})(?:(?:,| [·|–—-]) (?P<place>\S.*))?")
"""A line with a company and its place, such as `Acme GmbH, Berlin`."""
_LEGAL_FORM = re.compile(
    r"(?<![\w.-])(?:(?:Die|Der|Das|The|Our|Unsere?|Bei|At|Für|For|Als|As|Wir|We|Join) )*(?P<company>[A-ZÄÖÜ0-9][\w.&'’+-]*"
    r"(?: (?:[A-ZÄÖÜ0-9&+][\w.&'’+-]*|und|and|für|of)){0,5}?,? "
    rf"{_FORMS})(?![\w-])"
    r"(?= (?:is|ist|sucht|seeks|bietet|offers|has|hat|was|wurde|builds|makes|develops|entwickelt|provides|gehört)\b|\s*(?:,|\(|–|-) ?(?:a|an|the|ein|eine|der|die|das)\b|\s*$)",
    re.M,
)
_AT_COMPANY = re.compile(
    r"(?:^|[.!?]\s)(?:At|Bei) (?P<company>[A-Z0-9][\w&.'’-]*(?: [A-Z0-9&][\w&.'’-]*){0,3}),? (?:we|you|our|wir|arbeiten|entwickeln|bieten)\b",
    re.M,
)
_ABOUT = re.compile(
    r"^(?:#+ ?|\*\*)?(?:About|Über|Who is|Wer ist|Why|Warum) (?P<company>[^\n?:*]{2,60}?)\s*[?:*]*$",
    re.M | re.I,
)
_OTHERS = re.compile(
    r"\b(?:our|unser\w*|my|mein\w*) (?:client|customer|kunde|kunden|mandant\w*|auftraggeber)\b|\bim auftrag\b|\bon behalf of\b|personaldienstleist|staffing|recruitment agency",
    re.I,
)
_REMOTE = re.compile(
    r"\b(?:fully|100\s?%|completely|entirely|permanently)[ -]remote\b|\bremote[ -](?:position|role|job|only|first position|work(?:ing)? from anywhere)\b|"
    r"\b(?:this|the) (?:is a |role is |position is |job is )(?:fully |100\s?% |permanent |full-time )*remote\b|\b100\s?% (?:home ?office|remote|mobil)|\bvollständig remote\b|\bkomplett remote\b|\bwork from anywhere\b",
    re.I,
)
_HYBRID = re.compile(
    r"\bhybrid(?:es|e|er)?[ -](?:work\w*|model|role|position|job|schedule|arbeits\w*|arbeiten|setup|set-up|remote|office)|\b(?:this|the) (?:is a |role is |position is )hybrid\b|"
    r"\b\d (?:days?|times|tage?)(?: (?:a|per|each|pro|die|in der))? (?:week|woche)? ?(?:in|at|im|from|vor) (?:the |our |unserem )?(?:office|büro|ort)\b",
    re.I,
)
_ONSITE = re.compile(
    r"\b(?:this|the) (?:is an? |role is |position is )(?:fully |100\s?% )?(?:on-?site|in-(?:office|person))\b|\bon-?site (?:role|position|job|only)\b|\bno remote\b|\bnicht remote\b|\bkein home ?office\b",
    re.I,
)
_NOT_REMOTE = re.compile(
    r"\b(?:not|no|isn't|kein\w*|nicht|cannot be)(?: \w+){0,3} (?:remote|home ?office)\b|\bremote(?: \w+){0,3} (?:not|isn't|nicht)\b",
    re.I,
)
_FULL_TIME = re.compile(
    r"\bfull[ -]time\b(?! (?:student|stud|degree|education|mba|equivalent))|\bvollzeit\b|\bvoll-", re.I
)
_PART_TIME = re.compile(r"\bpart[ -]time\b(?! (?:student|stud|degree|education|mba))|\bteilzeit\b", re.I)
_INTERN = re.compile(r"\b(?:intern|internship|praktikum|praktikant(?:in)?)\b|praktikant", re.I)
_DEADLINE = re.compile(
    r"(?:apply|applications?(?: (?:close|must|should|are|will|need)\b[^.\n]{0,40}?)?|closing date|deadline(?: for applications)?|closes|bewerb\w*|bewirb\w*|bewerbungs(?:frist|schluss)\w*)"
    r"[^.\n\d]{0,60}?(?:by|before|until|till|on|is|closes|bis(?: zum| spätestens)?|am|zum|:)\s*(?:(?:the|the end of|midnight(?: on)?|mon|tue|wed|thu|fri|sat|sun|\w+day|\w+tag|zum|den|spätestens),?\s+)*"
    r"(?P<day>[^\n]{6,40})",
    re.I,
)


def facts_of_text(text: str) -> Values:
    """Return the values of the fields that a posting's text states beyond doubt."""
    text = _bounded(text)
    labelled = _labelled(text)
    values = _headline(text)
    values |= {name: value for name, value in labelled.items() if value}
    for name, reader in _READERS.items():
        if not values.get(name) and not (name in labelled and name != "workplace"):
            values[name] = reader(text)
    if not any(name.startswith("salary_") for name in values):
        values |= pay_in_text(text)
    if "country" not in values:
        values["country"] = _country(values.get("location", ""))
    if not values.get("workplace"):
        values["workplace"] = workplace_of(values.get("location", ""))
    return {name: value for name, value in values.items() if value}


def _bounded(text: str) -> str:
    words = re.sub(rf"\S{{{MAX_WORD},}}", "…", text[:MAX_TEXT])
    return "\n".join(line[:MAX_LINE] for line in words.splitlines())


def _labelled(text: str) -> Values:
    """Return the values of labelled fields; a field with two different values is empty."""
    stated: dict[str, set[str]] = {}
    for field, raw in labelled_values(text):
        for name, value in _LABELLED[field](raw).items():
            stated.setdefault(name, set()).update({value} - {""})
    values = {name: different.pop() if len(different) == 1 else "" for name, different in stated.items()}
    if values.get("contact_name") and not values.get("contact_email"):
        values["contact_email"] = contact_in_text.email_in(text)
    return values


def _labelled_role(raw: str) -> Values:
    role = without_genders(raw)
    return {"role": role} if looks_like_role(raw) and not role.endswith(".") else {}


def _labelled_title(raw: str) -> Values:
    """Return the role of a label such as `Job title`, which needs no word for an occupation."""
    is_short = len(raw) <= 80 and len(raw.split()) <= 8 and re.search(r"[^\W\d_]", raw)
    return {"role": without_genders(raw)} if is_short and not re.search(r"[.!?]$|https?:", raw) else {}


def _labelled_company(raw: str) -> Values:
    name = re.split(r"\s[|·–—]\s", raw)[0].strip()
    is_name = looks_like_company(name) or (
        re.fullmatch(r"[\w.-]+", name) and not name.isdecimal() and not name.islower()
    )
    return {"company": name} if is_name and not name.lower().startswith(("we ", "wir ")) else {}


def _labelled_location(raw: str) -> Values:
    location = raw.strip()
    if (
        len(location) > 80
        or len(location.split()) > 10
        or re.search(r"\b(?:you|we|our|wir|sie|is|are|will|can|ist|sind)\b|[.!?]$", location, re.I)
    ):
        return {}
    return {"location": location, "workplace": workplace_of(location)}


def _labelled_workplace(raw: str) -> Values:
    return {
        "workplace": Workplace.REMOTE.value
        if re.fullmatch(r"(?:yes|ja|100\s?%)", raw.strip(), re.I)
        else workplace_of(raw)
    }


def _labelled_contact(raw: str) -> Values:
    return {"contact_name": contact_in_text.name_in(raw), "contact_email": contact_in_text.email_in(raw)}


def _labelled_deadline(raw: str) -> Values:
    day = day_in(raw)
    return {"deadline": day.isoformat() if day else ""}


_LABELLED: dict[str, Callable[[str], Values]] = {
    "job_title": _labelled_title,
    "role": _labelled_role,
    "company": _labelled_company,
    "location": _labelled_location,
    "workplace": _labelled_workplace,
    "employment": lambda raw: {"employment": employment_in([raw])},
    "salary": lambda raw: pay_in_text(raw, is_labelled=True),
    "deadline": _labelled_deadline,
    "contact_name": _labelled_contact,
}


def workplace_of(text: str) -> str:
    """Return the workplace that a short text, such as a location, names; empty for several."""
    words = {
        Workplace.HYBRID: r"\bhybrid\w*",
        Workplace.REMOTE: r"\bremote\b|\bhome ?office\b|\bwork from home\b|\btelecommute\b",
        Workplace.ONSITE: r"\bon-?site\b|\bin[ -]office\b|\bvor ort\b|\bin[ -]person\b",
    }
    if _NOT_REMOTE.search(text):
        return ""
    kinds = [kind for kind, pattern in words.items() if re.search(pattern, text, re.I)]
    if kinds[:1] == [Workplace.HYBRID] and Workplace.ONSITE not in kinds:
        return kinds[0].value
    return (
        kinds[0].value
        if len(kinds) == 1 and not re.search(r"\bor\b|\boder\b|\bpartly\b|\bteilweise\b", text, re.I)
        else ""
    )


def _headline(text: str) -> Values:
    """Return role, company and location of the first lines."""
    lines = [line.strip(" #*\t") for line in text.splitlines() if line.strip(" #*\t")][:12]
    for line in lines:
        if values := read_heading(re.split(r"(?<=[\w)])[.!] ", line)[0]):
            return values
    for number, line in enumerate(lines):
        plain, location = split_place(marked_role(line))
        if looks_like_role(plain) and (number < 3 or has_genders(plain)) and not line.endswith((".", ":")):
            return {"role": without_genders(plain), "location": location, **_around(lines, number)}
    return {}


def _around(lines: list[str], number: int) -> Values:
    """Return company and location of a role's neighbours, as job boards lay out their pages."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    if (employer := _EMPLOYER_LINE.fullmatch(following)) and looks_like_company(employer["company"]):
        return {"company": employer["company"], **_place(employer["place"] or "")}
    facts, separator, _ = following.partition(" · ")
    if not separator:
        return {}
    before = lines[number - 1] if number else ""
    if looks_like_company(facts) and "," not in facts and not before:
        return {"company": facts}
    values = _place(facts)
    return {**values, "company": before} if values and looks_like_company(before) else values


def _place(text: str) -> Values:
    """Return the location and the workplace of a place such as `Berlin (hybrid)`."""
    location = re.sub(r"\s*\((?:remote|hybrid|on-?site)\)", "", text, flags=re.I)
    return {"location": location, "workplace": workplace_of(text)} if looks_like_place(location) else {}


def _company(text: str) -> str:
    """Return the company that the text introduces; empty if another could be meant."""
    if _OTHERS.search(text):
        return ""
    named = [
        match["company"].strip() for pattern in (_AT_COMPANY, _ABOUT) for match in pattern.finditer(text)
    ]
    names = [
        name
        for name in named
        if looks_like_company(name) and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) > 1
    ]
    if len({employer_key(name) for name in names}) == 1:
        return names[0]
    legal = [match["company"] for match in _LEGAL_FORM.finditer(text)]
    return legal[0] if not names and len({employer_key(name) for name in legal}) == 1 else ""


def _workplace(text: str) -> str:
    kinds = {
        kind
        for kind, pattern in (
            (Workplace.REMOTE, _REMOTE),
            (Workplace.HYBRID, _HYBRID),
            (Workplace.ONSITE, _ONSITE),
        )
        if pattern.search(text)
    }
    if _NOT_REMOTE.search(text):
        kinds.discard(Workplace.REMOTE)
    return kinds.pop().value if len(kinds) == 1 else ""


def _employment(text: str) -> str:
    headline = "\n".join(text.splitlines()[:3])
    if _INTERN.search(headline):
        return Employment.INTERNSHIP.value
    kinds = [Employment.FULL_TIME] if _FULL_TIME.search(text) else []
    kinds += [Employment.PART_TIME] if _PART_TIME.search(text) else []
    return kinds[0].value if len(kinds) == 1 else ""


def _deadline(text: str) -> str:
    days = {day for match in _DEADLINE.finditer(text) if (day := day_in(match["day"]))}
    return days.pop().isoformat() if len(days) == 1 else ""


def _country(location: str) -> str:
    """Return the country at the end of a location; short codes may be states, and so may Georgia."""
    last = re.sub(r"\(.*?\)", "", location).rpartition(",")[2].strip()
    is_name = len(last) > 3 or last in ("USA", "UK", "UAE")
    return country_code(last) if is_name and last != "Georgia" and "," in location else ""


_READERS: dict[str, Callable[[str], str]] = {
    "company": _company,
    "workplace": _workplace,
    "employment": _employment,
    "deadline": _deadline,
}
