"""Lines of a posting that name their field, such as `Location: Berlin` or `Standort` above `Berlin`."""

import re
from collections.abc import Iterator

MAX_LINE = 300
"""Characters of a line that is more than running text."""
_LABELS = {
    "job_title": "job title|position title|stellenbezeichnung|stellentitel|berufsbezeichnung|jobtitel",
    "role": "position|role|title|job|stelle|poste|puesto",
    "company": "company|company name|employer|hiring company|organi[sz]ation|unternehmen|firma|arbeitgeber|arbeitgeberin|entreprise|empresa",
    "location": "location|locations|job location|work location|primary location|office location|place of work|place|city|standort|standorte|"
                "arbeitsort|einsatzort|dienstort|ort|dienstsitz|lieu|ubicación",
    "workplace": "workplace|workplace type|work model|work arrangement|working model|remote status|remote|location type|arbeitsmodell|arbeitsform",
    "employment": "employment type|employment|job type|type of employment|contract type|contract|type|hours|working hours|commitment|time type|schedule|"
                  "anstellungsart|beschäftigungsart|vertragsart|arbeitszeit|art der beschäftigung|beschäftigungsumfang|umfang|type de contrat",
    "salary": "salary|salary range|base salary|base salary range|annual salary|annual salary range|base pay|base pay range|pay range|pay|pay rate|compensation|"
              "compensation range|annual base salary|wage|hourly rate|rate|day rate|remuneration|ote|gehalt|jahresgehalt|monatsgehalt|gehaltsspanne|gehaltsrahmen|"
              "bruttogehalt|jahresbruttogehalt|bruttojahresgehalt|vergütung|lohn|stundenlohn|verdienst|entgelt|salaire|salario",
    "deadline": "application deadline|deadline|deadline for applications|closing date|applications close|applications close on|apply by|apply before|application closing date|"
                "closes|closes on|bewerbungsfrist|bewerbungsschluss|bewerbung bis|bewerben bis|bewerbungen bis|frist|ende der bewerbungsfrist|date limite",
    "contact_name": "contact|contact person|your contact|recruiter|hiring manager|talent acquisition|ansprechpartner|ansprechpartnerin|ansprechperson|"
                    "ansprechpartner/in|ansprechpartner\\*in|ansprechpartner:in|ihr ansprechpartner|ihre ansprechpartnerin|ihre ansprechperson|kontakt|kontaktperson|"
                    "dein ansprechpartner|deine ansprechpartnerin|deine ansprechperson",
}  # fmt: skip
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS.items()),
    re.I,
)
_MARKS = "-–—•*#>·▪►✅📍💰🏢🕒⏰ \t"
"""Bullets and emphasis around a label."""


def labelled_values(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that lines name, with the rest of the line or, after a bare label, the next line."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if not line or len(line) > MAX_LINE:
            continue
        label, separator, value = line.lstrip(_MARKS).partition(":")
        if not separator:
            label, separator, value = line.lstrip(_MARKS).partition("\t")
        field = _field(label)
        if not field:
            continue
        value = value.strip(_MARKS) or _next_line(lines, number)
        if value and len(value) <= MAX_LINE:
            yield field, value


def _field(label: str) -> str:
    match = _LABEL.fullmatch(label.strip(_MARKS))
    return str(match.lastgroup) if match else ""


def _next_line(lines: list[str], number: int) -> str:
    """Return the line below a label, or the one after an empty line; empty if it is a label itself."""
    following = next((line.strip(_MARKS) for line in lines[number + 1 : number + 3] if line), "")
    return "" if _field(following.partition(":")[0]) else following
