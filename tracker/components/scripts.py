"""The few lines of script that belong into React components; all others are files in `assets/browser/`."""

FOCUS = """
const { pathname } = useLocation();
useEffect(() => {
  const before = window.__pursuitPath, here = pathname.replace(/\\/$/, '');
  window.__pursuitPath = here;
  if (before === undefined || before === here) return;
  document.querySelectorAll('dialog[open]:not([data-carried])').forEach((dialog) => dialog.close());
  if (document.querySelector('dialog[open]')) return;
  const heading = () => document.querySelector('h1')?.focus({ preventScroll: true });
  const watch = new MutationObserver(() => { if (document.activeElement === document.body) heading(); });
  const moved = (e) => { if (!e.target.matches('h1')) watch.disconnect(); };
  heading();
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', moved);
  const late = setTimeout(() => watch.disconnect(), 5000);
  return () => { clearTimeout(late); watch.disconnect(); document.removeEventListener('focusin', moved); };
}, [pathname]);
"""
"""After a navigation the heading has the focus, also one that comes a moment later, unless the focus was moved meanwhile."""


def closes_when_done(dialog: str, done: str) -> str:
    """Close a dialog and empty its form when a value changes, the first value excepted."""
    return f"""
useEffect(() => {{
  const dialog = document.getElementById({dialog});
  if (!dialog || !{done}) return;
  dialog.close();
  dialog.querySelectorAll('form').forEach((form) => form.reset());
}}, [{done}]);
"""


def opens_when_asked(dialog: str, asked: str) -> str:
    """Open a dialog, its first field in focus, once for each value that isn't empty; a return to the page opens nothing."""
    return f"""
useEffect(() => {{
  const dialog = document.getElementById({dialog}), seen = 'asked-' + {dialog};
  if (!dialog || !{asked} || sessionStorage.getItem(seen) === {asked}) return;
  sessionStorage.setItem(seen, {asked});
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('[data-first]')?.focus();
}}, [{asked}]);
"""


def shows_address(shown: str) -> str:
    """Put a path and query into the address bar when they change, on the same path; what was shown on an earlier visit doesn't count."""
    return f"""
const addressBefore = useRef(null);
useEffect(() => {{
  const shown = {shown}, isArrival = addressBefore.current === null;
  addressBefore.current = shown;
  if (isArrival) return;
  const path = window.location.pathname.replace(/\\/$/, '');
  if (shown && shown !== path + window.location.search && shown.split('?')[0] === path)
    window.history.replaceState(window.history.state, '', shown);
}}, [{shown}]);
"""


def tells_zone(tell: str) -> str:
    """Tell the browser's time zone once, after the page has shown."""
    return f"""
useEffect(() => {{
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) ({tell})(zone);
}}, []);
"""


AHEAD = """
const useAhead = (told) => {
  const [ahead, setAhead] = useState(null);
  useEffect(() => { setAhead(null); }, [told]);
  useEffect(() => {
    if (ahead === null) return;
    const back = () => setAhead(null);
    const late = setTimeout(back, 10000);
    window.addEventListener('refused', back);
    return () => { clearTimeout(late); window.removeEventListener('refused', back); };
  }, [ahead]);
  return [ahead ?? told, (value) => setAhead(value === told ? null : value)];
};
"""
"""What was chosen, until the server tells another value, refuses, or is silent for too long."""

TICK = """
const Tick = ({ checked, leads, follows, onChange, ...rest }) => {
  const [shown, show] = useAhead(checked);
  useEffect(() => {
    if (!follows) return;
    const follow = (e) => { if (e.detail.group === follows) show(e.detail.on); };
    window.addEventListener('ticked', follow);
    return () => window.removeEventListener('ticked', follow);
  });
  const change = (e) => {
    const on = e.target.checked;
    show(on);
    if (leads) window.dispatchEvent(new CustomEvent('ticked', { detail: { group: leads, on } }));
    onChange?.(e);
  };
  return jsx('input', { ...rest, checked: shown, onChange: change });
};
"""

CHOICE = """
const Choice = ({ value, onChange, ...rest }) => {
  const [shown, show] = useAhead(value);
  return jsx('select', { ...rest, value: shown, onChange: (e) => { show(e.target.value); onChange?.(e); } });
};
"""


def tells_answers(said: str, refused: str, answer: str) -> str:
    """Tell the page's controls of each new notice, the one a page begins with excepted, and of the last press that was answered."""
    return f"""
const answeredBefore = useRef({said});
useEffect(() => {{
  if (!{said} || answeredBefore.current === {said}) return;
  answeredBefore.current = {said};
  window.dispatchEvent(new Event({refused} ? 'refused' : 'answered'));
}}, [{said}]);
const answer = {answer};
useEffect(() => {{
  if (answer) window.dispatchEvent(new CustomEvent('keyed', {{ detail: {{ key: answer.key, isKept: answer.is_kept }} }}));
}}, [answer?.id]);
"""
