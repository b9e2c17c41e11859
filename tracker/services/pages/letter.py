"""The letter of an application: its versions, and two of them compared."""

from tracker.db import Scope
from tracker.errors import Sorry
from tracker.services.idempotency import run_once
from tracker.services.letters import letter_page, versions
from tracker.services.letters.comparison import compare
from tracker.services.pages.action import act
from tracker.shapes.letter_versions import Comparison, LetterWithComparison
from tracker.shapes.notice import Done

Pair = tuple[str, str]
"""The identifiers of the version shown and of the one beside it; empty while nothing is compared."""
NO_PAIR = ("", "")


def page(
    scope: Scope, application_id: str, letter_id: str = "", pair: Pair = NO_PAIR
) -> LetterWithComparison:
    """Return a version, else the newest, and its comparison where two are compared."""
    sheet = letter_page.letter_page(scope, application_id, letter_id)
    return LetterWithComparison(sheet, _compared(scope, sheet.id, pair))


def draft(
    scope: Scope, application_id: str, tone: str, length: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Draft a version from the user's bullets, and show it."""
    letter_id = run_once(scope, key, versions.draft, application_id, tone, length)
    scope.reread()
    shown = page(scope, application_id, letter_id, pair)
    return Done("Letter drafted from your bullets", "", shown)


def edit(
    scope: Scope, letter_id: str, written: str, was: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Save what a hand made of a version, and show the version it became."""
    edited = run_once(scope, key, versions.edit, letter_id, written, was)
    scope.reread()
    return Done("Letter saved", "", _page_of(scope, edited, pair))


def strike(
    scope: Scope, letter_id: str, revision: str, paragraph: int, at: int, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Take a sentence out of the revision that was shown, and show what is left."""
    shortened = run_once(scope, key, versions.remove_sentence, letter_id, paragraph, at, revision)
    scope.reread()
    return Done("Sentence taken out", "", _page_of(scope, shortened, pair))


def send(
    scope: Scope, application_id: str, letter_id: str, shown: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Mark a version as the one that was sent today; the one shown stays."""
    return act(scope, key, versions.send, letter_id).showing(page(scope, application_id, shown, pair))


def remove(
    scope: Scope, application_id: str, letter_id: str, pair: Pair, key: str
) -> Done[LetterWithComparison]:
    """Remove a version, and show the newest of the others."""
    return act(scope, key, versions.remove, letter_id).showing(page(scope, application_id, "", pair))


def _page_of(scope: Scope, letter_id: str, pair: Pair) -> LetterWithComparison:
    row, application = letter_page.version_with_application(scope, letter_id)
    return page(scope, str(application.id), str(row.id), pair)


def _compared(scope: Scope, shown: str, pair: Pair) -> Comparison | None:
    """Go on comparing the version that is shown by now with the same one, where that can be."""
    before, beside = pair
    if not before:
        return None
    try:
        return compare(scope, shown, before if beside == shown else beside)
    except Sorry:
        return None
