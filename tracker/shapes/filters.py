"""Filters: the applications a list shows and their order, as query parameters."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tracker.shapes.enumerations import Outcome, Stage, Workplace
from tracker.shapes.figures import Selection, day_or_none
from tracker.storable_text import query_values

SORTS = {
    "touched": "Last activity",
    "company": "Company",
    "role": "Role",
    "applied": "Application date",
    "deadline": "Deadline",
    "score": "Score",
    "excitement": "Excitement",
    "salary": "Salary",
    "stage": "Stage",
}
DUE = {"today": "Due today", "week": "Due this week", "late": "Overdue"}
DESCENDING_FIRST = {"touched", "applied", "excitement", "score", "salary", "stage"}


@dataclass(frozen=True)
class Filters:
    """The filters and order of the list; the defaults show all."""

    view: str = "table"
    q: str = ""
    stage: str = ""
    outcome: str = ""
    workplace: str = ""
    source: str = ""
    tag: str = ""
    due: str = ""
    since: str = ""
    until: str = ""
    role: str = ""
    behind: str = ""
    sort: str = "touched"
    order: str = ""

    @classmethod
    def of_query(cls, query: dict[str, str]) -> "Filters":
        """Return the filters of the list's query parameters; unknown values fall back to the defaults."""
        values = query_values(query, cls.__dataclass_fields__)
        return cls(
            view=values["view"] if values["view"] in ("table", "board") else "table",
            q=values["q"],
            stage=values["stage"] if values["stage"] in {*Stage, "open"} else "",
            outcome=values["outcome"] if values["outcome"] in set(Outcome) else "",
            workplace=values["workplace"] if values["workplace"] in set(Workplace) else "",
            source=values["source"],
            tag=values["tag"],
            due=values["due"] if values["due"] in DUE else "",
            since=day_or_none(values["since"]),
            until=day_or_none(values["until"]),
            role=values["role"],
            behind=values["behind"],
            sort=values["sort"] if values["sort"] in SORTS else "touched",
            order=values["order"] if values["order"] in ("up", "down") else "",
        )

    @property
    def descending(self) -> bool:
        """True if the greatest value comes first."""
        return self.order == "down" if self.order else self.sort in DESCENDING_FIRST

    @property
    def is_plain(self) -> bool:
        """True if nothing limits the list."""
        limits = (self.q, self.stage, self.outcome, self.workplace, self.source, self.tag, self.due)
        return not (any(limits) or self.is_of_figures)

    @property
    def is_open_first(self) -> bool:
        """True if closed applications come last: by last activity, in all stages, without a search."""
        return self.sort == "touched" and self.descending and not (self.q or self.stage)

    @property
    def is_of_figures(self) -> bool:
        """True if the list shows the applications behind a figure."""
        return any((self.since, self.until, self.role, self.behind))

    @property
    def selection(self) -> Selection:
        """The selection that the figure is computed over."""
        parameters = {name: getattr(self, name) for name in ("since", "until", "source", "tag", "role")}
        return Selection.of_query(parameters)

    def sorted_by(self, sort: str) -> "Filters":
        """Return the filters sorted by a column; the current column reverses its order."""
        if sort not in SORTS:
            return self
        if sort != self.sort:
            return replace(self, sort=sort, order="")
        return replace(self, order="up" if self.descending else "down")

    def address(self) -> str:
        """Return the list's address with the parameters that differ from the defaults."""
        parameters = self.as_query()
        return "/applications" + (f"?{urlencode(parameters)}" if parameters else "")

    def as_query(self) -> dict[str, str]:
        """Return the parameters that differ from the defaults."""
        defaults = Filters()
        return {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if getattr(self, name) != getattr(defaults, name)
        }
