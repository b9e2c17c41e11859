// Pressed toggles look pressed at once, and go back when the server refuses.
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
