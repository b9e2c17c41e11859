"""Actions of a user with a large search, in the order in which they are measured."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from bench import vocabulary
from bench.tab import Answer, Tab

_APP_STATE = "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___"
LIST = f"{_APP_STATE}applications____applications"
PAGE = f"{_APP_STATE}application____application_view"
COUNTER = "reflex___state____state.floor___floor____counter.add"


def sets(name: str) -> str:
    """Return text that a message contains if it sets this var."""
    return f'"{name}_rx_state_":'


@dataclass(frozen=True)
class Action:
    """Page load or handler call, and text that its last message contains; nameless ones aren't reported."""

    name: str
    page: str = ""
    handler: str = ""
    until: str = ""
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Return whether the action changes an application, after which the tab's badge is updated."""
        return self.handler.endswith(".move")

    async def act(self, tab: Tab) -> Answer:
        """Run the action in a tab."""
        if self.page:
            return await tab.visit(self.page)
        marked = {"mark": tab.mark} if self.handler == f"{LIST}.search" else {}
        return await tab.call(self.handler, self.until, {**self.payload, **marked})


FLOOR = Action("floor: add one", handler=COUNTER, until=sets("count"))
FLOOR_PAGE = Action("floor: open a page whose load adds one", page="/")


def _list_action(name: str, handler: str, until: str = "cards", **payload: Any) -> Action:
    return Action(name, handler=f"{LIST}.{handler}", until=sets(until), payload=payload)


def round_of_actions(application_id: UUID) -> Iterator[Action]:
    """Yield all measured actions, around one application in the stage `applied`."""
    path = f"/applications/{application_id}"
    yield Action("open the list", page="/applications")
    yield _list_action("next page", "turn_page", forward=True)
    yield _list_action("previous page", "turn_page", forward=False)
    yield _list_action("search, common word", "search", words="engineer")
    yield _list_action("search, two words", "search", words="senior berlin")
    yield _list_action("search, rare word", "search", words=vocabulary.RARE)
    yield _list_action("search, typo", "search", words="enginer")
    yield _list_action("search, no results", "search", words="xqzwvkj")
    yield _list_action("", "search", words="")
    yield _list_action("sort by company", "sort", column="company")
    yield _list_action("", "clear_filters")
    yield _list_action("filter by stage", "narrow", field="stage", value="interviewing")
    yield _list_action("filter by tag too", "narrow", field="tag", value="climate")
    yield _list_action("", "clear_filters")
    yield _list_action(
        "change a stage in the list", "move", application_id=str(application_id), to="screening"
    )
    yield _list_action("show the board", "narrow", "offer", field="view", value="board")
    yield _list_action(
        "move a card on the board", "move", "offer", application_id=str(application_id), to="offer"
    )
    yield Action("open an application", page=path)
    yield Action(
        "change a stage on its page", handler=f"{PAGE}.move", until=sets("detail"), payload={"to": "applied"}
    )
    yield Action("open the dashboard", page="/")
    yield Action("open analytics after a change", page="/analytics")
    yield Action("open analytics again", page="/analytics")


def applied_ids(url: str, user_id: UUID) -> list[UUID]:
    """Return up to 500 applications of a user in the stage `applied`, in a stable shuffled order."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT id FROM application WHERE user_id = %s AND stage = 'applied' AND deleted_at IS NULL "
            "ORDER BY md5(company || role) LIMIT 500",
            [user_id],
        )
        return [row[0] for row in rows]
