"""The isolated process that reads a file to import."""

from typing import Any

from tracker.services import isolated_process
from tracker.services.imports.sheets import FileContent
from tracker.services.isolated_process import Unreadable

TOO_MUCH = (
    "This file takes more time or memory to read than a job search should. Save the table alone as CSV."
)


def read_isolated(content: bytes, encoding: str = "") -> FileContent:
    """Read a file's tables in an isolated process; raises Unreadable with the reason."""
    answer = isolated_process.run(__name__, content, *([encoding] if encoding else []))
    if problem := str((answer or {"problem": TOO_MUCH}).get("problem", "")):
        raise Unreadable(problem[:500])
    return FileContent.of_plain(answer.get("content"))


def _main() -> None:
    from tracker.services.imports.file_content import content_of, preload

    def read(content: bytes, options: list[str]) -> dict[str, Any]:
        return {"content": content_of(content, *options[:1]).as_plain()}

    isolated_process.serve(preload, read)


if __name__ == "__main__":
    _main()
