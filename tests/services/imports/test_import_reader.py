"""The isolated process that reads files to import."""

from collections.abc import Callable

import pytest

from tests.support.import_files import AMBIGUOUS, bomb, far_cell, linkedin_archive, workbook
from tracker.services import isolated_process
from tracker.services.imports import reader_process
from tracker.services.imports.file_content import content_of
from tracker.services.isolated_process import Unreadable

FILES = {
    "archive": linkedin_archive,
    "workbook": lambda: workbook([["Company", "Role"], ["Acme", "Engineer"]]),
    "windows": lambda: AMBIGUOUS.encode("cp1252"),
    "json": lambda: b'[{"company": "Acme"}]',
}


@pytest.mark.parametrize("kind", FILES)
def test_an_isolated_reader_returns_the_same_tables_as_a_direct_one(kind: str) -> None:
    content = FILES[kind]()
    assert reader_process.read_isolated(content) == content_of(content)


def test_the_isolated_reader_takes_the_chosen_encoding() -> None:
    content = "Firma,Rolle\nŁódź Żagiel,Inżynier oprogramowania\nŚwiat Książki,Kierownik działu\n".encode(
        "cp1250"
    )
    assert reader_process.read_isolated(content, "cp1250").sheets[0].rows[1][0] == "Łódź Żagiel"


@pytest.mark.parametrize("make", [bomb, far_cell], ids=["bomb", "far cell"])
def test_a_file_that_unpacks_to_too_much_is_refused_with_a_reason(make: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable, match=r"unpacks to far more|XFD1048576"):
        reader_process.read_isolated(make())


def test_a_reader_of_tables_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_process, "SECONDS", 0.01)
    with pytest.raises(Unreadable) as refused:
        reader_process.read_isolated(b"Company\nAcme\n")
    assert refused.value.message == reader_process.TOO_MUCH
