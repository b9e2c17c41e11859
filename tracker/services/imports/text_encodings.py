"""The encoding of a text file: certain where its bytes say so, else asked with both readings."""

import encodings
import importlib
import pkgutil
from contextlib import suppress
from itertools import zip_longest

from tracker.services.imports.sheets import Encoding
from tracker.services.isolated_process import Unreadable

WINDOWS = "cp1252"
SAMPLE = 256 * 1024
MAX_LINES = 3
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NOT_TEXT = (
    "This isn't a text file or a table that Pursuit can read. Use CSV, a spreadsheet, JSON, or a ZIP of them."
)


def decoded(content: bytes, chosen: str = "") -> tuple[str, str, list[Encoding]]:
    """Return the text, its encoding, and the encodings to choose from where the bytes don't decide.

    Raises Unreadable for bytes that aren't text.
    """
    if certain := next((name for mark, name in _MARKS.items() if content.startswith(mark)), ""):
        return _text(content, certain), certain, []
    try:
        return _checked(content.decode("utf-8")), "utf-8", []
    except UnicodeDecodeError:
        choices = _choices(content)
        name = next((choice.name for choice in choices if choice.name == chosen), choices[0].name)
        return _text(content, name), name, choices if len(choices) > 1 else []


def preload() -> None:
    """Load every codec and the detector, since the isolated process has no file system."""
    for module in pkgutil.walk_packages(encodings.__path__, "encodings."):
        with suppress(ImportError):
            importlib.import_module(module.name)
    _proposal("é à ü, une société".encode(WINDOWS) * 8)


def _text(content: bytes, name: str) -> str:
    return _checked(content.decode(name, "replace"))


def _checked(text: str) -> str:
    if "\x00" in text:
        raise Unreadable(NOT_TEXT)
    return text


def _choices(content: bytes) -> list[Encoding]:
    """Return the Windows encoding and the detector's proposal, with lines that differ, or one if none do."""
    names = list(dict.fromkeys((WINDOWS, _proposal(content[:SAMPLE]))))
    texts = {name: content.decode(name, "replace") for name in names}
    if len({*texts.values()}) == 1:
        return [Encoding(WINDOWS)]
    lines: dict[str, list[str]] = {name: [] for name in names}
    for different in zip_longest(*(text.splitlines() for text in texts.values()), fillvalue=""):
        if len({*different}) > 1 and len(lines[WINDOWS]) < MAX_LINES:
            for name, line in zip(names, different, strict=True):
                lines[name].append(line[:200])
    return [Encoding(name, lines[name]) for name in names]


def _proposal(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else WINDOWS
