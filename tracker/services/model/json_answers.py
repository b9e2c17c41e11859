"""JSON within a model's answer."""

import json
import re
from contextlib import suppress
from typing import Any


def json_in(text: str) -> Any:
    """Return the JSON of a text, bare, fenced or among other words; None where there is none."""
    fenced = re.search(r"```(?:json)?(.*?)```", text, re.DOTALL)
    for candidate in (text, fenced[1] if fenced else ""):
        with suppress(ValueError, RecursionError):
            return json.loads(candidate)
    for opening in re.finditer(r"[{\[]", text):
        with suppress(ValueError, RecursionError):
            return json.JSONDecoder().raw_decode(text, opening.start())[0]
    return None
