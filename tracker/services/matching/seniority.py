"""The seniority that a job title names."""

import re
from functools import lru_cache

from tracker.shapes.priority import Seniority

_NAMED = (
    (
        Seniority.MANAGER,
        (
            r"head of|director|vp|vice president|chief|cto|"
            r"(?:engineering|development|software|data|platform|it|design) manager|manager,? (?:of )?(?:software )?engineering"
        ),
    ),
    (Seniority.STAFF, r"staff|principal|lead|tech lead|team lead|distinguished|fellow|architect"),
    (Seniority.SENIOR, r"senior|sr|snr|experienced|iii"),
    (Seniority.MID, r"mid|mid-level|midlevel|intermediate|regular|professional|ii"),
    (Seniority.JUNIOR, r"junior|jr|entry-level|entry level|graduate|associate|trainee|apprentice"),
    (Seniority.INTERN, r"intern|internship|working student|werkstudent|praktikant|student"),
)
_PATTERNS = tuple((level, re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.I)) for level, words in _NAMED)


@lru_cache(maxsize=8192)
def level_of(role: str) -> Seniority | None:
    """Return the highest level that a title names, or None."""
    return next((level for level, pattern in _PATTERNS if pattern.search(role)), None)
