"""When an answer wants to be practised next: FSRS, within the days that are left until the interview.

FSRS-6 with its published default parameters (open-spaced-repetition), without fuzz, so that the same ratings at the
same times always give the same days.
"""

from datetime import datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler

from tracker.shapes.preparation import Recall

_SCHEDULER = Scheduler(enable_fuzzing=False)
LAST_LOOK = timedelta(hours=12)
"""Before the interview everything that was practised is due once more, a weak answer first."""


def practised(
    card: dict[str, Any], recall: Recall, now: datetime, starts_at: datetime
) -> tuple[dict[str, Any], datetime]:
    """The card after one more answer from memory, and when it is due again: never later than half a day before the interview,
    unless that has begun."""
    before = Card.from_dict(card) if card else Card(card_id=0, due=now)  # type: ignore[arg-type]
    after, _ = _SCHEDULER.review_card(before, Rating(recall.number), now)
    last = starts_at - LAST_LOOK
    due = min(after.due, last) if now < last else after.due
    return dict(after.to_dict()), due
