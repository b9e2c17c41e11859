"""What a person does in a minute with a long search, in the order they would do it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from bench import words
from bench.tab import Answer, Tab

_OURS = "reflex___state____state.tracker___framework___app_state____app_state.tracker___state___"
LIST = f"{_OURS}applications____applications"
PAGE = f"{_OURS}application____application_view"
COUNTER = "reflex___state____state.floor___floor____counter.add"


def sets(name: str) -> str:
    """What a message holds that gives a var a value."""
    return f'"{name}_rx_state_":'


@dataclass(frozen=True)
class Action:
    """One action: a page to load, or a handler to call with what its answer holds; unnamed ones aren't reported."""

    name: str
    page: str = ""
    handler: str = ""
    until: str = ""
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether it changes something of the person's, so that what every page shows follows."""
        return self.handler.endswith(".move")

    async def act(self, tab: Tab) -> Answer:
        """Do it in a tab."""
        if self.page:
            return await tab.visit(self.page)
        return await tab.call(self.handler, self.until, self.payload)


FLOOR = Action("floor: add one", handler=COUNTER, until=sets("count"))
FLOOR_PAGE = Action("floor: open a page whose load adds one", page="/")


def _listed(name: str, handler: str, until: str = "cards", **payload: Any) -> Action:
    return Action(name, handler=f"{LIST}.{handler}", until=sets(until), payload=payload)


def minute(application_id: UUID) -> Iterator[Action]:
    """One round of everything that is measured, around one application in the stage `applied`."""
    here = f"/applications/{application_id}"
    yield Action("open the list", page="/applications")
    yield _listed("next page", "turn", forward=True)
    yield _listed("page back", "turn", forward=False)
    yield _listed("search, common word", "search", words="engineer")
    yield _listed("search, two words", "search", words="senior berlin")
    yield _listed("search, rare word", "search", words=words.RARE)
    yield _listed("search, typing error", "search", words="enginer")
    yield _listed("search, nothing found", "search", words="xqzwvkj")
    yield _listed("", "search", words="")
    yield _listed("sort by company", "sort", column="company")
    yield _listed("", "clear_filters")
    yield _listed("filter by stage", "narrow", field="stage", value="interviewing")
    yield _listed("filter by tag too", "narrow", field="tag", value="climate")
    yield _listed("", "clear_filters")
    yield _listed("move a stage in the list", "move", application_id=str(application_id), to="screening")
    yield _listed("show the board", "narrow", "offer", field="view", value="board")
    yield _listed("move a card on the board", "move", "offer", application_id=str(application_id), to="offer")
    yield Action("open an application", page=here)
    yield Action(
        "move a stage on its page", handler=f"{PAGE}.move", until=sets("detail"), payload={"to": "applied"}
    )
    yield Action("open the dashboard", page="/")
    yield Action("open the analytics page after a change", page="/analytics")
    yield Action("open the analytics page again", page="/analytics")


def applied(url: str, user_id: UUID) -> list[UUID]:
    """Applications of a person to move about, in an order of chance that is the same each time."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT id FROM application WHERE user_id = %s AND stage = 'applied' AND deleted_at IS NULL "
            "ORDER BY md5(company || role) LIMIT 500",
            [user_id],
        )
        return [row[0] for row in found]
