"""Import of bob's, and the service functions by which another user would reach it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.support.people import Person
from tracker.services.imports.comparison import ApplicationPlan, ContactPlan
from tracker.services.imports.data_imports import store_text
from tracker.services.imports.mappings import ImportMapping
from tracker.services.imports.sheets import FileContent
from tracker.shapes.enumerations import Stage


def create_rows(person: Person, secret: str) -> str:
    """Create an import of the user's and return its id."""
    import_id: str = person.call(store_text, f"Company,Role\n{secret},Engineer")
    return import_id


def stored_plan(application: str) -> ApplicationPlan:
    """Return a plan that fills the industry of an application."""
    return ApplicationPlan({}, Stage.SAVED, None, UUID(application), filled={"industry": "Mine"})


Arguments = Callable[[Any], tuple[Any, ...]]

REFUSED: dict[str, Arguments] = {
    "imports.data_imports.data_import": lambda t: (t.data_import,),
    "imports.data_imports.save_tables": lambda t: (UUID(t.data_import), FileContent([])),
    "imports.data_imports.check": lambda t: (UUID(t.data_import),),
    "imports.data_imports.change": lambda t: (t.data_import, {"timezone": "UTC"}),
    "imports.data_imports.request_apply": lambda t: (t.data_import,),
    "imports.data_imports.discard": lambda t: (t.data_import,),
    "imports.apply_import.apply": lambda t: (UUID(t.data_import), lambda percent: None),
    "imports.undo_import.undo": lambda t: (t.data_import,),
    "imports.import_page.import_page": lambda t: (t.data_import,),
    "pages.imports.change": lambda t: (t.data_import, "timezone", "UTC", "", 1),
    "pages.imports.apply": lambda t: (t.data_import, "a press"),
    "pages.imports.discard": lambda t: (t.data_import, "a press"),
    "pages.imports.undo": lambda t: (t.data_import, "a press"),
}

SEES_NOTHING: dict[str, Arguments] = {
    "imports.comparison.plan": lambda t: (FileContent([]), ImportMapping([])),
    "imports.data_imports.store_file": lambda t: (b"Company,Role\nMine,Engineer", "jobs.csv"),
    "imports.data_imports.store_text": lambda t: ("Company,Role\nMine,Engineer",),
    "imports.application_changes.add_applications": lambda t: ([], lambda number: None),
    "imports.application_changes.update_applications": lambda t: ([stored_plan(t.application)],),
    "imports.contact_changes.add_contacts": lambda t: ([],),
    "imports.contact_changes.update_contacts": lambda t: (
        [ContactPlan({}, UUID(t.contact), filled={"phone": "1"})],
    ),
    "imports.import_page.past_imports": lambda t: (),
    "pages.imports.store_text": lambda t: ("Company,Role\nMine,Engineer", "a press"),
    "pages.imports.page": lambda t: (t.data_import,),
}
