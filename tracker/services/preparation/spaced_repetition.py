"""Spaced repetition: when an answer is due again, within the days left until the interview.

FSRS-6 with its published default parameters (open-spaced-repetition), without fuzz, so that the same ratings at the same times
always give the same days.
"""

from datetime import datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler

from tracker.shapes.preparation import Recall

_SCHEDULER = Scheduler(enable_fuzzing=False)
LAST_REVIEW = timedelta(hours=12)
"""Time before the interview at which every practised answer is due once more."""


def practised(
    card: dict[str, Any], recall: Recall, now: datetime, starts_at: datetime
) -> tuple[dict[str, Any], datetime]:
    """Return the card after one more recall, and when it is due again.

    Never later than half a day before the interview, unless that has begun.
    """
    before = Card.from_dict(card) if card else Card(card_id=0, due=now)  # type: ignore[arg-type]
    after, _ = _SCHEDULER.review_card(before, Rating(recall.number), now)
    last = starts_at - LAST_REVIEW
    due = min(after.due, last) if now < last else after.due
    return dict(after.to_dict()), due
