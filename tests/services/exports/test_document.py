"""The document of an export: complete, described by its schema, and the same bytes for the same data."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from sqlmodel import SQLModel

from tests.support.people import Person
from tracker.db import scoped
from tracker.demo.seed import add_sample
from tracker.services.exports.document import row_counts, write_document
from tracker.services.exports.schema import json_schema
from tracker.services.exports.sections import LEFT_OUT, SECTIONS
from tracker.services.model.user_service import save as save_service
from tracker.settings import CHECKOUT


def document(person: Person) -> dict[str, Any]:
    file = io.BytesIO()
    person.call(write_document, file)
    parsed: dict[str, Any] = json.loads(file.getvalue())
    return parsed


def test_every_table_of_a_user_is_exported_or_left_out_with_a_reason() -> None:
    tables = {table.name for table in SQLModel.metadata.sorted_tables if "user_id" in table.columns}
    exported = [section.model.__tablename__ for section in SECTIONS]
    assert sorted([*exported, *LEFT_OUT]) == sorted({*tables, "app_user"})
    assert all(reason.endswith(".") for reason in LEFT_OUT.values())


def test_a_section_follows_those_that_its_rows_refer_to() -> None:
    names = [section.model.__tablename__ for section in SECTIONS]
    for section in SECTIONS:
        table: Any = section.model.__table__  # type: ignore[attr-defined]
        for key in table.foreign_keys:
            if key.column.table.name != "app_user":
                assert names.index(key.column.table.name) < names.index(table.name)


def test_a_document_fits_its_schema(alice: Person) -> None:
    alice.call(add_sample)
    validator = jsonschema_rs.Draft202012Validator(json_schema(), validate_formats=True)
    whole = document(alice)
    validator.validate(whole)
    for path, value in ((("applications", 0, "stage"), "hired"), (("interviews", 0, "wall_time"), "noon")):
        broken = json.loads(json.dumps(whole))
        broken[path[0]][path[1]][path[2]] = value
        with pytest.raises(jsonschema_rs.ValidationError):
            validator.validate(broken)


def test_every_section_of_the_schema_is_described() -> None:
    schema = json_schema()
    for section in SECTIONS:
        assert schema["$defs"][section.name]["description"]
        assert f"`{section.name}`" in Path(CHECKOUT / "docs/export.md").read_text()


def test_a_document_holds_one_moment(alice: Person) -> None:
    alice.add_application()
    with scoped(alice.user, is_snapshot=True) as scope:
        before = row_counts(scope)
        alice.add_application()
        assert row_counts(scope) == before


def test_rows_are_lines_in_an_order_that_needs_no_collation(alice: Person) -> None:
    rows = sorted(alice.add_application(company) for company in ("Éclair", "zebra", "Alpha"))
    assert [row["id"] for row in document(alice)["applications"]] == rows
    file = io.BytesIO()
    alice.call(write_document, file)
    assert sum(line.startswith(b'{"applied_at":') for line in file.getvalue().splitlines()) == 3


def test_secrets_and_other_users_are_in_no_document(alice: Person, bob: Person) -> None:
    bob.add_application("Bobcorp")
    alice.call(save_service, {"base_url": "https://ai.example.com/v1", "model": "m", "key": "sk-secret"})
    text = json.dumps(document(alice))
    assert not any(word in text for word in ("Bobcorp", "sk-secret", "sealed_key", "token_hash", "user_id"))
    assert str(alice.user.user_id) not in text
