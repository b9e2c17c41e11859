"""A strip of links that may be wider than the screen."""

from typing import Any

from reflex_base.components.component import field
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.sectioning import Nav


def shows_chosen(strip: str, chosen: str) -> str:
    """Scroll a strip, and not the page, until the link that is chosen stands in its middle: once drawn, and at each new choice."""
    return f"""
useEffect(() => {{
  const strip = document.getElementById({strip}), link = strip?.querySelector('[aria-current=page]');
  if (!link) return;
  const at = link.getBoundingClientRect(), all = strip.getBoundingClientRect();
  strip.scrollLeft += at.left + at.width / 2 - all.left - all.width / 2;
}}, [{chosen}]);
"""


class Strip(Nav):
    """Links in one line, of which the current one is in view."""

    chosen: Var[str] = field(doc="A new value is a new choice.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "chosen"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect."""
        return {"react": ImportVar(tag="useEffect")}

    def add_hooks(self) -> list[str | Var]:
        """Follow the choice."""
        return [Var(shows_chosen(str(Var.create(self.id)), str(self.chosen)))]
