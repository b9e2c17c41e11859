"""Rows and figures as programs read them: raw values in place of the texts that pages show."""

from tracker.shapes.records.account import (
    BulletRecord,
    MeRecord,
    PositionRecord,
    PreferencesRecord,
    ProfileRecord,
    TokenRecord,
)
from tracker.shapes.records.imports import ImportRecord, ImportRowRecord
from tracker.shapes.records.insights import (
    ActionGroupRecord,
    ActionRecord,
    ActionsRecord,
    AnalyticsRecord,
    RateRecord,
    ReasonRecord,
    ScoreRecord,
    SnapshotRecord,
    StayRecord,
)
from tracker.shapes.records.results import (
    BulkResult,
    MessageRecord,
    Page,
    RowResult,
    field_names,
)
from tracker.shapes.records.rows import (
    ApplicationRecord,
    ContactRecord,
    EventRecord,
    InterviewRecord,
    LetterRecord,
)

__all__ = [
    "ActionGroupRecord",
    "ActionRecord",
    "ActionsRecord",
    "AnalyticsRecord",
    "ApplicationRecord",
    "BulkResult",
    "BulletRecord",
    "ContactRecord",
    "EventRecord",
    "ImportRecord",
    "ImportRowRecord",
    "InterviewRecord",
    "LetterRecord",
    "MeRecord",
    "MessageRecord",
    "Page",
    "PositionRecord",
    "PreferencesRecord",
    "ProfileRecord",
    "RateRecord",
    "ReasonRecord",
    "RowResult",
    "ScoreRecord",
    "SnapshotRecord",
    "StayRecord",
    "TokenRecord",
    "field_names",
]
