"""The list of applications as a table or board, and its bulk actions."""

from collections.abc import Collection, Sequence

from tracker.db import Scope
from tracker.services.applications import application_list, board, deletion, field_edits, stage_moves
from tracker.services.figures.drilldown import in_words
from tracker.services.filter_choices import sources_and_tags
from tracker.services.pages.action import act
from tracker.shapes.application_list import ListPage, ListView, Offers
from tracker.shapes.applications import ApplicationPage, Column
from tracker.shapes.enumerations import Stage
from tracker.shapes.notice import Done


def page(scope: Scope, view: ListView, stages: Collection[str] = tuple(Stage)) -> ListPage:
    """Return the rows of a view; for the board, only the columns of `stages`."""
    behind = in_words(scope, view.filters.behind) if view.filters.behind else ""
    columns = {stage.value: Column() for stage in Stage if stage in stages}
    if view.filters.view != "board":
        return ListPage(behind, application_list.page(scope, view.filters, view.after), columns)
    read = board.board_columns(scope, view.filters, view.expanded, stages)
    return ListPage(behind, ApplicationPage([]), columns | {column.stage: column for column in read})


def page_with_offers(scope: Scope, view: ListView) -> tuple[Offers, ListPage]:
    """Return the choices of the filters, and the rows of a view."""
    sources, tags = sources_and_tags(scope)
    return Offers(sources, tags), page(scope, view)


def move(scope: Scope, view: ListView, ids: Sequence[str], stage: str, outcome: str) -> Done[ListPage]:
    """Move applications; for the board, return the columns that they left and entered."""
    locked = stage_moves.locked_applications(scope, ids)
    left = {row.stage for row in locked}
    target = stage_moves.parsed_target(stage, outcome)
    done = act(scope, "", stage_moves.move_locked, locked, *target)
    return done.showing(page(scope, view, {*left, stage}))


def tag(scope: Scope, view: ListView, ids: list[str], word: str) -> Done[ListPage]:
    """Add a tag to applications."""
    return act(scope, "", field_edits.tag, ids, word).showing(page(scope, view))


def delete(scope: Scope, view: ListView, ids: Sequence[str], key: str) -> Done[ListPage]:
    """Delete applications."""
    return act(scope, key, deletion.remove, ids).showing(page(scope, view))
