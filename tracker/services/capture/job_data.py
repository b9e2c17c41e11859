"""Facts of a schema.org `JobPosting`."""

from datetime import date, timedelta
from typing import Any

from tracker.services.capture.field_values import day_in, employment_in, pay_facts, period_of
from tracker.services.capture.headings import without_genders
from tracker.services.capture.html_page import line, text_of_fragment
from tracker.services.capture.json_ld import Node
from tracker.services.countries import country_code
from tracker.shapes.enumerations import Workplace

MAX_PLACES = 3
"""Places that the location names; of a posting for more of them, it names none."""
MAX_VALIDITY = timedelta(days=2 * 366)
"""Longest time from publication to a deadline; later ones are placeholders."""
_NOT_A_NAME = {"", "none", "null", "n/a", "na", "-", "undefined", "unknown", "tbd", "confidential"}
_SECTIONS = {
    "responsibilities": "Responsibilities", "qualifications": "Qualifications", "experienceRequirements": "Experience",
    "educationRequirements": "Education", "skills": "Skills", "jobBenefits": "Benefits", "incentiveCompensation": "Incentives",
}  # fmt: skip
"""Properties that some postings use beside or in place of a description."""


def facts_of_job(job: Node) -> dict[str, str]:
    """Return the values of a job posting's fields; unclear ones are left out."""
    values = {
        "role": without_genders(_name(job.get("title")) or _name(job.get("name"))),
        "company": _organisation(job.get("hiringOrganization")),
        "employment": employment_in(_listed(job.get("employmentType"))),
        "deadline": _deadline(job),
        "posting_url": _address(job),
        **_place(job),
        **_salary(job),
        **_contact(job),
    }
    return {name: value for name, value in values.items() if value}


def text_of_job(job: Node) -> str:
    """Return the description and the sections that it doesn't contain, as text."""
    parts = [text_of_fragment(_joined(job.get("description")))]
    for name, heading in _SECTIONS.items():
        section = text_of_fragment(_joined(job.get(name)))
        if section and section not in parts[0]:
            parts.append(f"{heading}\n{section}")
    return "\n\n".join(part for part in parts if part)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    listed = _listed(value)
    return listed[0] if listed else None


def _joined(value: Any) -> str:
    return "\n".join(part for part in _listed(value) if isinstance(part, str))


def _name(value: Any) -> str:
    """Return the name in a string, or of an object."""
    first = _first(value)
    if isinstance(first, dict):
        return _name(first.get("name")) or _name(first.get("legalName"))
    name = line(first) if isinstance(first, str) else ""
    return "" if name.lower() in _NOT_A_NAME or "://" in name else name


def _organisation(value: Any) -> str:
    names = dict.fromkeys(filter(None, map(_name, _listed(value))))
    return next(iter(names)) if len(names) == 1 else ""


def _address(job: Node) -> str:
    address = _first(job.get("url"))
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else ""


def _deadline(job: Node) -> str:
    last = day_in(_text(job.get("validThrough")))
    posted = day_in(_text(job.get("datePosted")))
    if last is None or (posted and not posted <= last <= posted + MAX_VALIDITY):
        return ""
    return last.isoformat() if last < date(2090, 1, 1) else ""


def _text(value: Any) -> str:
    first = _first(value)
    return line(first) if isinstance(first, str) else str(first) if isinstance(first, (int, float)) else ""


def _place(job: Node) -> dict[str, str]:
    """Return location, country and workplace. Places in several countries give no country."""
    addresses = [_parts(place) for place in _listed(job.get("jobLocation"))]
    is_remote = "telecommute" in _text(job.get("jobLocationType")).lower()
    regions = [_name(region) for region in _listed(job.get("applicantLocationRequirements"))]
    locations = list(dict.fromkeys(location for location, _ in addresses if location))
    named_countries = {name for _, name in addresses if name} or (
        {*filter(None, regions)} if is_remote else set()
    )
    codes = {country_code(name) for name in named_countries}
    if is_remote and not locations:
        locations = ["Remote"]
    if any(location.lower() == "remote" for location in locations):
        is_remote = True
    return {
        "location": " / ".join(locations) if len(locations) <= MAX_PLACES else "",
        "country": codes.pop() if len(codes) == 1 else "",
        "workplace": Workplace.REMOTE.value if is_remote else "",
    }


def _parts(place: Any) -> tuple[str, str]:
    """Return a place's location and country; its address may be a string or an object."""
    if isinstance(place, str):
        return line(place), ""
    if not isinstance(place, dict):
        return "", ""
    address = _first(place.get("address"))
    if isinstance(address, str) and line(address):
        return line(address), ""
    if not isinstance(address, dict):
        address = place if "addressLocality" in place or "addressCountry" in place else {}
    locality, region = _name(address.get("addressLocality")), _name(address.get("addressRegion"))
    named = ", ".join(dict.fromkeys(part for part in (locality, region) if part))
    return named or _name(place), _name(address.get("addressCountry"))


def _salary(job: Node) -> dict[str, str]:
    salaries = _listed(job.get("baseSalary"))
    if len(salaries) != 1:
        return {}
    salary, currency = salaries[0], _text(job.get("salaryCurrency"))
    if not isinstance(salary, dict):
        return pay_facts(_text(salary), currency=currency)
    currency = _text(salary.get("currency")) or _text(salary.get("priceCurrency")) or currency
    amount = _first(salary.get("value"))
    inner: Node = amount if isinstance(amount, dict) else {"value": amount}
    outer = {name: value for name, value in salary.items() if name not in ("value", "@type")}
    parts = {**outer, **{name: value for name, value in inner.items() if value is not None}}
    period = period_of(_text(parts.get("unitText")) or _text(parts.get("unitCode")))
    low, high, only = (_text(parts.get(name)) for name in ("minValue", "maxValue", "value"))
    return pay_facts(low or only or _text(parts.get("price")), high, currency=currency, period=period)


def _contact(job: Node) -> dict[str, str]:
    contact = _first(job.get("applicationContact"))
    if not isinstance(contact, dict):
        return {}
    name = _name(contact.get("name"))
    return {"contact_name": name, "contact_email": _text(contact.get("email")).removeprefix("mailto:")}
