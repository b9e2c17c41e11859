"""A resume that was read, beside what the profile holds already; what the person ticks is kept in one transaction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Invalid, NotFound, TooMany
from tracker.models import Bullet, Position, jobs, resume_imports
from tracker.services.profile import changing, fields, reading
from tracker.services.profile.changes import about, recorded
from tracker.services.profile.importing import discard, held
from tracker.services.profile.months import in_words
from tracker.services.profile.resume.found import Entry, Found, Point
from tracker.services.typed import parsed_by
from tracker.shapes.profile import Profile
from tracker.shapes.profile_page import ProposedBullet, ProposedPosition, Review
from tracker.shapes.words import ImportState, JobKind, JobState


def review(scope: Scope) -> Review:
    """The person's resume on its way in: waiting, unreadable with its reason, or read and compared; nothing when there is none."""
    rows = scope.rows(
        select(
            resume_imports.id, resume_imports.state, resume_imports.name, resume_imports.reason, resume_imports.proposal
        ).where(resume_imports.user_id == scope.user_id)
    )  # fmt: skip
    if not rows:
        return Review()
    row = rows[0]
    if row["state"] != ImportState.READY.value:
        broke = _why_it_broke(scope, row["id"]) if row["state"] == ImportState.WAITING.value else ""
        state = ImportState.FAILED.value if broke else row["state"]
        return Review(str(row["id"]), state, row["name"], row["reason"] or broke)
    return _compared(str(row["id"]), row["name"], Found.of_plain(row["proposal"]), reading.read(scope))


def _why_it_broke(scope: Scope, subject: Any) -> str:
    """Why the job failed for good, where it left no reason with the resume itself."""
    latest = select(jobs.state, jobs.reason, jobs.next_try_at).where(
        jobs.user_id == scope.user_id, jobs.kind == JobKind.READ_RESUME.value, jobs.subject == subject
    )
    rows = scope.rows(latest.order_by(jobs.requested_at.desc()).limit(1))
    failed = rows and rows[0]["state"] == JobState.FAILED.value and rows[0]["next_try_at"] is None
    return str(rows[0]["reason"]) if failed else ""


@dataclass
class _There:
    """What the profile holds, to be compared with."""

    profile: Profile

    def __post_init__(self) -> None:
        self.places = {_key(p.title, p.organisation): p.id for p in self.profile.positions}
        self.texts = {_key(bullet.text) for bullet in self.profile.bullets}
        self.languages = {_key(re.sub(r"\(.*", "", one)) for one in self.profile.languages}

    def place(self, entry: Entry) -> str:
        return self.places.get(_key(entry.title, entry.organisation), "")

    def has(self, point: Point) -> bool:
        return _key(point.text) in self.texts


def _key(*texts: str) -> str:
    return "|".join(re.sub(r"[^\w]+", " ", text.casefold()).strip() for text in texts)


def _compared(import_id: str, name: str, found: Found, profile: Profile) -> Review:
    there = _There(profile)
    positions = [_position(n, entry, there) for n, entry in enumerate(found.entries)]
    loose = [_bullet(f"l{n}", point, there) for n, point in enumerate(found.loose)]
    new = [one for one in found.languages if _key(re.sub(r"\(.*", "", one)) not in there.languages]
    proposals: list[ProposedPosition | ProposedBullet] = [
        *positions,
        *loose,
        *(b for p in positions for b in p.bullets),
    ]
    heads = [("headline", bool(found.headline) and not profile.headline), ("languages", bool(new))]
    return Review(
        id=import_id, state=ImportState.READY.value, name=name,
        headline=found.headline, headline_is_there=_key(found.headline) == _key(profile.headline),
        languages=", ".join(found.languages), languages_are_there=not new,
        positions=positions, loose=loose,
        ticked=[*(key for key, is_new in heads if is_new), *(one.key for one in proposals if not one.is_there)],
    )  # fmt: skip


def _position(number: int, entry: Entry, there: _There) -> ProposedPosition:
    key = f"p{number}"
    dates = in_words(entry.begun, entry.ended, entry.is_current)
    name = f"{entry.title} at {entry.organisation}" if entry.organisation else entry.title
    return ProposedPosition(
        key=key, kind=fields.POSITION["kind"](entry.kind), title=entry.title, organisation=entry.organisation,
        begun=entry.begun, ended=entry.ended, is_current=entry.is_current, is_there=bool(there.place(entry)),
        subject=f"{name}, {dates}" if dates else name,
        bullets=[_bullet(f"{key}b{n}", point, there) for n, point in enumerate(entry.points)],
    )  # fmt: skip


def _bullet(key: str, point: Point, there: _There) -> ProposedBullet:
    return ProposedBullet(key, point.text, ", ".join(point.skills), there.has(point))


def keys(review: Review) -> set[str]:
    """Everything that can be ticked."""
    bullets = [*review.loose, *(b for p in review.positions for b in p.bullets)]
    return {"headline", "languages", *(p.key for p in review.positions), *(b.key for b in bullets)}


