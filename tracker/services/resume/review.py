"""Review of a parsed resume beside the profile; what the user ticks is saved in one transaction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Invalid, NotFound, TooMany
from tracker.models import Bullet, Position, jobs, resume_imports
from tracker.services.field_parsers import parsed_by
from tracker.services.months import in_words
from tracker.services.plurals import counted
from tracker.services.profile import edits, profile_fields, profile_page
from tracker.services.profile.changes import locked_profile, recorded
from tracker.services.resume.imports import discard, resume_import
from tracker.services.resume.parsed_resume import Entry, ParsedResume, Point
from tracker.shapes.enumerations import ImportState, JobKind, JobState
from tracker.shapes.profile import Profile
from tracker.shapes.profile_page import ProposedBullet, ProposedPosition, Review


def review(scope: Scope) -> Review:
    """Return the user's resume import: waiting, failed, or compared with the profile; empty without one."""
    rows = scope.rows(
        select(
            resume_imports.id, resume_imports.state, resume_imports.name, resume_imports.reason, resume_imports.proposal
        ).where(resume_imports.user_id == scope.user_id)
    )  # fmt: skip
    if not rows:
        return Review()
    row = rows[0]
    if row["state"] != ImportState.READY.value:
        broke = _failure_reason(scope, row["id"]) if row["state"] == ImportState.WAITING.value else ""
        state = ImportState.FAILED.value if broke else row["state"]
        return Review(str(row["id"]), state, row["name"], row["reason"] or broke)
    return _compared(
        str(row["id"]), row["name"], ParsedResume.of_plain(row["proposal"]), profile_page.read(scope)
    )


def _failure_reason(scope: Scope, subject: Any) -> str:
    """Return why the job failed for good, where it left no reason with the import itself."""
    latest = select(jobs.state, jobs.reason, jobs.next_try_at).where(
        jobs.user_id == scope.user_id, jobs.kind == JobKind.READ_RESUME.value, jobs.subject == subject
    )
    rows = scope.rows(latest.order_by(jobs.requested_at.desc()).limit(1))
    failed = rows and rows[0]["state"] == JobState.FAILED.value and rows[0]["next_try_at"] is None
    return str(rows[0]["reason"]) if failed else ""


@dataclass
class _Existing:
    """The content of the profile, to compare with."""

    profile: Profile

    def __post_init__(self) -> None:
        self.places = {_key(p.title, p.organisation): p.id for p in self.profile.positions}
        self.texts = {_key(bullet.text) for bullet in self.profile.bullets}
        self.languages = {_key(re.sub(r"\(.*", "", language)) for language in self.profile.languages}

    def place(self, entry: Entry) -> str:
        return self.places.get(_key(entry.title, entry.organisation), "")

    def has(self, point: Point) -> bool:
        return _key(point.text) in self.texts


def _key(*texts: str) -> str:
    return "|".join(re.sub(r"[^\w]+", " ", text.casefold()).strip() for text in texts)


def _compared(import_id: str, name: str, parsed: ParsedResume, profile: Profile) -> Review:
    existing = _Existing(profile)
    positions = [_position(n, entry, existing) for n, entry in enumerate(parsed.entries)]
    loose = [_bullet(f"l{n}", point, existing) for n, point in enumerate(parsed.loose)]
    new_languages = [
        item for item in parsed.languages if _key(re.sub(r"\(.*", "", item)) not in existing.languages
    ]
    proposals: list[ProposedPosition | ProposedBullet] = [
        *positions,
        *loose,
        *(b for p in positions for b in p.bullets),
    ]
    heads = [("headline", bool(parsed.headline) and not profile.headline), ("languages", bool(new_languages))]
    return Review(
        id=import_id, state=ImportState.READY.value, name=name,
        headline=parsed.headline, headline_is_there=_key(parsed.headline) == _key(profile.headline),
        languages=", ".join(parsed.languages), languages_are_there=not new_languages,
        positions=positions, loose=loose,
        ticked=[*(key for key, is_new in heads if is_new), *(item.key for item in proposals if not item.is_there)],
    )  # fmt: skip


def _position(number: int, entry: Entry, existing: _Existing) -> ProposedPosition:
    key = f"p{number}"
    dates = in_words(entry.begun, entry.ended, entry.is_current)
    name = f"{entry.title} at {entry.organisation}" if entry.organisation else entry.title
    return ProposedPosition(
        key=key, kind=profile_fields.POSITION["kind"](entry.kind), title=entry.title, organisation=entry.organisation,
        begun=entry.begun, ended=entry.ended, is_current=entry.is_current, is_there=bool(existing.place(entry)),
        subject=f"{name}, {dates}" if dates else name,
        bullets=[_bullet(f"{key}b{n}", point, existing) for n, point in enumerate(entry.points)],
    )  # fmt: skip


def _bullet(key: str, point: Point, existing: _Existing) -> ProposedBullet:
    return ProposedBullet(key, point.text, ", ".join(point.skills), existing.has(point))


def keys(review: Review) -> set[str]:
    """Return the keys of everything that can be ticked."""
    bullets = [*review.loose, *(b for p in review.positions for b in p.bullets)]
    return {"headline", "languages", *(p.key for p in review.positions), *(b.key for b in bullets)}


