"""The few lines of script that the browser runs; nothing here knows what Pursuit is about."""

KEYS = """
useEffect(() => {
  const typing = (e) => e.target.closest('input, textarea, select, [contenteditable]') || e.target.closest('dialog');
  const items = () => [...document.querySelectorAll('.opens')].filter((link) => link.offsetParent);
  const step = (by) => {
    const all = items(), at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  const setStage = (number) => {
    const item = document.activeElement?.closest('[data-item]') ?? document.querySelector('[data-item=page]');
    const select = item?.querySelector('select[data-moves]');
    if (!select) return;
    if (number === 6) { select.focus(); try { select.showPicker(); } catch { } return; }
    const setter = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
    setter.call(select, select.options[number - 1].value);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const press = (key) => {
    const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((el) => el.offsetParent);
    if (!target) return false;
    if (target.matches('input, textarea')) { target.focus(); target.select(); } else target.click();
    return true;
  };
  const onKey = (e) => {
    if ((e.metaKey || e.ctrlKey) && e.key.toLowerCase() === 'k') {
      e.preventDefault(); press('mod+k'); return;
    }
    const list = e.target.closest('[data-arrows]');
    if (list && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      const all = [list.querySelector('input'), ...list.querySelectorAll('.result')].filter((el) => el?.offsetParent);
      const at = all.indexOf(document.activeElement) + (e.key === 'ArrowDown' ? 1 : -1);
      all[(at + all.length) % all.length]?.focus(); e.preventDefault(); return;
    }
    if (list && e.key === 'Enter' && e.target.matches('input')) {
      e.preventDefault(); [...list.querySelectorAll('.result')].find((el) => el.offsetParent)?.click(); return;
    }
    if (e.key === 'Enter' && e.target.matches('[data-day]')) {
      e.target.dispatchEvent(new FocusEvent('focusout', { bubbles: true })); return;
    }
    if (e.key === 'Escape' && e.target.matches('input[type=search]')) { e.target.blur(); return; }
    const leave = e.key === 'Escape' && e.target.closest('form')?.querySelector('[data-escape]');
    const isChanged = e.target.matches('textarea') && e.target.value !== e.target.defaultValue;
    if (leave) { if (isChanged) leave.focus(); else leave.click(); return; }
    if ((e.metaKey || e.ctrlKey) && e.key === 'Enter' && e.target.matches('textarea')) {
      e.target.form?.requestSubmit(); e.preventDefault(); return;
    }
    if (e.metaKey || e.ctrlKey || e.altKey || typing(e)) return;
    if (e.key === 'j' || e.key === 'k') step(e.key === 'j' ? 1 : -1);
    else if (e.key >= '1' && e.key <= '6' && e.key.length === 1) { if (!press(e.key)) setStage(Number(e.key)); }
    else if (e.key === 'x') document.activeElement?.closest('[data-item]')?.querySelector('input[type=checkbox]')?.click();
    else if (e.key === 'e' && document.activeElement?.matches('.opens')) document.activeElement.click();
    else if (!press(e.key)) return;
    e.preventDefault();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}, []);
"""

DIALOGS = """
(() => {
  const onClick = (e) => {
    const opener = e.target.closest('[data-opens]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      dialog?.showModal();
      dialog?.querySelector('[data-first]')?.focus();
      dialog?.querySelector('input[type=search]')?.select();
    }
    const toggle = e.target.closest('[data-toggles]')?.dataset.toggles;
    if (toggle) {
      const on = document.documentElement.toggleAttribute(`data-${toggle}`);
      localStorage.setItem(toggle, on ? '1' : '');
    }
    document.querySelectorAll('details.picker[open]').forEach((el) => { if (!el.contains(e.target)) el.open = false; });
    const closer = e.target.closest('[data-closes]');
    if (closer) closer.closest('dialog')?.close();
    if (e.target.matches('dialog')) e.target.close();
    if (e.target.closest('[data-prints]')) window.print();
    const copier = e.target.closest('[data-copies]');
    if (copier) navigator.clipboard?.writeText(copier.dataset.copies).then(() => {
      const was = copier.textContent;
      copier.textContent = 'Copied'; setTimeout(() => { copier.textContent = was; }, 2000);
    });
  };
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', (e) => {
    const open = e.key === 'Escape' && e.target.closest?.('details.picker[open]');
    if (open) { open.open = false; open.querySelector('summary').focus(); }
  });
})();
"""
"""For the page's head: a dialog opens even before the page has come to life."""

