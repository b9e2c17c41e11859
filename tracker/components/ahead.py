"""Controls that show what was chosen at once, before the server has answered; its answer still rules."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.base.fragment import Fragment
from reflex_components_core.el.elements.forms import CheckboxInput, Input, Select

from tracker.components import scripts

_IMPORTS = {"react": [ImportVar(tag="useState"), ImportVar(tag="useEffect")]}


class Tick(CheckboxInput):
    """A box that is ticked at once; one that leads a group ticks all of it."""

    tag = "Tick"
    _is_tag_in_global_scope = False
    leads: Var[str] = field(doc="The group of boxes that follow this one.")
    follows: Var[str] = field(doc="The group of boxes that this one belongs to.")

    def add_imports(self) -> dict[str, Any]:
        """React's memory and effect."""
        return _IMPORTS

    def add_custom_code(self) -> list[str]:
        """What a tick does before it is answered."""
        return [scripts.AHEAD, scripts.TICK]


class Choice(Select):
    """A list that shows its new choice at once."""

    tag = "Choice"
    _is_tag_in_global_scope = False
    value: Var[str] = field(doc="The choice as the server knows it.")

    def add_imports(self) -> dict[str, Any]:
        """React's memory and effect."""
        return _IMPORTS

    def add_custom_code(self) -> list[str]:
        """What a choice does before it is answered."""
        return [scripts.AHEAD, scripts.CHOICE]


SLIDE = """
const Slide = ({ value, onChange, ...rest }) => {
  const [ahead, setAhead] = useState(null);
  useEffect(() => {
    if (ahead === null) return;
    if (ahead === value) { setAhead(null); return; }
    const late = setTimeout(() => setAhead(null), 3000);
    return () => clearTimeout(late);
  }, [ahead, value]);
  const change = (e) => { setAhead(e.target.value); onChange?.(e); };
  return jsx('input', { ...rest, type: 'range', value: ahead ?? value, onChange: change });
};
"""
"""Unlike a choice, a slider that is drawn passes values whose answers come in behind it: only the last one's counts."""


class Slide(Input):
    """A slider that stays where it is drawn to."""

    tag = "Slide"
    _is_tag_in_global_scope = False

    def add_imports(self) -> dict[str, Any]:
        """React's memory and effect."""
        return _IMPORTS

    def add_custom_code(self) -> list[str]:
        """Where a slider stands before it is answered."""
        return [SLIDE]


class Answers(Fragment):
    """Tells the page's controls that the server has answered, and whether it refused."""

    said: Var[str] = field(doc="A new value is a new answer.")
    refused: Var[bool] = field(doc="Whether it is a refusal.")
    answer: Var[Any] = field(doc="The last press of a form or button that was answered.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "said", "refused", "answer"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect and its memory."""
        return {"react": [ImportVar(tag="useEffect"), ImportVar(tag="useRef")]}

    def add_hooks(self) -> list[str | Var]:
        """Pass each answer on."""
        return [Var(scripts.tells_answers(str(self.said), str(self.refused), str(self.answer)))]

    def _render(self) -> Any:
        return super()._render().remove_props("said", "refused", "answer")


def tick(**props: Any) -> rx.Component:
    """A checkbox that doesn't wait."""
    return Tick.create(type="checkbox", **props)


def choice(*options: Any, **props: Any) -> rx.Component:
    """A list of choices that doesn't wait."""
    return Choice.create(*options, **props)


def slide(**props: Any) -> rx.Component:
    """A slider that doesn't wait."""
    return Slide.create(**props)


def one_of() -> dict[str, str]:
    """Attributes of a group of buttons of which one is pressed."""
    return {"data-press": "one"}


def up_to() -> dict[str, str]:
    """Attributes of a group of buttons that are pressed up to one, as stars are; pressing the last puts all out."""
    return {"data-press": "up-to"}


def busy() -> dict[str, str]:
    """Attributes of a button that is busy from its press until a notice says what came of it."""
    return {"data-busy": ""}
