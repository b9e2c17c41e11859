"""The type of a file, by its content and never by its name."""

from tracker.services.isolated_process import Unreadable

PDF, DOCX, JSON, TEXT = "pdf", "docx", "json", "text"
KINDS = "Use a PDF, a Word file (.docx), plain text, Markdown, or JSON Resume."
PROBLEMS = {
    "no_file": "Choose a file first.",
    "too_large": "This file is larger than 5 MB.",
    "empty": "This file is empty.",
    "archive": f"This is an archive, or a document of another kind. {KINDS}",
    "old_word": "This is an old Word file, or one with a password. Save it as .docx without one, or as PDF.",
    "rich_text": "This is a rich text file. Save it as .docx or PDF.",
    "web_page": f"This is a web page, not a resume. {KINDS}",
    "no_text": f"This isn't text. {KINDS}",
}
"""Problems found before a file is parsed, by a key that an address can contain."""


def kind_of(content: bytes) -> str:
    """Return one of the four types; raises Unreadable for another type or an empty file."""
    head = content[:1024].lstrip()
    if not content.strip():
        raise Unreadable(PROBLEMS["empty"])
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        if b"word/" not in content:
            raise Unreadable(PROBLEMS["archive"])
        return DOCX
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(PROBLEMS["old_word"])
    if head.startswith(b"{\\rtf"):
        raise Unreadable(PROBLEMS["rich_text"])
    if head[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Unreadable(PROBLEMS["web_page"])
    text = decoded(content)
    return JSON if text.lstrip().startswith("{") else TEXT


def decoded(content: bytes) -> str:
    """Decode bytes as text; raises Unreadable for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    control_count = sum(
        1 for character in text[:20_000] if ord(character) < 32 and character not in "\n\r\t\f\v"
    )
    if "\x00" in text[:20_000] or control_count > len(text[:20_000]) // 20:
        raise Unreadable(PROBLEMS["no_text"])
    return text