def along(review: Review, key: str) -> list[str]:
    """The bullets that are ticked and left together with their position: those the profile hasn't got."""
    return [b.key for p in review.positions if p.key == key for b in p.bullets if not b.is_there]


def count(review: Review, ticked: list[str]) -> str:
    """How much of it would be kept, as `2 positions and 7 bullets`."""
    positions, bullets = _chosen(review, set(ticked))
    parts = [reading.counted(len(positions), "position"), reading.counted(len(list(bullets)), "bullet")]
    others = len({"headline", "languages"} & set(ticked))
    shown = [part for part in parts if not part.startswith("0 ")]
    return " and ".join(shown) or ("the head of the profile" if others else "nothing")


def _chosen(review: Review, ticked: set[str]) -> tuple[list[ProposedPosition], list[ProposedBullet]]:
    """What is ticked; a bullet needs its position, here or in the profile."""
    held_by = [p for p in review.positions if p.key in ticked or p.is_there]
    points = [*(b for p in held_by for b in p.bullets), *review.loose]
    return [p for p in review.positions if p.key in ticked], [b for b in points if b.key in ticked]


def keep(scope: Scope, import_id: str, ticked: list[str], typed: dict[str, str]) -> str:
    """Keep what is ticked, as the person has edited it, all or nothing; Invalid names each field that can't be kept."""
    held(scope, import_id, lock=True)
    profile = about(scope)
    shown = review(scope)
    if shown.state != ImportState.READY.value:
        raise NotFound("resume")
    wanted = set(ticked)
    said = count(shown, ticked)
    values = _read(shown, wanted, typed)
    with recorded(scope, f"{said} kept from a resume"):
        if "headline" in values:
            profile.headline = values["headline"]
        if "languages" in values:
            every = ", ".join([*profile.languages, *values["languages"]])
            profile.languages = parsed_by(fields.ABOUT, {"languages": every})["languages"]
        _write(scope, shown, wanted, values)
    discard(scope, import_id)
    return f"Kept {said}"


def _read(shown: Review, wanted: set[str], typed: dict[str, str]) -> dict[str, Any]:
    """The values of everything that is ticked, each under its key."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    positions, bullets = _chosen(shown, wanted)
    for key, parse in (
        *(("headline", fields.ABOUT),) * ("headline" in wanted), *(("languages", fields.ABOUT),) * ("languages" in wanted),
        *((one.key, fields.POSITION) for one in positions), *((one.key, fields.BULLET) for one in bullets),
    ):  # fmt: skip
        try:
            if parse is fields.ABOUT:
                values[key] = parsed_by(parse, {key: typed.get(key, "")})[key]
            elif parse is fields.POSITION:
                values[key] = fields.position(_of(key, typed, fields.POSITION))
            else:
                values[key] = parsed_by(fields.BULLET, {"text": "", **_of(key, typed, ("text", "skills"))})
        except Invalid as why:
            wrong |= {key if name == key else f"{key}-{name}": text for name, text in why.fields.items()}
    if wrong:
        raise Invalid(wrong)
    return values


def _of(key: str, typed: dict[str, str], names: Any) -> dict[str, str]:
    return {name: typed[f"{key}-{name}"] for name in names if f"{key}-{name}" in typed}


def _write(scope: Scope, shown: Review, wanted: set[str], values: dict[str, Any]) -> None:
    there = _There(reading.read(scope))
    order = changing.ordered_positions(scope)
    if len(order) + sum(p.key in wanted for p in shown.positions) > changing.MOST_POSITIONS:
        raise TooMany(f"A profile holds at most {changing.MOST_POSITIONS} positions.")
    if len(there.profile.bullets) + len(_chosen(shown, wanted)[1]) > changing.MOST_BULLETS:
        raise TooMany(f"A profile holds at most {changing.MOST_BULLETS} bullets.")
    was_empty = not order
    for one in shown.positions:
        row_id: Any = there.places.get(_key(one.title, one.organisation))
        if one.key in wanted:
            row = scope.add(Position(**values[one.key]))
            later = (n for n, other in enumerate(order) if not was_empty and other.begun < row.begun)
            order.insert(next(later, len(order)), row)
            row_id = row.id
        _hang(scope, row_id, _points(one.bullets, values))
    changing.number(order)
    _hang(scope, None, _points(shown.loose, values))


def _points(bullets: list[ProposedBullet], values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (values[one.key] for one in bullets if one.key in values)


def _hang(scope: Scope, position_id: Any, points: Iterator[dict[str, Any]]) -> None:
    made = [Bullet(**point, position_id=position_id, user_id=scope.user_id) for point in points]
    if made:
        before = changing.ordered_bullets(scope, position_id)
        changing.number([*before, *made])
        for offset, row in enumerate(made):
            row.place = len(before) + offset
        scope.session.add_all(made)
        scope.session.flush()
