"""The letter of an application: its versions, and a comparison of two."""

from tracker.db import Scope
from tracker.errors import Sorry
from tracker.services.idempotency import run_once
from tracker.services.letters import letter_page, versions
from tracker.services.letters.comparison import compare
from tracker.services.pages.action import act
from tracker.shapes.letter_versions import Comparison, LetterWithComparison
from tracker.shapes.notice import Done

Pair = tuple[str, str]
"""Ids of the shown version and of the one that it is compared with; empty without a comparison."""
NO_PAIR = ("", "")


def page(
    scope: Scope, application_id: str, letter_id: str = "", pair: Pair = NO_PAIR
) -> LetterWithComparison:
    """Return a version, by default the newest, and the comparison if there is one."""
    sheet = letter_page.letter_page(scope, application_id, letter_id)
    return LetterWithComparison(sheet, _compared(scope, sheet.id, pair))


def draft(
    scope: Scope, application_id: str, tone: str, length: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Draft a version from the user's bullets."""
    letter_id = run_once(scope, key, versions.draft, application_id, tone, length)
    scope.reread()
    shown = page(scope, application_id, letter_id, pair)
    return Done("Letter drafted from your bullets", "", shown)


def edit(
    scope: Scope, letter_id: str, written: str, was: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Save an edited version; the page shows the version that holds the edit."""
    edited = run_once(scope, key, versions.edit, letter_id, written, was)
    scope.reread()
    return Done("Letter saved", "", _page_of(scope, edited, pair))


def remove_sentence(
    scope: Scope, letter_id: str, revision: str, paragraph: int, at: int, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Remove a sentence; raises Conflict if the letter changed since `revision`."""
    shortened = run_once(scope, key, versions.remove_sentence, letter_id, paragraph, at, revision)
    scope.reread()
    return Done("Sentence removed", "", _page_of(scope, shortened, pair))


def send(
    scope: Scope, application_id: str, letter_id: str, shown: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Mark a version as sent today; the shown version doesn't change."""
    return act(scope, key, versions.send, letter_id).showing(page(scope, application_id, shown, pair))


def remove(
    scope: Scope, application_id: str, letter_id: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Remove a version; the page shows the newest of the others."""
    return act(scope, key, versions.remove, letter_id).showing(page(scope, application_id, "", pair))


def _page_of(scope: Scope, letter_id: str, pair: Pair) -> LetterWithComparison:
    row, application = letter_page.version_with_application(scope, letter_id)
    return page(scope, str(application.id), str(row.id), pair)


def _compared(scope: Scope, shown: str, pair: Pair) -> Comparison | None:
    """Compare the version shown now with the same other one as before, if both exist."""
    before, beside = pair
    if not before:
        return None
    try:
        return compare(scope, shown, before if beside == shown else beside)
    except Sorry:
        return None