DRAGGING = """
useEffect(() => {
  let card = null, ghost = null, watcher = null;
  const settle = () => {
    watcher?.disconnect(); watcher = null; ghost?.remove(); ghost = null;
    document.querySelectorAll('[data-moving]').forEach((el) => { el.removeAttribute('data-moving'); el.hidden = false; });
  };
  const clear = () => document.querySelectorAll('[data-over]').forEach((el) => el.removeAttribute('data-over'));
  const start = (e) => {
    card = e.target.closest?.('[data-card]') ?? null;
    if (!card) return;
    e.dataTransfer.setData('text/plain', card.dataset.card);
    e.dataTransfer.effectAllowed = 'move';
    requestAnimationFrame(() => card?.setAttribute('data-dragged', ''));
  };
  const over = (e) => {
    const zone = card && e.target.closest?.('[data-drop]');
    if (!zone) return;
    e.preventDefault();
    if (!zone.hasAttribute('data-over')) { clear(); zone.setAttribute('data-over', ''); }
  };
  const drop = (e) => {
    const zone = card && e.target.closest?.('[data-drop]');
    if (!zone) return;
    e.preventDefault(); clear();
    if (zone.contains(card) || zone.dataset.drop === 'closed') return;
    settle();
    ghost = card.cloneNode(true); ghost.removeAttribute('data-dragged'); ghost.setAttribute('aria-hidden', 'true');
    card.hidden = true; card.setAttribute('data-moving', '');
    zone.querySelector('.cards')?.prepend(ghost);
    watcher = new MutationObserver(settle);
    watcher.observe(document.querySelector('.board'), { childList: true, subtree: true });
    const notices = document.querySelector('.notices');
    if (notices) watcher.observe(notices, { childList: true, subtree: true });
  };
  const end = () => { card?.removeAttribute('data-dragged'); card = null; clear(); };
  const pairs = [['dragstart', start], ['dragover', over], ['drop', drop], ['dragend', end]];
  pairs.forEach(([name, listener]) => document.addEventListener(name, listener));
  return () => pairs.forEach(([name, listener]) => document.removeEventListener(name, listener));
}, []);
"""

FOCUS = """
const { pathname } = useLocation();
useEffect(() => {
  const before = window.__pursuitPath, here = pathname.replace(/\\/$/, '');
  window.__pursuitPath = here;
  if (before === undefined || before === here) return;
  document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
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

PRESSING = """
(() => {
  let ahead = [];
  const show = (el, name, value) => {
    const was = el.getAttribute(name);
    if (was === value) return;
    el.setAttribute(name, value);
    const one = { el, name, was };
    one.watch = new MutationObserver(() => drop(one));
    one.watch.observe(el, { attributeFilter: [name] });
    one.late = setTimeout(() => back(one), 10000);
    ahead.push(one);
  };
  const drop = (one) => { one.watch.disconnect(); clearTimeout(one.late); ahead = ahead.filter((other) => other !== one); };
  const back = (one) => {
    drop(one);
    if (one.was === null) one.el.removeAttribute(one.name); else one.el.setAttribute(one.name, one.was);
  };
  const onClick = (e) => {
    const button = e.target.closest('button');
    if (button?.matches('[data-busy]')) show(button, 'aria-busy', 'true');
    const group = button?.closest('[data-press]');
    if (!group || !button.matches('[aria-pressed]')) return;
    const all = [...group.querySelectorAll('[aria-pressed]')], at = all.indexOf(button);
    const upTo = group.dataset.press === 'up-to';
    const out = upTo && all.findLastIndex((el) => el.getAttribute('aria-pressed') === 'true') === at;
    all.forEach((el, n) => show(el, 'aria-pressed', String(!out && (upTo ? n <= at : n === at))));
  };
  document.addEventListener('click', onClick);
  window.addEventListener('refused', () => [...ahead].forEach(back));
  window.addEventListener('answered', () => ahead.filter((one) => one.name === 'aria-busy').forEach(back));
})();
"""
"""For the page's head: what is pressed looks pressed at once, and goes back when the server refuses."""


def tells_answers(said: str, refused: str) -> str:
    """Tell the page's controls of each new notice, the one a page begins with excepted."""
    return f"""
const answeredBefore = useRef({said});
useEffect(() => {{
  if (!{said} || answeredBefore.current === {said}) return;
  answeredBefore.current = {said};
  window.dispatchEvent(new Event({refused} ? 'refused' : 'answered'));
}}, [{said}]);
"""
