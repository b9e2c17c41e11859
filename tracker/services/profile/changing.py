"""Writing a profile by hand: head, positions and bullets are added, edited, moved and removed."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.errors import NotFound, TooMany
from tracker.models import Bullet, Position, bullets, positions
from tracker.services.profile import fields
from tracker.services.profile.changes import about, recorded
from tracker.services.typed import parsed_by

MOST_POSITIONS, MOST_BULLETS = 60, 600
WAYS = {"up": -1, "down": 1, "first": -10_000, "last": 10_000}


def edit_about(scope: Scope, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change headline and languages from what was read; Conflict when one was changed elsewhere meanwhile."""
    row = about(scope)
    now = fields.as_typed({"headline": row.headline, "languages": row.languages})
    with recorded(scope, "head edited"):
        row.sqlmodel_update(parsed_by(fields.ABOUT, fields.merged(now, typed, was)))
    return "Head of the profile saved"


def add_position(scope: Scope, typed: dict[str, str]) -> str:
    """Keep a new position, before the first that began earlier; its id. TooMany when there are sixty."""
    row = Position(**fields.position(typed))
    with recorded(scope, f"position {row.title} added"):
        others = ordered_positions(scope)
        if len(others) >= MOST_POSITIONS:
            raise TooMany(f"A profile holds at most {MOST_POSITIONS} positions.")
        scope.add(row)
        at = next((n for n, other in enumerate(others) if other.begun < row.begun), len(others))
        number([*others[:at], row, *others[at:]])
    return str(row.id)


def edit_position(scope: Scope, position_id: str, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change a position from what was read; Conflict when a field was changed elsewhere meanwhile."""
    about(scope)
    row = scope.get(Position, position_id, lock=True)
    now = fields.as_typed(row.model_dump())
    with recorded(scope, f"position {row.title} edited"):
        row.sqlmodel_update(fields.position(fields.merged(now, typed, was)))
    return "Position saved"


def move_position(scope: Scope, position_id: str, way: str) -> str:
    """Move a position up or down among the others; at the edge it stays."""
    about(scope)
    row = scope.get(Position, position_id)
    with recorded(scope, f"position {row.title} moved"):
        moved = _shift(ordered_positions(scope), row, way)
    return f"{row.title} moved {way}" if moved else f"{row.title} stays where it is"


def remove_position(scope: Scope, position_id: str) -> str:
    """Remove a position and its bullets; the log keeps them, so that they can be brought back."""
    about(scope)
    row = scope.get(Position, position_id, lock=True)
    held = len(ordered_bullets(scope, row.id))
    with recorded(scope, f"position {row.title} removed"):
        scope.session.delete(row)
        scope.session.flush()
        scope.session.expire_all()
    return f"{row.title} removed" + (f" with {held} bullet{'' if held == 1 else 's'}" if held else "")


def add_bullet(scope: Scope, typed: dict[str, str]) -> str:
    """Keep a new bullet at the end of its position, or of those that belong to none; its id. TooMany at six hundred."""
    values = parsed_by(fields.BULLET, {"text": "", "skills": "", "position_id": "", **typed})
    about(scope)
    position_id = _position(scope, values.pop("position_id"))
    number_now = select(func.count()).select_from(Bullet).where(bullets.user_id == scope.user_id)
    if (scope.session.scalar(number_now) or 0) >= MOST_BULLETS:
        raise TooMany(f"A profile holds at most {MOST_BULLETS} bullets.")
    row = Bullet(**values, position_id=position_id)
    with recorded(scope, "bullet added"):
        before = ordered_bullets(scope, position_id)
        number([*before, scope.add(row)])
    return str(row.id)


def edit_bullet(scope: Scope, bullet_id: str, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change a bullet's text, skills or position from what was read; Conflict when it was changed elsewhere meanwhile."""
    about(scope)
    row = scope.get(Bullet, bullet_id, lock=True)
    values = parsed_by(fields.BULLET, fields.merged(fields.as_typed(row.model_dump()), typed, was))
    position_id = _position(scope, values.pop("position_id"))
    with recorded(scope, "bullet edited"):
        row.sqlmodel_update(values)
        if position_id != row.position_id:
            behind = ordered_bullets(scope, position_id)
            row.position_id = position_id
            number([*behind, row])
    return "Bullet saved"


def move_bullet(scope: Scope, bullet_id: str, way: str) -> str:
    """Move a bullet up or down within its position; at the edge it stays."""
    about(scope)
    row = scope.get(Bullet, bullet_id)
    with recorded(scope, "bullet moved"):
        moved = _shift(ordered_bullets(scope, row.position_id), row, way)
    return f"Bullet moved {way}" if moved else "Bullet stays where it is"


def remove_bullet(scope: Scope, bullet_id: str) -> str:
    """Remove a bullet; the log keeps it, so that it can be brought back."""
    about(scope)
    row = scope.get(Bullet, bullet_id, lock=True)
    with recorded(scope, "bullet removed"):
        scope.session.delete(row)
    return "Bullet removed"


def ordered_positions(scope: Scope) -> list[Position]:
    """The positions in the person's order, as rows."""
    query = select(Position).where(positions.user_id == scope.user_id).order_by(positions.place, positions.id)
    return list(scope.session.scalars(query))


def ordered_bullets(scope: Scope, position_id: UUID | None) -> list[Bullet]:
    """The bullets of one position, or those of none, in the person's order, as rows."""
    query = select(Bullet).where(
        bullets.user_id == scope.user_id, bullets.position_id.is_not_distinct_from(position_id)
    )
    return list(scope.session.scalars(query.order_by(bullets.place, bullets.id)))


def number(rows: list[Any]) -> None:
    """Give rows the places of the order they are in."""
    for place, row in enumerate(rows):
        row.place = place


def _shift(rows: list[Any], row: Any, way: str) -> bool:
    """Move a row among its like; whether it has another place now."""
    if way not in WAYS:
        raise NotFound("way")
    at = rows.index(row)
    rows.insert(max(0, at + WAYS[way]), rows.pop(at))
    number(rows)
    return rows[at] is not row


def _position(scope: Scope, position_id: str) -> UUID | None:
    return scope.get(Position, position_id).id if position_id else None
