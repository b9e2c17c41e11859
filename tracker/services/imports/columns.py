"""The fields that a column can be imported as, and the headers by which each is recognized."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

MIN_SIMILARITY = 0.85
"""Similarity of two headers above which one is a misspelling of the other."""
MIN_LENGTH = 5
"""Shortest header that may be misspelled; short words are similar by chance."""

APPLICATION_FIELDS = {
    "company": "Company",
    "role": "Role",
    "posting_url": "Job posting URL",
    "status": "Status",
    "outcome": "Outcome",
    "applied_on": "Applied on",
    "saved_on": "Saved on",
    "status_on": "Status since",
    "location": "Location",
    "country": "Country",
    "workplace": "Workplace",
    "employment": "Employment",
    "salary": "Salary",
    "salary_from": "Salary from",
    "salary_to": "Salary to",
    "currency": "Currency",
    "salary_period": "Salary per",
    "source": "Source",
    "industry": "Industry",
    "company_size": "Company size",
    "excitement": "Excitement",
    "tags": "Tags",
    "deadline": "Deadline",
    "follow_up_on": "Follow-up date",
    "contact": "Contact",
    "notes": "Notes",
    "posting_text": "Posting text",
}
CONTACT_FIELDS = {
    "first_name": "First name",
    "last_name": "Last name",
    "name": "Name",
    "role": "Role",
    "company": "Company",
    "email": "Email",
    "phone": "Phone",
    "link": "Link",
    "met_on": "Connected on",
    "notes": "Notes",
}
DATE_FIELDS = frozenset({"applied_on", "saved_on", "status_on", "deadline", "follow_up_on", "met_on"})

_SYNONYMS = {
    "company": "company, company name, employer, employer name, organization, organisation, org, firm, business, hiring company, "
    "firma, unternehmen, arbeitgeber, entreprise, société, employeur, empresa, compañía, organización",
    "role": "role, job title, title, position, position title, role title, job, posting, job name, job role, vacancy, stelle, rolle, "
    "stellenbezeichnung, jobtitel, poste, intitulé du poste, intitulé, puesto, cargo, título del puesto",
    "posting_url": "job url, posting url, job posting url, posting link, job link, application link, application url, url, link, website, "
    "apply link, apply, job posting, posting address, stellenlink, lien, enlace, lien de l'offre",
    "status": "status, stage, application status, job status, current status, state, list, list name, result, pipeline stage, stand, phase, "
    "statut, étape, état, estado, etapa, situation",
    "outcome": "outcome, final outcome, resultat, ergebnis",
    "applied_on": "applied on, date applied, applied date, application date, date of application, app date, applied at, date submitted, "
    "submitted on, submission date, date sent, sent on, sent, submitted, applied, date, beworben am, bewerbungsdatum, datum, "
    "date de candidature, candidature envoyée le, fecha de solicitud, fecha de aplicación, fecha",
    "saved_on": "saved on, date saved, saved date, created, created at, created on, date created, date added, added on, added, saved, "
    "erstellt, erstellt am, gespeichert am, hinzugefügt am, date d'ajout, ajouté le, fecha de creación",
    "status_on": "status since, last updated, updated at, updated on, last update, date updated, last status change, status date, "
    "stage since, closed on, date closed, response date, aktualisiert am, stand vom, mis à jour le, actualizado",
    "location": "location, job location, city, where, place, office, ort, standort, arbeitsort, lieu, ville, ubicación, lugar, ciudad",
    "country": "country, land, pays, país",
    "workplace": "workplace, workplace type, work type, remote, work mode, remote status, location type, work model, arbeitsmodell, "
    "télétravail, modalidad",
    "employment": "employment, employment type, job type, contract type, type of employment, vertragsart, beschäftigungsart, "
    "type de contrat, tipo de contrato",
    "salary": "salary, salary range, compensation, pay, pay range, expected salary, wage, remuneration, base salary, gehalt, vergütung, "
    "salaire, rémunération, salario, sueldo",
    "salary_from": "salary from, minimum salary, min salary, salary min, salary minimum",
    "salary_to": "salary to, maximum salary, max salary, salary max, salary maximum",
    "currency": "currency, salary currency, währung, devise, moneda",
    "salary_period": "salary per, salary period, pay period",
    "source": "source, job source, channel, via, found on, found via, job board, platform, where found, quelle, kanal, plattform, "
    "origine, fuente, origen",
    "industry": "industry, sector, branche, secteur, industria",
    "company_size": "company size, size, employees, unternehmensgröße",
    "excitement": "excitement, rating, interest, fit rating, priority, stars, interest level, bewertung, priorität",
    "tags": "tags, labels, categories, schlagworte, étiquettes, etiquetas",
    "deadline": "deadline, apply by, closing date, application deadline, due date, valid until, bewerbungsfrist, frist, date limite, "
    "fecha límite",
    "follow_up_on": "follow up on, follow up date, follow up, followup, next follow up, nachfassen am, wiedervorlage, relance",
    "contact": "contact, contact name, contact person, recruiter, recruiter name, hiring manager, ansprechpartner, kontakt, "
    "interlocuteur, contacto",
    "notes": "notes, note, comments, comment, remarks, my notes, notizen, bemerkungen, kommentar, anmerkungen, remarques, "
    "commentaires, notas, comentarios",
    "posting_text": "posting text, job description, description, html description, posting description, full description, "
    "stellenbeschreibung, beschreibung, description du poste, descripción",
}  # fmt: skip
"""Headers of each field, the strongest first: of two columns for one field, the stronger header wins."""
IGNORED = "posting date, date posted, posted on, posted, post date, contact email, contact phone number, contact phone, resume name, interview date"
"""Headers that look like a field and aren't one."""

