"""Skills: lists of them in a resume, and the bullets that name them."""

import re

from tracker.services.matching.language_names import NAMES, is_language
from tracker.services.resume.parsed_resume import ParsedResume, Point

_KNOWN = """
Python|Java|JavaScript|TypeScript|Kotlin|Swift|Rust|C++|C#|PHP|Ruby|Scala|Perl|MATLAB|SQL|Bash|PowerShell|HTML|CSS|React
F#|Objective-C|ASP.NET|VB.NET|T-SQL|PL/SQL|Angular|Vue|Svelte|Node.js|Django|Flask|FastAPI|Spring Boot|Rails|Laravel|.NET|GraphQL|REST|gRPC|PostgreSQL|MySQL|SQLite
MongoDB|Redis|Elasticsearch|Kafka|RabbitMQ|Spark|Airflow|dbt|Snowflake|BigQuery|Hadoop|AWS|Azure|GCP|Docker|Kubernetes
Terraform|Ansible|Jenkins|GitHub Actions|GitLab CI|CI/CD|Linux|Git|Prometheus|Grafana|pandas|NumPy|scikit-learn
TensorFlow|PyTorch|Tableau|Power BI|Excel|Looker|SAP|Salesforce|HubSpot|Jira|Confluence|Figma|Photoshop|Illustrator
InDesign|AutoCAD|SolidWorks|Scrum|Kanban|Agile|SEO|Google Analytics|A/B testing|Machine learning|Deep learning
"""
KNOWN = [name for line in _KNOWN.strip().split("\n") for name in line.split("|")]
_AMBIGUOUS = {
    "rest",
    "spark",
    "excel",
    "rust",
    "swift",
    "git",
    "looker",
    "dart",
    "less",
    "agile",
}
"""Ambiguous words, which count only in this spelling."""

_LABEL = re.compile(r"^[^:,;]{2,40}:\s+")
_BETWEEN = re.compile(r"\s*[,;|•·●]\s*|\s{3,}|\t")
_OUTSIDE = re.compile(r"^[ \-–]+(?:\.(?!\w))?|^\.(?!\w)|[ .\-–]+$")
"""Characters around a term that aren't part of it, unlike the dot of `.NET`."""
_AT_MOST = 30


def listed(line: str) -> list[str]:
    """Return the skills of a list in one line, without the label before its colon and levels in brackets."""
    parts = _BETWEEN.split(re.sub(r"\([^)]*\)", "", _LABEL.sub("", line)))
    terms = (_OUTSIDE.sub("", re.sub(r"^(?:and|und|et)\s+", "", part)) for part in parts)
    return [term for term in terms if 1 <= len(term) <= 40 and len(term.split()) <= 5][:_AT_MOST]


def of_section(lines: list[str]) -> list[Point]:
    """Return a section of skills as bullets: one per line, and lines of single skills together."""
    points: list[Point] = []
    single: list[str] = []
    for line in lines:
        terms = listed(line)
        if len(terms) == 1 and len(line) <= 40:
            single += terms
        else:
            points.append(Point(line, terms))
    for at in range(0, len(single), 20):
        some = single[at : at + 20]
        points.append(Point(", ".join(some), some))
    return points


def tagged(parsed: ParsedResume) -> ParsedResume:
    """Tag each bullet with the skills, of this resume and well-known ones, that its text names."""
    own = {skill.casefold(): skill for point in parsed.loose for skill in point.skills if len(skill) <= 30}
    known = {**{name.casefold(): name for name in KNOWN}, **own}
    pattern = _any_of([*known.values()])
    for point in (*parsed.loose, *(point for entry in parsed.entries for point in entry.points)):
        if not point.skills:
            point.skills = _named(point.text, known, pattern)
    return parsed


def _any_of(names: list[str]) -> re.Pattern[str]:
    longest_first = sorted(set(names), key=len, reverse=True)
    forms = (re.escape(name) + (r"(?:\d\d)?" if name.endswith("++") else "") for name in longest_first)
    return re.compile(rf"(?<![\w.+#])({'|'.join(forms)})(?![\w+#])", re.IGNORECASE)


def _named(text: str, known: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    skills: dict[str, str] = {}
    for match in pattern.finditer(text):
        spelling = re.sub(r"(?<=\+\+)\d\d$", "", match[0])
        name = known[spelling.casefold()]
        if _is_meant(text, match, spelling, name):
            skills.setdefault(name.casefold(), name)
    return list(skills.values())[:_AT_MOST]


def _is_meant(text: str, match: re.Match[str], spelling: str, name: str) -> bool:
    if spelling.lower() in NAMES:
        return is_language(text, *match.span())
    return spelling.casefold() not in _AMBIGUOUS or spelling == name
