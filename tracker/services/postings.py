"""Posting addresses: a key for duplicates, and the source by host."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

TRACKERS = re.compile(
    r"^(utm_.*|gh_src|lever-source.*|ref|refid|src|source|trk|trackingid|fbclid|gclid)$", re.I
)

_KNOWN = (
    (r"(?:job-boards|boards)(?:\.eu)?\.greenhouse\.io/([^/]+)/jobs/(\d+)", "greenhouse", "Greenhouse"),
    (r"jobs(?:\.eu)?\.lever\.co/([^/]+)/([0-9a-f-]{36})", "lever", "Lever"),
    (r"jobs\.ashbyhq\.com/([^/]+)/([0-9a-f-]{36})", "ashby", "Ashby"),
    (r"([^./]+)\.wd\d+\.myworkdayjobs\.com/.*_([A-Za-z]*-?\d[\w-]*)$", "workday", "Workday"),
    (r"jobs\.smartrecruiters\.com/([^/]+)/(\d+)", "smartrecruiters", "SmartRecruiters"),
    (r"careers-([^./]+)\.icims\.com/jobs/(\d+)", "icims", "iCIMS"),
    (r"(?:[a-z]+\.)?linkedin\.com/(jobs)/view/(?:[^/]*-)?(\d+)", "linkedin", "LinkedIn"),
)


def posting_key(address: str) -> str:
    """Return a key that is equal for addresses of one posting; empty for no address."""
    parts = urlsplit(address.strip())
    if not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").lower()
    query = dict(parse_qsl(parts.query))
    if "gh_jid" in query:
        return f"greenhouse:{query['gh_jid']}"
    if host.endswith("indeed.com") and "jk" in query:
        return f"indeed:{query['jk']}"
    place = host + parts.path.rstrip("/")
    for pattern, name, _ in _KNOWN:
        if match := re.match(pattern, place, re.I):
            return f"{name}:{match[2].lower()}"
    parameters = sorted((name, value) for name, value in query.items() if not TRACKERS.match(name))
    return place.lower() + (f"?{urlencode(parameters)}" if parameters else "")


def source_of(address: str) -> str:
    """Return the source by the address's host, such as `LinkedIn`; empty for other hosts."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").lower()
    if host.endswith("indeed.com"):
        return "Indeed"
    if "gh_jid=" in parts.query:
        return "Company site"
    return next((label for pattern, _, label in _KNOWN if re.match(pattern, host + parts.path, re.I)), "")
