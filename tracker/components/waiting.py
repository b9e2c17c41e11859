"""What every page shows of what waits: the badge, the reminders, and the notifications of the browser."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.base.fragment import Fragment
from reflex_components_core.el.elements.forms import Button

from tracker.components.native import called
from tracker.shapes.waiting import Reminded
from tracker.state.waiting import Waiting

PERMISSION = """
const Permission = (props) => {
  const [answer, setAnswer] = useState('');
  useEffect(() => { setAnswer('Notification' in window ? Notification.permission : 'none'); }, []);
  if (answer === '' || answer === 'none') return null;
  if (answer === 'unable') return jsx('p', { className: 'quiet small' }, 'This browser shows no notifications from a page.');
  if (answer === 'granted') return jsx('p', { className: 'quiet small' }, 'This browser notifies you while Pursuit is open in it.');
  if (answer === 'denied') return jsx('p', { className: 'quiet small' }, 'This browser blocks notifications from Pursuit; its own settings can allow them.');
  const ask = () => Notification.requestPermission().then((said) => {
    try { if (said === 'granted') new Notification('Pursuit', { body: 'Reminders will be shown here.', tag: 'pursuit' }); }
    catch { said = 'unable'; }
    setAnswer(said);
  });
  return jsx('button', { ...props, onClick: ask }, 'Notify me in this browser');
};
"""


def looks_again(alarm: str, look: str) -> str:
    """Look again when time alone has changed something, also on a page that was come to since the alarm was set.

    A browser's timer takes no more than 24 days.
    """
    return f"""
useEffect(() => {{
  const seconds = Number(({alarm} || '').split(' ')[1]);
  if (!seconds) return;
  if (window.pursuitAlarm?.alarm !== {alarm}) window.pursuitAlarm = {{ alarm: {alarm}, at: Date.now() + seconds * 1000 + 500 }};
  const timer = setTimeout(() => ({look})(), window.pursuitAlarm.at - Date.now());
  return () => clearTimeout(timer);
}}, [{alarm}]);
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
    try {{
      const shown = new Notification(one.title, {{ body: one.when, tag: one.key }});
      localStorage.setItem(mark + one.key, '1');
      shown.onclick = () => {{ window.focus(); window.location.assign(one.address); }};
    }} catch {{ }}
  }}
}}, [{reminders}]);
"""


class Notifier(Fragment):
    """Shows each reminder as a notification of the browser's, once, where the person has allowed that."""

    reminders: Var[list[Reminded]] = field(doc="The reminders on the page.")
    alarm: Var[str] = field(doc="A count, and the seconds after which to look again.")
    on_time: EventHandler[no_args_event_spec] = field(doc="Called when it is time to look again.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "reminders", "alarm", "on_time"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect."""
        return {"react": ImportVar(tag="useEffect")}

    def add_hooks(self) -> list[str | Var]:
        """Notify of what is new, and look again in time."""
        look = called(self.event_triggers["on_time"])
        return [Var(notifies_of(str(self.reminders))), Var(looks_again(str(self.alarm), look))]

    def _render(self) -> Any:
        return super()._render().remove_props("reminders", "alarm")


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
        Notifier.create(reminders=Waiting.reminders, alarm=Waiting.alarm, on_time=Waiting.look_again),
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