def new_bullets_of(review: Review, key: str) -> list[str]:
    """Return the bullets ticked and cleared together with their position: those new to the profile."""
    return [b.key for p in review.positions if p.key == key for b in p.bullets if not b.is_there]


def count(review: Review, ticked: list[str]) -> str:
    """Return what would be saved, as `2 positions and 7 bullets`."""
    positions, bullets = _chosen(review, set(ticked))
    parts = [
        counted(len(positions), "position"),
        counted(len(list(bullets)), "bullet"),
    ]
    head_fields = [name for name in ("headline", "languages") if name in ticked]
    shown = [part for part in parts if not part.startswith("0 ")]
    return " and ".join(shown) or (f"the {' and '.join(head_fields)}" if head_fields else "nothing")


def _chosen(review: Review, ticked: set[str]) -> tuple[list[ProposedPosition], list[ProposedBullet]]:
    """Return what is ticked; a bullet needs its position, here or in the profile."""
    with_position = [p for p in review.positions if p.key in ticked or p.is_there]
    points = [*(b for p in with_position for b in p.bullets), *review.loose]
    return [p for p in review.positions if p.key in ticked], [b for b in points if b.key in ticked]


def save_ticked(scope: Scope, import_id: str, ticked: list[str], typed: dict[str, str]) -> str:
    """Save the ticked parts as edited, all or none; raises Invalid, which names every invalid field."""
    resume_import(scope, import_id, lock=True)
    profile = locked_profile(scope)
    shown = review(scope)
    if shown.state != ImportState.READY.value:
        raise NotFound("resume")
    chosen = set(ticked)
    summary = count(shown, ticked)
    values = _read(shown, chosen, typed)
    with recorded(scope, f"{summary} kept from a resume"):
        if "headline" in values:
            profile.headline = values["headline"]
        if "languages" in values:
            languages = ", ".join([*profile.languages, *values["languages"]])
            profile.languages = parsed_by(profile_fields.ABOUT, {"languages": languages})["languages"]
        _write(scope, shown, chosen, values)
    discard(scope, import_id)
    return f"Kept {summary}"


def _read(shown: Review, chosen: set[str], typed: dict[str, str]) -> dict[str, Any]:
    """Return the values of everything that is ticked, by key."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    positions, bullets = _chosen(shown, chosen)
    for key, parse in (
        *(("headline", profile_fields.ABOUT),) * ("headline" in chosen), *(("languages", profile_fields.ABOUT),) * ("languages" in chosen),
        *((item.key, profile_fields.POSITION) for item in positions), *((item.key, profile_fields.BULLET) for item in bullets),
    ):  # fmt: skip
        try:
            if parse is profile_fields.ABOUT:
                values[key] = parsed_by(parse, {key: typed.get(key, "")})[key]
            elif parse is profile_fields.POSITION:
                values[key] = profile_fields.position(_of(key, typed, profile_fields.POSITION))
            else:
                values[key] = parsed_by(
                    profile_fields.BULLET, {"text": "", **_of(key, typed, ("text", "skills"))}
                )
        except Invalid as error:
            errors |= {key if name == key else f"{key}-{name}": text for name, text in error.fields.items()}
    if errors:
        raise Invalid(errors)
    return values


def _of(key: str, typed: dict[str, str], names: Any) -> dict[str, str]:
    return {name: typed[f"{key}-{name}"] for name in names if f"{key}-{name}" in typed}


def _write(scope: Scope, shown: Review, chosen: set[str], values: dict[str, Any]) -> None:
    existing = _Existing(profile_page.read(scope))
    order = edits.ordered_positions(scope)
    if len(order) + sum(p.key in chosen for p in shown.positions) > edits.MAX_POSITIONS:
        raise TooMany(f"A profile holds at most {edits.MAX_POSITIONS} positions.")
    if len(existing.profile.bullets) + len(_chosen(shown, chosen)[1]) > edits.MAX_BULLETS:
        raise TooMany(f"A profile holds at most {edits.MAX_BULLETS} bullets.")
    was_empty = not order
    for position in shown.positions:
        row_id: Any = existing.places.get(_key(position.title, position.organisation))
        if position.key in chosen:
            row = scope.add(Position(**values[position.key]))
            later = (n for n, other in enumerate(order) if not was_empty and other.begun < row.begun)
            order.insert(next(later, len(order)), row)
            row_id = row.id
        _append_bullets(scope, row_id, _points(position.bullets, values))
    edits.renumber(order)
    _append_bullets(scope, None, _points(shown.loose, values))


def _points(bullets: list[ProposedBullet], values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (values[bullet.key] for bullet in bullets if bullet.key in values)


def _append_bullets(scope: Scope, position_id: Any, points: Iterator[dict[str, Any]]) -> None:
    rows = [Bullet(**point, position_id=position_id, user_id=scope.user_id) for point in points]
    if rows:
        before = edits.ordered_bullets(scope, position_id)
        edits.renumber([*before, *rows])
        for offset, row in enumerate(rows):
            row.place = len(before) + offset
        scope.session.add_all(rows)
        scope.session.flush()
