"""Values that the fields of a profile accept, and the ways to write a month."""

import pytest

from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services import profile
from tracker.services.profile.edits import add_bullet, add_position


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"title": "x", "kind": "duel"}, "kind"),
        ({"title": "x", "begun": "soon"}, "begun"), ({"title": "x", "begun": "2021-13"}, "begun"),
        ({"title": "x", "begun": "2021", "ended": "2020"}, "ended"),
        ({"title": "x", "begun": "2021-05", "ended": "2021-04"}, "ended"),
        ({"title": "x", "organisation": "x" * 201}, "organisation"),
    ],
)  # fmt: skip
def test_a_wrong_position_is_named_and_nothing_is_kept(
    alice: Person, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(add_position, typed)
    assert list(wrong.value.fields) == [field]
    assert alice.call(profile.read).positions == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": "  "}, "text"), ({"text": "x" * 1001}, "text"), ({"text": "x", "skills": "y" * 61}, "skills"),
        ({"text": "x", "skills": ",".join(map(str, range(31)))}, "skills"),
    ],
)  # fmt: skip
def test_a_wrong_bullet_is_named_and_nothing_is_kept(
    alice: Person, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(add_bullet, typed)
    assert list(wrong.value.fields) == [field]
    assert alice.call(profile.read).bullets == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2021", "2021"), ("2021-3", "2021-03"), ("03/2021", "2021-03"), ("Mar 2021", "2021-03"),
        ("März 2021", "2021-03"), ("15.03.2021", "2021-03"), ("2021-03-15", "2021-03"), ("Sept. '19", "2019-09"),
        ("Summer 2019", "2019"), ("", ""),
    ],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(alice: Person, typed: str, stored: str) -> None:
    alice.call(add_position, {"title": "x", "begun": typed})
    assert alice.call(profile.read).positions[0].begun == stored
