"""Posting addresses: a key that is equal for one posting, and the source by host."""

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

NOISE = re.compile(
    r"""
    (utm|hsa|mtm|pk|piwik|matomo|oly|vero|rx|trk|_hs|ga)_.* | _ga | _gl | _hsenc | _hsmi | hsctatracking |
    [a-z]{0,4}clid | [gw]braid | msclkid | li_fat_id | igshid? | srsltid | mkt_tok | mc_[ce]id | epik | s_kwcid |
    gh_src | lever-[a-z]+(\[\])? | _jvs[dt] | tracking_?id | trk[a-z]* | ref_?id | referr?er | refer(r?al)? |
    src | source | source_?(id|type) | origin | original_?(sub_?domain|referer) | from | share[dr]? | share_?id |
    campaign(_?id)? | medium | lang | language | locale | lng | hl | _locale | (j|php|asp)?_?sess(ion)?_?id
    """,
    re.I | re.X,
)
"""Query parameters that say where a visitor came from, or in which language the page is shown."""
REFERENCE = re.compile(r"[a-z]{0,5}[-_/]?\d{3,}", re.I)
"""A value of `ref` that is a posting's number rather than the site that led to it."""
APPLY = re.compile(r"(/(apply|apply-?now|apply-?online|application|bewerben|postuler))+/*$", re.I)
"""The end of a path that leads from a posting to its form."""
_SESSION = re.compile(r";(jsessionid|phpsessid)=[^/;]*", re.I)
_PAGE_PARTS = re.compile(
    r"(apply|application|top|main|content|page|header|footer|job|jobs?-?(description|details?|apply)|description|details?|"
    r"overview|about(-us)?|responsibilities|requirements|qualifications|benefits|contact|form|skip.*|app|root)",
    re.I,
)
"""Anchors that are parts of a page rather than one of its postings."""


@dataclass(frozen=True)
class Board:
    """A job board or applicant tracking system, and where its addresses carry a posting's id.

    The groups `tenant` of `host` and `path` identify the employer, where ids are unique per employer only.
    """

    name: str
    label: str
    host: str
    path: str
    parameters: tuple[str, ...] = ()


_UUID = r"(?P<id>[0-9a-f]{8}-[0-9a-f-]{27})"
_REQUISITION = r"/.*_(?P<id>[a-z0-9-]*\d[\w-]*)(/.*)?"
_BOARDS = (
    Board("greenhouse", "Greenhouse", r"(job-)?boards(\.eu)?\.greenhouse\.io", r"/[^/]+/jobs/(?P<id>\d+)(/.*)?",
          ("token", "gh_jid")),
    Board("lever", "Lever", r"jobs(\.eu)?\.lever\.co", rf"/[^/]+/{_UUID}(/.*)?"),
    Board("ashby", "Ashby", r"jobs\.ashbyhq\.com", rf"/[^/]+/{_UUID}(/.*)?", ("ashby_jid",)),
    Board("workday", "Workday", r"(?P<tenant>[^.]+)(\.wd\d+)?\.myworkdayjobs\.com", _REQUISITION),
    Board("workday", "Workday", r"wd\d+\.myworkdaysite\.com", r"(/[a-z]{2}-[a-z]{2})?/recruiting/(?P<tenant>[^/]+)" + _REQUISITION),
    Board("smartrecruiters", "SmartRecruiters", r"(jobs|careers)\.smartrecruiters\.com", r"/[^/]+/(?P<id>\d+)(-.*|/.*)?"),
    Board("icims", "iCIMS", r"([^.-]+-)?(?P<tenant>[^.]+)\.icims\.com", r"/jobs/(?P<id>\d+)(/.*)?"),
    Board("personio", "Personio", r"(?P<tenant>[^.]+)\.jobs\.personio\.(de|com)", r"/job/(?P<id>\d+)(/.*)?"),
    Board("workable", "Workable", r"apply\.workable\.com", r"/(?P<tenant>[^/]+)/j/(?P<id>[0-9a-z]+)(/.*)?"),
    Board("workable", "Workable", r"(?P<tenant>[^.]+)\.workable\.com", r"/j(obs)?/(?P<id>[0-9a-z]+)(/.*)?"),
    Board("teamtailor", "Teamtailor", r"(?P<tenant>[^.]+)(\.[a-z]+)?\.teamtailor\.com", r"/jobs/(?P<id>\d+)(-.*|/.*)?"),
    Board("linkedin", "LinkedIn", r"([^.]+\.)?linkedin\.com", r"(/[^/]+)*/(view|jobPosting)/([^/]*-)?(?P<id>\d+)(/.*)?",
          ("currentjobid",)),
    Board("indeed", "Indeed", r"(.+\.)?indeed\.(com|[a-z]{2}|com?\.[a-z]{2})", r"/job/(.*-)?(?P<id>[0-9a-f]{16})", ("jk", "vjk")),
    Board("glassdoor", "Glassdoor", r"(.+\.)?glassdoor\.(com|[a-z]{2}|com?\.[a-z]{2})", r"/job/(?P<id>\d+)", ("jl", "joblistingid")),
)  # fmt: skip
_ON_COMPANY_SITES = {"gh_jid": "greenhouse", "ashby_jid": "ashby"}
"""Query parameters with a posting's id on company sites that embed such a system."""


