"""A resume's bytes in, what it says out."""

from tracker.services.profile.resume.extracting import text_of
from tracker.services.profile.resume.found import Found
from tracker.services.profile.resume.json_resume import of_json
from tracker.services.profile.resume.kinds import JSON, Unreadable, kind_of
from tracker.services.profile.resume.parsing import of_text


def found_in(content: bytes) -> Found:
    """What a file of any kind we know says; Unreadable when nothing in it reads like a resume."""
    kind = kind_of(content)
    text = text_of(content, kind)
    found = of_json(text) if kind == JSON else of_text(text)
    if not (found.entries or found.loose or found.headline or found.languages):
        raise Unreadable("Nothing in this reads like a resume: no position, no bullet, no skill was found.")
    return found
