"""Parser of resumes of every supported file type."""

from tracker.services.isolated_process import Unreadable
from tracker.services.resume.file_text import text_of
from tracker.services.resume.file_types import JSON, kind_of
from tracker.services.resume.json_resume import of_json
from tracker.services.resume.parsed_resume import ParsedResume
from tracker.services.resume.text_resume import of_text


def parse_resume(content: bytes) -> ParsedResume:
    """Parse a resume's file; raises Unreadable when nothing in it looks like a resume."""
    kind = kind_of(content)
    text = text_of(content, kind)
    parsed = of_json(text) if kind == JSON else of_text(text)
    if not (parsed.entries or parsed.loose or parsed.headline or parsed.languages):
        raise Unreadable("This doesn't look like a resume: no positions, bullets or skills were found.")
    return parsed