_CONTACT_SYNONYMS = {
    "first_name": "first name, given name, vorname, prénom, nombre",
    "last_name": "last name, surname, family name, nachname, nom, apellido",
    "name": "name, full name, contact name, contact",
    "role": "position, role, title, job title",
    "company": "company, company name, organization, employer",
    "email": "email address, email, mail",
    "phone": "phone, phone number, mobile",
    "link": "url, profile url, linkedin, linkedin url, link, profile",
    "met_on": "connected on, added on, created at",
    "notes": "notes, comments",
}


def folded(header: str) -> str:
    """Return a header in small letters, without accents and punctuation; `JobTitle` is two words."""
    split = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", header)
    plain = unicodedata.normalize("NFKD", split.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+|_", " ", re.sub(r"\([^)]*\)", " ", letters)).split())


def fields_of(headers: list[str], *, of_contacts: bool = False) -> list[str]:
    """Return the field of each header, empty for an unknown one; each field at most once."""
    matches = sorted(
        (match, place)
        for place, header in enumerate(headers)
        if (match := _match(folded(header), of_contacts=of_contacts))
    )
    fields = [""] * len(headers)
    for (_, _, field), place in matches:
        if field not in fields:
            fields[place] = field
    return fields


@lru_cache(4096)
def _match(header: str, *, of_contacts: bool) -> tuple[float, int, str] | None:
    """Return how well a header names a field (smaller is better), and the field; None for no field."""
    synonyms = _synonyms(of_contacts=of_contacts)
    if header in synonyms:
        return (0, *synonyms[header])
    if len(header) < MIN_LENGTH or header in _ignored():
        return None
    letters = _sorted_letters(header)
    scored = max(
        (SequenceMatcher(None, letters, _sorted_letters(known)).ratio(), known) for known in synonyms
    )
    return (
        (1 - scored[0], *synonyms[scored[1]])
        if scored[0] >= MIN_SIMILARITY and scored[1] not in _ignored()
        else None
    )


@lru_cache
def _synonyms(*, of_contacts: bool) -> dict[str, tuple[int, str]]:
    """Return the strength and the field of each known header."""
    known = _CONTACT_SYNONYMS if of_contacts else _SYNONYMS
    names = CONTACT_FIELDS if of_contacts else APPLICATION_FIELDS
    return {
        folded(header): (strength, field)
        for field, headers in reversed(known.items())
        for strength, header in reversed([*enumerate([field, names[field], *headers.split(", ")])])
    }


@lru_cache
def _ignored() -> frozenset[str]:
    return frozenset(folded(header) for header in IGNORED.split(", "))


def _sorted_letters(header: str) -> str:
    return " ".join(sorted(header.split()))
