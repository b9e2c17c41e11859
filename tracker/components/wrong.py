"""Leads whoever sent a form that was refused to the first field that is wrong."""

from typing import Any

from reflex_base.components.component import field
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.base.fragment import Fragment


def leads_to_wrong(refusal: str) -> str:
    """Focus the first field that is wrong when a form was refused: of the form that was sent last, else in the dialog that is open,
    else on the page."""
    return f"""
const refusedBefore = useRef(null), sent = useRef(null);
useEffect(() => {{
  const send = (e) => {{ sent.current = e.target; }};
  document.addEventListener('submit', send, true);
  return () => document.removeEventListener('submit', send, true);
}}, []);
useEffect(() => {{
  const isFirst = refusedBefore.current === null;
  refusedBefore.current = {refusal};
  if (isFirst || !{refusal}) return;
  const isWrong = sent.current?.isConnected && sent.current.querySelector('[aria-invalid=true]');
  const within = isWrong ? sent.current : [...document.querySelectorAll('dialog[open]')].pop() ?? document.getElementById('content');
  const wrong = within?.querySelector('[aria-invalid=true]');
  wrong?.closest('details:not([open])')?.setAttribute('open', '');
  wrong?.focus();
}}, [{refusal}]);
"""


class WrongField(Fragment):
    """Keeps an eye on refusals."""

    refusal: Var[str] = field(doc="A new value is a new refusal.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "refusal"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect and its memory."""
        return {"react": [ImportVar(tag="useEffect"), ImportVar(tag="useRef")]}

    def add_hooks(self) -> list[str | Var]:
        """Lead there after each."""
        return [Var(leads_to_wrong(str(self.refusal)))]

    def _render(self) -> Any:
        return super()._render().remove_props("refusal")
