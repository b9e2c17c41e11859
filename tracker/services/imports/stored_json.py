"""JSON values as compressed bytes, for columns of tables that are read as a whole."""

import json
import zlib
from typing import Any


def packed(value: Any) -> bytes:
    """Return a value as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpacked(content: bytes | None) -> Any:
    """Return the value of compressed JSON; None for no bytes."""
    return json.loads(zlib.decompress(content)) if content else None
