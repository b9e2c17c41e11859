"""Service functions of records, with the arguments by which another user would reach bob's rows."""

from collections.abc import Callable
from typing import Any

from tracker.services.records.events import EventFilter
from tracker.services.records.interviews import InterviewFilter
from tracker.shapes.figures import Selection
from tracker.shapes.filters import Filters

Arguments = Callable[[Any], tuple[Any, ...]]

REFUSED: dict[str, Arguments] = {
    "records.account.bullet": lambda t: (t.profile.bullet,),
    "records.account.position": lambda t: (t.profile.position,),
    "records.applications.read": lambda t: (t.application,),
    "records.contacts.read": lambda t: (t.contact,),
    "records.events.read": lambda t: (t.event,),
    "records.imports.read": lambda t: (t.data_import,),
    "records.imports.rows": lambda t: (t.data_import, "", "", 50),
    "records.insights.score": lambda t: (t.application,),
    "records.interviews.read": lambda t: (t.interview,),
    "records.letters.page": lambda t: (t.application, "", 50),
    "records.letters.read": lambda t: (t.version,),
}

SEES_NOTHING: dict[str, Arguments] = {
    "records.account.preferences_record": lambda t: (),
    "records.account.profile_record": lambda t: (),
    "records.account.snapshot_page": lambda t: (None, None, "", 50),
    "records.applications.page": lambda t: (Filters(q="Bobcorp"), "", 50),
    "records.contacts.page": lambda t: ("", "", 50),
    "records.events.page": lambda t: (EventFilter(application_id=t.application), "", 50),
    "records.imports.latest": lambda t: (),
    "records.insights.actions": lambda t: (),
    "records.insights.analytics": lambda t: (Selection(),),
    "records.interviews.page": lambda t: (InterviewFilter(application_id=t.application), "", 50),
    "applications.application_list.page_ids": lambda t: (Filters(q="Bobcorp"), "", 50),
}

NO_ROWS = {
    "idempotency.answer_once",
    "records.keyset.page",
    "records.keyset.within",
    "timeline.event_sentence",
}
"""Parts of queries, and functions that act through another one."""
