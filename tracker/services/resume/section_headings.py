"""The headings of a resume's sections."""

import re

from tracker.services.resume.lines import Line

_NAMES = {
    "job": "experience|work experience|professional experience|relevant experience|employment|employment history|work history|"
    "professional background|career|career history|professional history|positions|industry experience|teaching experience|"
    "research experience|clinical experience|other experience|additional experience|berufserfahrung|beruflicher werdegang|"
    "werdegang|berufspraxis|expérience|expériences|expérience professionnelle|expériences professionnelles|"
    "experiencia|experiencia laboral|experiencia profesional|internships|internship experience|military service",
    "education": "education|academic background|academic history|education and training|education & training|studies|"
    "qualifications|academic qualifications|ausbildung|studium|bildung|bildungsweg|formation|formations|educación|estudios|"
    "formación|formación académica|education and certifications",
    "project": "projects|personal projects|side projects|selected projects|key projects|open source|open-source|"
    "open source projects|open source contributions|academic projects|portfolio|projekte|projets|proyectos",
    "volunteering": "volunteering|volunteer experience|volunteer work|voluntary work|community|community involvement|"
    "community service|ehrenamt|bénévolat|voluntariado|volunteer|leadership and volunteering",
    "skills": "skills|technical skills|key skills|core skills|core competencies|competencies|technologies|tech stack|"
    "technical expertise|areas of expertise|expertise|tools|tools and technologies|professional skills|skills & tools|"
    "skills and tools|top skills|kenntnisse|fähigkeiten|edv-kenntnisse|it-kenntnisse|compétences|competencias|habilidades|"
    "skills and technologies|technical proficiencies|technical summary",
    "languages": "languages|language skills|sprachen|sprachkenntnisse|langues|idiomas",
    "loose": "certifications|certificates|certification|licenses|licenses & certifications|licenses and certifications|awards|"
    "honors|honours|honors and awards|awards and honors|achievements|key achievements|publications|talks|patents|courses|"
    "training|conferences|memberships|professional memberships|zertifikate|weiterbildung|certifications et formations|"
    "honors-awards|speaking|teaching|selected publications|presentations",
    "summary": "summary|profile|professional summary|professional profile|about|about me|career summary|executive summary|"
    "personal statement|objective|career objective|profil|über mich|kurzprofil|résumé|perfil|highlights|"
    "summary of qualifications|overview|introduction|personal profile",
    "nothing": "interests|hobbies|hobbies and interests|references|referees|contact|contact information|contact details|"
    "personal details|personal information|personal data|persönliche daten|interessen|kontakt|referenzen|"
    "centres d'intérêt|intereses|links|social|address|declaration|additional information",
}  # fmt: skip
_SECTIONS = {name: section for section, names in _NAMES.items() for name in names.split("|")}


_WITHIN = {
    "achievements", "key achievements", "highlights", "technologies", "tech stack", "tools", "training", "courses", "profile",
    "skills", "projects", "key projects", "overview", "summary", "links", "awards", "publications", "objective", "positions",
}  # fmt: skip
"""Headings that, with a colon, also occur within a position."""


def section_of(line: Line) -> str:
    """Return the section that a line heads, if any; `nothing` is a section that isn't imported."""
    if line.is_bullet or len(line.text) > 50:
        return ""
    plain = re.sub(r"[^\w&' äöüéèóáñíÄÖÜÉ-]+", " ", line.text).strip().casefold()
    if (
        plain in _WITHIN
        and line.text.endswith(":")
        and not (line.is_marked or line.text.isupper() or line.follows_blank)
    ):
        return ""
    return _SECTIONS.get(plain, _SECTIONS.get(plain.replace("&", "and"), ""))
