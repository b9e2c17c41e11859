"""The sections of an export: the tables that it has, and why the others are left out."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, null, or_, select
from sqlmodel import SQLModel

from tracker.models import (
    Application,
    ApplicationContact,
    Bullet,
    Contact,
    Event,
    HiddenAction,
    Interview,
    Letter,
    ModelCall,
    Position,
    Preferences,
    Profile,
    Question,
    Reminder,
    WishList,
    Writing,
    columns_of,
    model_calls,
    writings,
)
from tracker.shapes.enumerations import WritingState


def _differs_from_defaults(model: type[SQLModel], left_out: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that the user set something in a row, which a job may have created."""
    columns = [column for column in columns_of(model) if column.name not in {"user_id", *left_out}]
    return or_(*(column.is_distinct_from(_default(column)) for column in columns))


def _default(column: Any) -> Any:
    return column.server_default.arg if column.server_default else null()


_COUNTED = frozenset({"rates", "sources", "counted_on", "scanned", "borne_out"})
_IS_ENDED = writings.state != WritingState.OPEN.value


@dataclass(frozen=True)
class Section:
    """A table of an export, without its user column, its generated columns and those `left_out`.

    Only rows that meet the `condition` are exported.
    """

    name: str
    model: type[SQLModel]
    left_out: frozenset[str] = field(default_factory=frozenset)
    condition: ColumnElement[bool] | None = None

    @property
    def is_single(self) -> bool:
        """True if a user has at most one row."""
        return [column.name for column in columns_of(self.model) if column.primary_key] == ["user_id"]

    @property
    def columns(self) -> dict[str, Any]:
        """The exported columns by name, in alphabetical order."""
        all_columns = sorted(columns_of(self.model), key=lambda column: column.name)
        names = {"user_id", *self.left_out}
        return {
            str(column.name): column
            for column in all_columns
            if column.computed is None and column.name not in names
        }

    def query(self, user_id: Any) -> Select[Any]:
        """Return the query of a user's rows, in an order independent of the database's collation."""
        own = columns_of(self.model)
        keys = [column for column in own if column.primary_key and column.name != "user_id"]
        order = [key.collate("C") if isinstance(key.type, Text) else key for key in keys]
        query = select(*self.columns.values()).where(own.user_id == user_id).order_by(*order)
        return query if self.condition is None else query.where(self.condition)


SECTIONS = (
    Section("preferences", Preferences),
    Section("profile", Profile),
    Section("positions", Position),
    Section("bullets", Bullet),
    Section("wishes", WishList, _COUNTED, _differs_from_defaults(WishList, _COUNTED)),
    Section("applications", Application, frozenset({"posting_key", "employer_key"})),
    Section("contacts", Contact),
    Section("application_contacts", ApplicationContact),
    Section("interviews", Interview),
    Section("questions", Question),
    Section("letters", Letter),
    Section("generation_requests", Writing, condition=_IS_ENDED),
    Section(
        "model_calls",
        ModelCall,
        frozenset({"is_own"}),
        model_calls.writing_id.in_(
            select(writings.id).where(writings.user_id == model_calls.user_id, _IS_ENDED)
        ),
    ),
    Section("reminders", Reminder),
    Section("hidden_actions", HiddenAction),
    Section("events", Event),
)
"""Every exported table, after the tables that its rows refer to.

Columns that are computed from others are left out, and so is whether a model call counts towards an installation's limit.
"""

LEFT_OUT = {
    "access_token": "The secrets of programs that use this installation.",
    "app_user": "The name is exported as `account`; the rest identifies the user at this installation's provider.",
    "archive": "The exports themselves, which expire.",
    "archive_part": "Their files.",
    "audit_entry": "The history of an account belongs to its installation; the archive has it as a CSV file.",
    "calendar_feed": "The secret address of a feed of this installation.",
    "data_import": "Files being imported; what was imported is in the other sections.",
    "idempotency_key": "Submissions that this installation handled already.",
    "job": "Background work of this installation.",
    "own_service": "The key is encrypted with a secret of this installation.",
    "posting_capture": "Postings being read, which are deleted after a day.",
    "priority": "Scores are computed from applications, wishes and profile.",
    "resume_import": "A resume that waits for its review; its file can be uploaded again.",
    "snapshot": "The figures of past days are computed from the events.",
    "user_session": "Sign-ins at this installation.",
}
"""Tables that aren't exported, with the reason."""
