"""What every page shows of what waits: the badge, the reminders, and the notifications of the browser."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.base.fragment import Fragment
from reflex_components_core.el.elements.forms import Button

from tracker.shapes.waiting import Reminded
from tracker.state.waiting import Waiting

PERMISSION = """
const Permission = (props) => {
  const [answer, setAnswer] = useState('');
  useEffect(() => { setAnswer('Notification' in window ? Notification.permission : 'none'); }, []);
  if (answer === '' || answer === 'none') return null;
  if (answer === 'granted') return jsx('p', { className: 'quiet small' }, 'This browser notifies you while Pursuit is open in it.');
  if (answer === 'denied') return jsx('p', { className: 'quiet small' }, 'This browser blocks notifications from Pursuit; its own settings can allow them.');
  return jsx('button', { ...props, onClick: () => Notification.requestPermission().then(setAnswer) }, 'Notify me in this browser');
};
"""


def notifies_of(reminders: str) -> str:
    """Notify once of each reminder that is new to this browser; what is known of those that are gone is forgotten."""
    return f"""
useEffect(() => {{
  const mark = 'notified-', told = {reminders} ?? [];
  for (const key of Object.keys(localStorage))
    if (key.startsWith(mark) && told.length && !told.some((one) => mark + one.key === key)) localStorage.removeItem(key);
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  for (const one of told) {{
    if (localStorage.getItem(mark + one.key)) continue;
    localStorage.setItem(mark + one.key, '1');
    try {{
      const shown = new Notification(one.title, {{ body: one.when, tag: one.key }});
      shown.onclick = () => {{ window.focus(); window.location.assign(one.address); }};
    }} catch {{ }}
  }}
}}, [{reminders}]);
"""


class Notifier(Fragment):
    """Shows each reminder as a notification of the browser's, once, where the person has allowed that."""

    reminders: Var[list[Reminded]] = field(doc="The reminders on the page.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "reminders"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect."""
        return {"react": ImportVar(tag="useEffect")}

    def add_hooks(self) -> list[str | Var]:
        """Notify of what is new."""
        return [Var(notifies_of(str(self.reminders)))]

    def _render(self) -> Any:
        return super()._render().remove_props("reminders")


class Permission(Button):
    """Asks the browser to let this page notify, and says what it answered."""

    tag = "Permission"
    _is_tag_in_global_scope = False

    def add_imports(self) -> dict[str, Any]:
        """React's memory and effect."""
        return {"react": [ImportVar(tag="useState"), ImportVar(tag="useEffect")]}

    def add_custom_code(self) -> list[str]:
        """How it is asked."""
        return [PERMISSION]


def badge() -> rx.Component:
    """How many things are due by today, beside the place where they are listed."""
    return rx.cond(
        Waiting.due > 0,
        rx.el.span(Waiting.due, class_name="badge", aria_label=f"{Waiting.due} due", role="img"),
    )


def reminders() -> rx.Component:
    """The interviews that come near, until they begin or are dismissed."""
    return rx.fragment(
        rx.el.div(
            rx.foreach(Waiting.reminders, reminder),
            class_name="reminders",
            role="status",
            aria_label="Reminders",
        ),
        Notifier.create(reminders=Waiting.reminders),
    )


def reminder(of: rx.Var[Reminded]) -> rx.Component:
    """One interview: when, what, and the way to it."""
    return rx.el.div(
        rx.icon("bell", size=16),
        rx.el.span(of.when, class_name="when nowrap"),
        rx.el.a(of.title, href=of.address, class_name="clip"),
        rx.cond(
            of.link != "",
            rx.el.a("Join", href=of.link, target="_blank", rel="noopener noreferrer", class_name="button small-button"),
        ),
        rx.el.button(
            rx.icon("x", size=14),
            class_name="icon-button plain-button push",
            aria_label=f"Dismiss the reminder: {of.title}",
            on_click=Waiting.dismiss(of.interview_id),
        ),
        class_name="reminder",
        key=of.key,
    )  # fmt: skip
