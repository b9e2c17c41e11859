"""Arguments of every handler are checked by its annotations before it runs."""

from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from tracker.framework.app_state import AppState
from tracker.framework.event_arguments import FORM_ENTRIES, RefusedArguments, check_arguments, is_handler
from tracker.tracker import app

assert app
STATE = AppState.get_full_name()
SAY = f"{STATE}.tracker___state___base____notices.say"
SAVE = f"{STATE}.tracker___state___add_application____add_application.save"
TAKE = f"{STATE}.tracker___state___practice____practice.take"


def test_every_handler_has_a_signature_that_can_be_checked() -> None:
    for name in RegistrationContext.get().event_handlers:
        with pytest.raises(RefusedArguments):
            check_arguments(name, {"no such argument": 1})


def test_arguments_of_the_annotated_types_pass_unchanged() -> None:
    assert check_arguments(SAY, {"message": "hello", "is_trouble": False}) == {
        "message": "hello",
        "is_trouble": False,
    }
    form = {"company": "Acme", "notes": ""}
    assert check_arguments(SAVE, {"form": form}) == {"form": form}
    arguments = {"keys": "a b", "key": "k"}
    assert check_arguments(TAKE, arguments) == arguments


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"message": "hello"},
        {"message": "hello", "is_trouble": "yes"},
        {"message": "hello", "is_trouble": 1},
        {"message": ["hello"], "is_trouble": False},
        {"message": None, "is_trouble": False},
        {"message": "hello", "is_trouble": False, "more": 1},
    ],
)
def test_other_arguments_are_refused_without_repeating_them(payload: dict[str, Any]) -> None:
    with pytest.raises(RefusedArguments) as refused:
        check_arguments(SAY, payload)
    assert "hello" not in str(refused.value)


@pytest.mark.parametrize(
    "value", [{"$ne": 1}, [["a"]], ["a"], 3, 2**31, 1.5, {"a": {"b": 1}}, b"bytes"], ids=repr
)
def test_a_form_holds_text_only(value: Any) -> None:
    with pytest.raises(RefusedArguments):
        check_arguments(SAVE, {"form": {"company": value}})


def test_a_form_as_the_browser_sends_it_is_read_by_name() -> None:
    entries = [
        ["company", "Acme"],
        ["role", "first"],
        ["role", "last"],
        ["yes", True],
        ["no", False],
        ["none", None],
    ]
    assert check_arguments(SAVE, {"form": {FORM_ENTRIES: entries}}) == {
        "form": {"company": "Acme", "role": "last", "yes": "on"}
    }


@pytest.mark.parametrize(
    "entries",
    [None, "ab", ["ab"], [["a"]], [["a", "b", "c"]], [["a", {"b": 1}]], [["a", [["b"]]]], {"a": "b"}],
    ids=repr,
)
def test_a_form_of_another_shape_is_refused(entries: Any) -> None:
    with pytest.raises(RefusedArguments):
        check_arguments(SAVE, {"form": {FORM_ENTRIES: entries}})


@pytest.mark.parametrize("name", ["nonsense", "", "reflex___state____state", "setvar"])
def test_a_name_without_a_handler_is_not_known(name: str) -> None:
    assert not is_handler(name)
