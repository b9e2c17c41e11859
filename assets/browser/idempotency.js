// A form or button acts once per submission. Each submission has a key; until the server answers it, the control looks pending
// and can't be used again. A submission repeated without an answer has the same key, so that the server acts on it once.
(() => {
  const STORE = 'press-keys', PATIENCE = 10000;
  const pending = new Map();
  const newKey = () => crypto.randomUUID?.()
    ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const isContent = ([name, value]) => name !== 'form_key' && !value.name; // a file has a name
  const contentOf = (form) => JSON.stringify([...new FormData(form)].filter(isContent));

  const release = (key) => {
    const { controls, late } = pending.get(key) ?? {};
    clearTimeout(late);
    controls?.forEach((el) => { el.removeAttribute('aria-busy'); el.removeAttribute('data-pending'); });
    pending.delete(key);
  };
  const releaseAll = () => [...pending.keys()].forEach(release);
  const hold = (key, form, button) => {
    release(key);
    form?.setAttribute('data-pending', '');
    button?.setAttribute('aria-busy', 'true');
    pending.set(key, { controls: [form, button].filter(Boolean), late: setTimeout(() => release(key), PATIENCE) });
  };
  const stop = (e) => { e.preventDefault(); e.stopImmediatePropagation(); };

  const keyOf = (form, field) => {
    const now = contentOf(form);
    if (!field.value || (field.dataset.sent && field.dataset.sent !== now)) field.value = newKey();
    field.dataset.sent = now;
    return field.value;
  };
  document.addEventListener('submit', (e) => {
    const form = e.target, field = form.querySelector('input[name=form_key]');
    if (!field) return;
    if (form.matches('[data-pending]')) { stop(e); return; }
    const key = keyOf(form, field), content = field.dataset.sent, button = e.submitter ?? form.querySelector('[type=submit]');
    hold(key, form, button);
    form.dispatchEvent(new CustomEvent('sent', { bubbles: true, detail: { key, content } }));
  }, true);

  const stored = () => { try { return JSON.parse(sessionStorage.getItem(STORE)) ?? {}; } catch { return {}; } };
  const store = (keys) => { try { sessionStorage.setItem(STORE, JSON.stringify(keys)); } catch { /* a full or closed store */ } };
  let clicked = null;
  document.addEventListener('click', (e) => {
    if (e.target.closest('button[aria-busy=true]')) { stop(e); return; }
    const button = e.target.closest('button[data-once]');
    if (!button) return;
    // The second click of a double click may come after the answer, when the button already belongs to the next item.
    if (e.detail > 1 && button === clicked) { stop(e); return; }
    clicked = button;
    const keys = stored(), name = button.dataset.once;
    keys[name] ??= newKey();
    store(keys);
    hold(keys[name], null, button);
  }, true);
  const pressKey = (name) => stored()[name] ?? newKey();

  window.addEventListener('keyed', ({ detail: { key } }) => {
    release(key);
    const keys = stored(), left = Object.entries(keys).filter(([, other]) => other !== key);
    if (left.length < Object.keys(keys).length) store(Object.fromEntries(left));
    document.querySelectorAll('input[name=form_key]').forEach((field) => {
      if (field.value === key) { field.value = ''; delete field.dataset.sent; }
    });
  });
  ['refused', 'offline', 'pageshow', 'popstate'].forEach((name) => window.addEventListener(name, releaseAll));
  window.pressKey = pressKey;
})();