def posting_key(address: str) -> str:
    """Return a key that is equal for addresses of one posting only; empty for no address."""
    parts = _split(address)
    if parts is None:
        return ""
    host, query = _host(parts), _query(parts.query)
    return _board_key(host, parts.path, query) or _page_key(parts, host, query)


def source_of(address: str) -> str:
    """Return the source by the address's host, such as `LinkedIn`; empty for other hosts."""
    parts = _split(address)
    if parts is None:
        return ""
    if board := _board(_host(parts)):
        return board.label
    return "Company site" if any(name in _ON_COMPANY_SITES for name, _ in _query(parts.query)) else ""


def _split(address: str) -> SplitResult | None:
    """Return the parts of a web address, with or without a scheme; None for anything else."""
    typed = address.strip()
    try:
        parts = urlsplit(typed if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", typed, re.I) else f"https://{typed}")
        _ = parts.port  # Raises for a number that no port has.
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and "." in (parts.hostname or "") else None


def _host(parts: SplitResult) -> str:
    """Return the host in ASCII without `www.` and without the usual port."""
    name = unquote(parts.hostname or "").rstrip(".").lower()
    with suppress(UnicodeError):  # Raised for names that are too long, which are compared as they are.
        name = name.encode("idna").decode()
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return name.removeprefix("www.") + port


def _query(text: str) -> list[tuple[str, str]]:
    """Return the parameters that name a posting, sorted; a name without a value counts too."""
    pairs = parse_qsl(text, keep_blank_values=True)
    return sorted((name, value) for name, value in pairs if not _is_noise(name, value))


def _is_noise(name: str, value: str) -> bool:
    return not REFERENCE.fullmatch(value) if name.lower() == "ref" else bool(NOISE.fullmatch(name))


def _board(host: str) -> Board | None:
    return next((board for board in _BOARDS if re.fullmatch(board.host, host)), None)


def _board_key(host: str, path: str, query: list[tuple[str, str]]) -> str:
    """Return the key by the board's own id; empty where the address carries none."""
    values = {name.lower(): value for name, value in reversed(query) if value}
    for board in _BOARDS:
        at_host = re.fullmatch(board.host, host)
        if not at_host:
            continue
        in_path = re.fullmatch(board.path, unquote(path).rstrip("/"), re.I)
        names = at_host.groupdict() | (in_path.groupdict() if in_path else {})
        posting = names.get("id") or next((values[name] for name in board.parameters if name in values), "")
        if posting:
            return ":".join(filter(None, (board.name, names.get("tenant"), posting))).lower()
    for name, system in _ON_COMPANY_SITES.items():
        if name in values:
            return f"{system}:{values[name]}".lower()
    return ""


def _page_key(parts: SplitResult, host: str, query: list[tuple[str, str]]) -> str:
    """Return the key of a page: its address without the way a visitor came to it."""
    page = _page(host + _SESSION.sub("", unquote(parts.path)), query)
    return page + _fragment(parts.fragment, has_number=bool(re.search(r"\d", page.removeprefix(host))))


def _page(path: str, query: list[tuple[str, str]]) -> str:
    return APPLY.sub("", path).rstrip("/") + (f"?{urlencode(query)}" if query else "")


def _fragment(text: str, *, has_number: bool) -> str:
    """Return the part after `#` that names a posting: a route, or an anchor on a page of several.

    A page with a number of its own is one posting, so that an anchor is a part of it.
    """
    fragment = unquote(text.partition(":~:")[0])
    if fragment.startswith(("/", "!")):
        path, _, query = fragment.lstrip("!").partition("?")
        route = _page(path, _query(query))
        return f"#{route}" if route else ""
    if "=" in fragment:
        query_of_fragment = _query(fragment)
        return f"#{urlencode(query_of_fragment)}" if query_of_fragment else ""
    return f"#{fragment}" if fragment and not has_number and not _PAGE_PARTS.fullmatch(fragment) else ""
