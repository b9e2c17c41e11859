"""The isolated process that parses a resume's file."""

from tracker.services import isolated_process
from tracker.services.isolated_process import Unreadable
from tracker.services.resume.parsed_resume import ParsedResume

TOO_MUCH = "This file takes more time or memory to read than a resume should. Paste its text instead."


def read_isolated(content: bytes) -> ParsedResume:
    """Parse a resume's file in an isolated process; raises Unreadable with the reason."""
    answer = isolated_process.run(__name__, content) or {"problem": TOO_MUCH}
    if problem := str(answer.get("problem", "")):
        raise Unreadable(problem[:500])
    return ParsedResume.of_plain(answer.get("resume"))


def protections() -> str:
    """Return the protections of the isolated process, as it reports them."""
    answer = isolated_process.run(__name__, b"", isolated_process.PROTECTIONS)
    return str(answer.get("protections") or "didn't start")


def _main() -> None:
    from tracker.services.resume.file_text import preload
    from tracker.services.resume.parse import parse_resume

    isolated_process.serve(preload, lambda content, options: {"resume": parse_resume(content).as_plain()})


if __name__ == "__main__":
    _main()
