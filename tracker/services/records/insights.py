"""Next actions, scores and figures as records."""

from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.services.actions import action_list
from tracker.services.figures.all_figures import figures
from tracker.services.figures.rates import ENOUGH, interval
from tracker.services.priority.comparison import explain
from tracker.shapes.actions import NextAction
from tracker.shapes.enumerations import ActionKind, Stage
from tracker.shapes.figures import NamedRate, Selection
from tracker.shapes.records import (
    ActionGroupRecord,
    ActionRecord,
    ActionsRecord,
    AnalyticsRecord,
    RateRecord,
    ReasonRecord,
    ScoreRecord,
    StayRecord,
)


def actions(scope: Scope, whole: str = "") -> ActionsRecord:
    """Return what to do next, by group; the one named `whole` has up to a hundred actions, others five."""
    sent = scope.session.scalar(select(action_list.sent_this_week(scope))) or 0
    groups = [
        ActionGroupRecord(
            name=group.name,
            label=group.label,
            count=group.count,
            actions=[_action(item) for item in group.first],
        )
        for group in action_list.groups(scope, sent, whole)
    ]
    return ActionsRecord(groups=groups)


def score(scope: Scope, application_id: UUID | str) -> ScoreRecord:
    """Return an application's score with the reasons that add up to it."""
    explained = explain(scope, str(application_id))
    reasons = [
        ReasonRecord(factor=reason.factor, points=reason.points, sentence=reason.sentence)
        for reason in explained.reasons
    ]
    return ScoreRecord(score=explained.score, reasons=reasons)


def analytics(scope: Scope, selection: Selection) -> AnalyticsRecord:
    """Return the figures of a selection of applications."""
    shown = figures(scope, selection)
    return AnalyticsRecord(
        applications=shown.n,
        sent=shown.sent,
        reached={step.stage: step.count for step in shown.funnel},
        rates=[_rate(item) for item in shown.rates],
        stays=[
            StayRecord(
                stage=Stage(stay.stage), median_days=stay.days if stay.n >= ENOUGH else None,
                completed=stay.n, still_there=stay.still,
            )
            for stay in shown.stays
        ],
    )  # fmt: skip


def _action(item: NextAction) -> ActionRecord:
    return ActionRecord(
        kind=ActionKind(item.kind),
        about=item.about,
        application_id=UUID(item.application_id),
        interview_id=UUID(item.interview_id) if item.interview_id else None,
        company=item.company,
        role=item.role,
        label=item.label,
        why=item.why,
        is_late=item.is_late,
    )


def _rate(item: NamedRate) -> RateRecord:
    count, whole = (int(number) for number in item.rate.of.split(" of "))
    is_enough = whole >= ENOUGH
    low, high = interval(count, whole) if is_enough else (None, None)
    return RateRecord(
        name=item.name, label=item.label, count=count, of=whole,
        share=count / whole if is_enough else None, low=low, high=high,
    )  # fmt: skip
