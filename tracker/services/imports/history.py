"""The history of an imported application: what happened when, as far as its file states it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.services.imports.drafts import ApplicationDraft
from tracker.shapes.enumerations import Outcome, Stage

SENT = (Outcome.ACCEPTED, Outcome.DECLINED, Outcome.REJECTED, Outcome.NO_RESPONSE)
"""Outcomes of applications that must have been sent."""


@dataclass(frozen=True)
class Step:
    """A stage that an application reached, and when."""

    stage: Stage
    outcome: Outcome | None
    at: datetime


@dataclass(frozen=True)
class History:
    """The steps of an application in order; `is_known` says whether the date of the last one is stated."""

    steps: list[Step]
    is_known: bool

    def columns(self, now: datetime) -> dict[str, Any]:
        """Return the columns of the application's stage.

        An application whose last date is unknown counts as added now in its stage: the figures then leave out how long it took to
        get there, as for one that is typed in late.
        """
        last, furthest = self.steps[-1], self.furthest
        reached = {
            f"{step.stage}_at": step.at
            for step in self.steps
            if step.stage not in (Stage.SAVED, Stage.CLOSED)
        }
        return {
            "stage": last.stage.value,
            "outcome": last.outcome.value if last.outcome else None,
            "stage_since": last.at,
            "furthest": furthest.value,
            "created_at": self.steps[0].at if self.is_known else now,
            "touched_at": last.at,
            **dict.fromkeys(("applied_at", "screening_at", "interviewing_at", "offer_at")),
            **reached,
        }

    @property
    def furthest(self) -> Stage:
        """The furthest stage before closing; an answered application was sent."""
        stages = [step.stage for step in self.steps if step.stage is not Stage.CLOSED]
        sent = [Stage.APPLIED] if self.steps[-1].outcome in SENT else []
        return max([Stage.SAVED, *sent, *stages], key=lambda stage: stage.rank)


def history_of(draft: ApplicationDraft, now: datetime) -> History:
    """Return the steps of a draft; its last one happens now where the file doesn't date it."""
    steps: list[Step] = []
    if draft.saved_at and not (draft.applied_at and draft.applied_at < draft.saved_at):
        steps.append(Step(Stage.SAVED, None, draft.saved_at))
    if draft.applied_at and draft.stage is not Stage.SAVED:
        steps.append(Step(Stage.APPLIED, None, draft.applied_at))
    if steps and steps[-1].stage is draft.stage:
        return History(steps, is_known=True)
    is_dated = draft.status_at is not None and draft.stage not in (Stage.SAVED, Stage.APPLIED)
    at = draft.status_at if is_dated and draft.status_at else now
    at = max([at, *(step.at for step in steps)])
    return History([*steps, Step(draft.stage, draft.outcome, at)], is_known=is_dated)


def move_particulars(before: Step, after: Step, furthest: Stage) -> dict[str, Any]:
    """Return the particulars of the event of a step, which undo reads."""
    return {
        "from": before.stage.value,
        "from_outcome": before.outcome.value if before.outcome else None,
        "from_since": before.at.isoformat(),
        "from_furthest": furthest.value,
        "to": after.stage.value,
        "outcome": after.outcome.value if after.outcome else None,
        "from_follow_up_on": None,
        "follow_up_on": None,
    }
