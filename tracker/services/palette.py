"""The palette: everything of the person's that a few words find, in at most four statements."""

from sqlalchemy import case, func, select

from tracker.db import Scope
from tracker.models import Interview, applications, contacts, interviews
from tracker.services.applications.application_list import page
from tracker.services.contacts import contact_list
from tracker.services.interviews.interview_items import list_item, matching_rows
from tracker.shapes.applications import Card
from tracker.shapes.contacts import ContactItem
from tracker.shapes.filters import Filters
from tracker.shapes.interviews import InterviewItem
from tracker.shapes.palette import COMMANDS, PaletteItem, PaletteResults
from tracker.shapes.words import InterviewKind
from tracker.storable_text import clean

APPLICATIONS, OTHERS = 8, 5


def find(scope: Scope, words: str) -> PaletteResults:
    """Applications, contacts and interviews that hold every word; without words the most recent of each."""
    typed = clean(words).strip()[:200]
    cards = page(scope, Filters(q=typed), size=APPLICATIONS).cards
    held = _contacts(scope, typed)
    met = _interviews(scope, typed)
    return PaletteResults(
        applications=[_application(card) for card in cards],
        contacts=[_contact(one) for one in held],
        interviews=[_interview(one) for one in met],
        commands=[name for name in COMMANDS if fits(typed, name)],
        is_empty=not (cards or held or met),
    )


def fits(words: str, name: str) -> bool:
    """Whether each word typed is in a command's name, or its letters are, in order, from the start of a word on."""
    whole = name.lower()
    starts = [place for place in range(len(whole)) if not place or whole[place - 1] == " "]
    return all(
        word in whole or any(_in_order(word, whole[place:]) for place in starts)
        for word in words.lower().split()
    )


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return text[:1] == letters[:1] and all(letter in rest for letter in letters)


def _contacts(scope: Scope, words: str) -> list[ContactItem]:
    query = contact_list.list_query(scope).where(*contact_list.search_conditions(words))
    latest = (contacts.name_key, contacts.id) if words else (contacts.touched_at.desc(), contacts.id.desc())
    return [contact_list.list_item(row) for row in scope.rows(query.order_by(*latest).limit(OTHERS))]


def _interviews(scope: Scope, words: str) -> list[InterviewItem]:
    """Interviews to come first, the next of them on top, then the latest of the past."""
    kinds = case({kind.value: kind.label for kind in InterviewKind}, value=interviews.kind)
    a = applications
    headline = (
        select(a.headline)
        .where(a.user_id == interviews.user_id, a.id == interviews.application_id)
        .correlate(Interview)
        .scalar_subquery()
    )
    text = func.fold(kinds + " " + interviews.interviewers) + " " + headline
    held = [func.strpos(text, func.fold(word)) > 0 for word in words.split()]
    away = func.abs(func.extract("epoch", interviews.starts_at - scope.now))
    order = ((interviews.starts_at < scope.now), away, interviews.id)
    return [list_item(scope, row) for row in matching_rows(scope, *held, order=order, limit=OTHERS)]


def _application(card: Card) -> PaletteItem:
    return PaletteItem(
        id=card.id,
        kind="application",
        title=f"{card.role} at {card.company}",
        detail=card.standing,
        mark=card.mark,
        tint=card.tint,
        address=f"/applications/{card.id}",
    )


def _contact(contact: ContactItem) -> PaletteItem:
    return PaletteItem(
        id=contact.id,
        kind="contact",
        title=contact.name,
        detail=contact.about,
        mark=contact.mark,
        tint=contact.tint,
        address=f"/contacts/{contact.id}",
    )


def _interview(interview: InterviewItem) -> PaletteItem:
    return PaletteItem(
        id=interview.id,
        kind="interview",
        title=f"{interview.kind_label}, {interview.subject}",
        detail=interview.when,
        mark=interview.mark,
        tint=interview.tint,
        address=f"/interviews/{interview.id}",
    )
