"""Limits of what is set for actions, and how far a missing fact can move a score."""

import pytest

from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services.actions.cadence_settings import save
from tracker.services.actions.missing_fields import max_points
from tracker.shapes.priority import Factor, Wishes


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("follow_up_first", 1, 60), ("follow_up_again", 1, 60), ("follow_ups", 0, 5), ("reply_first", 0, 30),
        ("reply_again", 1, 30), ("prepare", 0, 14), ("thank_you", 0, 7), ("close", 7, 365),
    ],
)  # fmt: skip
def test_a_part_of_the_cadence_lies_within_its_limits(alice: Person, field: str, low: int, high: int) -> None:
    for number in (low, high):
        assert alice.call(save, {field: str(number)}) == "Cadence saved"
    for number in (low - 1, high + 1):
        with pytest.raises(Invalid) as refused:
            alice.call(save, {field: str(number)})
        assert set(refused.value.fields) == {field}


WORTH = {Factor.EXCITEMENT: 9, Factor.PLACE: 9, Factor.COMPANY: 8, Factor.SALARY: 7}


@pytest.mark.parametrize(
    ("fact", "wished", "points"),
    [
        ("excitement", {}, 9),
        ("salary_from", {"industries": ("energy",), "sizes": ("tiny",), "workplaces": ("remote",), "cities": ("Bonn",)}, 7),
        ("workplace", {"workplaces": ("remote",)}, 9),
        ("workplace", {"workplaces": ("remote",), "countries": ("DE",)}, 5),
        ("location", {"workplaces": ("remote",), "cities": ("Bonn",)}, 5),
        ("location", {"cities": ("Bonn",)}, 9),
        ("workplace", {"workplaces": ("remote",), "industries": ("energy",), "sizes": ("tiny",)}, 9),
        ("industry", {"industries": ("energy",)}, 8),
        ("company_size", {"sizes": ("tiny",)}, 8),
        ("industry", {"industries": ("energy",), "sizes": ("tiny",)}, 4),
        ("posting_text", {}, 0),
    ],
)  # fmt: skip
def test_a_factor_with_two_facts_gives_half_to_each(
    fact: str, wished: dict[str, tuple[str, ...]], points: int
) -> None:
    assert max_points(fact, Wishes(**wished), WORTH) == points  # type: ignore[arg-type]
