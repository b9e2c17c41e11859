"""The command palette: applications, contacts and interviews that match, in at most four queries."""

from sqlalchemy import case, func, select

from tracker.db import Scope
from tracker.models import Interview, applications, contacts, interviews
from tracker.services.applications.application_list import page
from tracker.services.contacts import contact_list
from tracker.services.interviews.interview_items import list_item, matching_rows
from tracker.services.search_words import text_conditions
from tracker.shapes.applications import Card
from tracker.shapes.contacts import ContactItem
from tracker.shapes.enumerations import InterviewKind
from tracker.shapes.filters import Filters
from tracker.shapes.interviews import InterviewItem
from tracker.shapes.palette import COMMANDS, PaletteItem, PaletteResults
from tracker.storable_text import clean

MAX_APPLICATIONS, MAX_OTHERS = 8, 5


def search(scope: Scope, raw: str) -> PaletteResults:
    """Return applications, contacts and interviews with every word; the most recent ones without words."""
    typed = clean(raw).strip()[:200]
    applications_page = page(scope, Filters(q=typed), size=MAX_APPLICATIONS)
    cards, is_misspelled = applications_page.cards, applications_page.is_similar
    matching_contacts = _contacts(scope, typed, with_swaps=is_misspelled)
    matching_interviews = _interviews(scope, typed, with_swaps=is_misspelled)
    return PaletteResults(
        applications=[_application(card) for card in cards],
        contacts=[_contact(item) for item in matching_contacts],
        interviews=[_interview(item) for item in matching_interviews],
        commands=[name for name in COMMANDS if matches_command(typed, name)],
        is_empty=not (cards or matching_contacts or matching_interviews),
    )


def matches_command(typed: str, name: str) -> bool:
    """Return true if each typed word is in the name, or its letters are, in order, from a word's start."""
    lower_name = name.lower()
    starts = [place for place in range(len(lower_name)) if not place or lower_name[place - 1] == " "]
    return all(
        word in lower_name or any(_in_order(word, lower_name[place:]) for place in starts)
        for word in typed.lower().split()
    )


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return text[:1] == letters[:1] and all(letter in rest for letter in letters)


def _contacts(scope: Scope, words: str, *, with_swaps: bool) -> list[ContactItem]:
    conditions = contact_list.search_conditions(words, is_exact=True, with_swaps=with_swaps)
    query = contact_list.list_query(scope).where(*conditions)
    latest = (contacts.name_key, contacts.id) if words else (contacts.touched_at.desc(), contacts.id.desc())
    return [contact_list.list_item(row) for row in scope.rows(query.order_by(*latest).limit(MAX_OTHERS))]


def _interviews(scope: Scope, words: str, *, with_swaps: bool) -> list[InterviewItem]:
    """Return matching interviews: upcoming ones first, the next on top, then the latest past ones."""
    kinds = case({kind.value: kind.label for kind in InterviewKind}, value=interviews.kind)
    a = applications
    headline = (
        select(a.headline)
        .where(a.user_id == interviews.user_id, a.id == interviews.application_id)
        .correlate(Interview)
        .scalar_subquery()
    )
    text = func.fold(kinds + " " + interviews.interviewers) + " " + headline
    conditions = text_conditions(text, words, is_exact=True, with_swaps=with_swaps)
    distance = func.abs(func.extract("epoch", interviews.starts_at - scope.now))
    order = ((interviews.starts_at < scope.now), distance, interviews.id)
    return [list_item(scope, row) for row in matching_rows(scope, *conditions, order=order, limit=MAX_OTHERS)]


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
