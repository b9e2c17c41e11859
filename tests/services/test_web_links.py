"""Web addresses in the place of an interview."""

import pytest

from tests.support.people import Person
from tracker.services.interviews.interview_lists import detail
from tracker.services.interviews.scheduling import schedule
from tracker.services.web_links import first_link

ZOOM = "https://zoom.us/j/1?pwd=a.b"


@pytest.mark.parametrize(
    "place",
    [
        f"{ZOOM}", f"{ZOOM}, code 99", f"{ZOOM}.", f"{ZOOM}; bring a pen", f"<{ZOOM}>", f"({ZOOM})", f"[{ZOOM}]", f"Zoom ({ZOOM}).", f"Zoom:{ZOOM}",
        f"Link={ZOOM}!", f"会议{ZOOM}", f"{ZOOM}。", f"“{ZOOM}”", f'"{ZOOM}"', f"[Join]({ZOOM})", f"{ZOOM}（会议）", f"{ZOOM}:", f"{ZOOM} https://other.example",
    ],
)  # fmt: skip
def test_a_link_has_nothing_of_the_text_around_it(place: str) -> None:
    assert first_link(place) == ZOOM


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
        ("https://safe.example/?url=https://zoom.us/j/1", "https://safe.example/?url=https://zoom.us/j/1"),
        ("https://h.example/a?b==", "https://h.example/a?b=="),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("www.zoom.us/j/1, please", "https://www.zoom.us/j/1"),
        ("node.js, asp.net, Room 1.2", ""),
        ("javascript:alert(1)//www", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_only_complete_addresses_are_links(text: str, link: str) -> None:
    assert first_link(text) == link


def test_an_interview_is_joined_by_the_link_in_its_place(alice: Person) -> None:
    place = f"Zoom:{ZOOM}, code 99"
    meeting = alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-05T09:00", "place": place})
    assert alice.call(detail, meeting).line.link == ZOOM
