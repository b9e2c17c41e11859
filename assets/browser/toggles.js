// Toggles look pressed at once, and change back when the server refuses.
(() => {
  let pending = [];
  const show = (el, name, value) => {
    const was = el.getAttribute(name);
    if (was === value) return;
    el.setAttribute(name, value);
    const change = { el, name, was };
    change.watch = new MutationObserver(() => drop(change));
    change.watch.observe(el, { attributeFilter: [name] });
    change.timer = setTimeout(() => revert(change), 10000);
    pending.push(change);
  };
  const drop = (change) => {
    change.watch.disconnect();
    clearTimeout(change.timer);
    pending = pending.filter((other) => other !== change);
  };
  const revert = (change) => {
    const { el, name, was } = change;
    drop(change);
    if (was === null) el.removeAttribute(name); else el.setAttribute(name, was);
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
  window.addEventListener('refused', () => [...pending].forEach(revert));
  window.addEventListener('answered', () => pending.filter((change) => change.name === 'aria-busy').forEach(revert));
})();
