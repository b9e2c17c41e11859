// Half-written forms survive in the browser: a form with `data-draft` keeps what is typed under that name and its person's id,
// and offers it when it opens again. Drafts go on save, Cancel, Discard, sign-out, another person's sign-in, after 30 days, at
// once when the session was ended, and when nobody signs in within an hour after it expired.
(() => {
  const PREFIX = 'draft:', OWNER = 'draft-owner', UNTIL = 'draft-until';
  const PAUSE = 250, HOUR = 3600 * 1000, LASTS = 30 * 24 * HOUR;
  const SIDES = [':mine', ':theirs']; // the two texts of a conflict, each under its editor's name
  const SKIPPED = new Set(['hidden', 'password', 'file', 'submit', 'button', 'checkbox', 'radio', 'range', 'search']);
  const names = new WeakMap(), sent = new WeakMap(), ends = new Map(), timers = new Map();
  // Submitted from this page and not answered yet: a form that opens meanwhile isn't offered what is just being saved.
  const unanswered = new Set();
  let owner = '', isRestoring = false, isOver = false, sessionEnd = '';

  // A browser may refuse to store anything; forms then work without drafts.
  const safely = (act) => { try { return act(); } catch { return null; } };
  const keys = () => safely(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];
  const keyOf = (name) => `${PREFIX}${owner}:${name}`;
  const read = (key) => safely(() => JSON.parse(localStorage.getItem(key)));
  const write = (key, draft) => safely(() => localStorage.setItem(key, JSON.stringify(draft)));
  const remove = (key) => safely(() => localStorage.removeItem(key));
  const mayKeep = () => owner && safely(() => localStorage.getItem(OWNER)) === owner;
  const forget = () => {
    [...keys(), OWNER, UNTIL].forEach(remove);
    safely(() => sessionStorage.removeItem('press-keys'));
    timers.forEach(clearTimeout);
    timers.clear();
    owner = '';
  };
  const end = () => { forget(); isOver = true; };

  const fields = (form) => [...form.elements].filter((el) => el.name && el.name !== 'was' && !SKIPPED.has(el.type)
    && el.matches('input, textarea, select'));
  const initial = (el) => (el.matches('select')
    ? ([...el.options].find((option) => option.defaultSelected) ?? el.options[0])?.value ?? '' : el.defaultValue);
  const changed = (form) => Object.fromEntries(
    fields(form).filter((el) => el.value !== initial(el)).map((el) => [el.name, el.value]));
  const set = (el, value) => {
    if (el.value === value) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), 'value').set.call(el, value);
    el.dispatchEvent(new Event(el.matches('select') ? 'change' : 'input', { bubbles: true }));
  };
  const restoring = (act) => { isRestoring = true; act(); isRestoring = false; };
  const note = (form, isShown) => { const el = form.querySelector('[data-draft-note]'); if (el) el.hidden = !isShown; };
  const isRestored = (form) => form.querySelector('[data-draft-note]')?.hidden === false;
  const mark = () => document.querySelectorAll('[data-opens-draft]').forEach((el) => {
    el.toggleAttribute('data-drafted', Boolean(owner && read(keyOf(el.dataset.opensDraft))));
  });

  const keep = (form) => {
    clearTimeout(timers.get(form));
    timers.delete(form);
    const name = names.get(form), values = changed(form);
    if (!name || !mayKeep()) return;
    if (!Object.keys(values).length) { remove(keyOf(name)); note(form, false); return; }
    write(keyOf(name), { values, was: form.elements.namedItem('was')?.value, at: Date.now(), ...sent.get(form) });
  };
  const flush = () => [...timers.keys()].forEach(keep);
  const endMerges = (name) => SIDES.forEach((side) => remove(keyOf(name + side)));
  const drop = (form) => {
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (names.get(form)) { remove(keyOf(names.get(form))); endMerges(names.get(form)); }
    note(form, false);
  };

  const restore = (form, draft) => restoring(() => {
    fields(form).filter((el) => el.name in draft.values && el.value === initial(el)).forEach((el) => {
      set(el, draft.values[el.name]);
      el.closest('details')?.setAttribute('open', '');
    });
    const was = form.elements.namedItem('was'), key = form.elements.namedItem('form_key');
    if (was && draft.was !== undefined) was.value = draft.was;
    if (draft.key && key) { key.value = draft.key; key.dataset.sent = draft.content; }
    sent.set(form, draft.key ? { key: draft.key, content: draft.content, sent: draft.sent } : {});
    note(form, true);
  });
  // A merge that was left before it was kept goes on in the editor: it was begun on the newer of the two texts.
  const adopt = (name) => {
    const [merge] = SIDES.map((side) => read(keyOf(name + side))).filter(Boolean).toSorted((a, b) => b.at - a.at);
    if (!merge) return;
    const values = { ...read(keyOf(name))?.values, ...merge.values };
    write(keyOf(name), { values, was: merge.was, at: merge.at });
    endMerges(name);
  };
  // What was typed on an earlier conflict isn't offered on a newer one.
  const draftFor = (form) => {
    const draft = read(keyOf(form.dataset.draft)), isOf = draft?.was === form.elements.namedItem('was')?.value;
    return form.dataset.merges && !isOf ? null : draft;
  };
  const offer = (form) => {
    const name = form.dataset.draft;
    if (names.get(form) === name) return;
    if (!form.dataset.merges) adopt(name);
    const draft = draftFor(form);
    if (unanswered.has(draft?.key)) return;
    names.set(form, name);
    if (Object.keys(changed(form)).length) timers.set(form, setTimeout(keep, PAUSE, form)); // typed before the page was ready
    if (!draft) return;
    const known = fields(form).filter((el) => el.name in draft.values);
    if (known.length && known.every((el) => el.value === draft.values[el.name])) remove(keyOf(name));
    else restore(form, draft);
  };
  const begin = (form) => {
    restoring(() => fields(form).forEach((el) => set(el, initial(el))));
    const was = form.elements.namedItem('was');
    if (was) was.value = was.defaultValue;
    drop(form);
  };

  // What was restored after it had been sent is emptied like any form that was saved.
  const settle = (form) => {
    const isAsSent = JSON.stringify(changed(form)) === sent.get(form).sent;
    if (isAsSent && isRestored(form)) restoring(() => fields(form).forEach((el) => set(el, initial(el))));
    sent.delete(form);
    note(form, false);
  };

  const claim = (next) => {
    if (!next || next === owner || isOver) return;
    if (safely(() => localStorage.getItem(OWNER)) !== next) forget();
    owner = next;
    remove(UNTIL);
    safely(() => localStorage.setItem(OWNER, owner));
    keys().filter((key) => !(read(key)?.at > Date.now() - LASTS)).forEach(remove);
  };
  // The first page without a session starts the hour; whoever signs in within it stops it.
  const expire = () => {
    const until = read(UNTIL);
    if (until && until <= Date.now()) forget();
  };
  const leave = (how) => {
    if (!how || how === sessionEnd) return;
    sessionEnd = how;
    if (how === 'ended') { forget(); return; }
    if (keys().length && !read(UNTIL)) write(UNTIL, Date.now() + HOUR);
    expire();
    setTimeout(expire, HOUR);
  };
  const look = () => {
    leave(document.querySelector('[data-session-end]')?.dataset.sessionEnd);
    claim(document.querySelector('[data-owner]')?.dataset.owner);
    if (!owner) return;
    document.querySelectorAll('form[data-draft]').forEach((form) => {
      offer(form);
      if (isRestored(form) && !Object.keys(changed(form)).length) begin(form); // the text it was for came after it
    });
    mark();
  };

  document.addEventListener('input', (e) => {
    const form = e.target.form;
    if (isRestoring || !names.has(form)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(keep, PAUSE, form));
  });
  document.addEventListener('change', (e) => { if (!isRestoring && names.has(e.target.form)) keep(e.target.form); });
  document.addEventListener('reset', (e) => note(e.target, false));
  document.addEventListener('click', (e) => {
    const button = e.target.closest('[data-discards], [data-escape]'), form = button?.closest('form');
    if (button?.matches('[data-discards]')) { begin(form); fields(form)[0]?.focus(); }
    else if (form && names.has(form)) drop(form);
  });
  document.addEventListener('sent', (e) => {
    const form = e.target, { key, content } = e.detail;
    if (form.matches('[data-forgets]')) ends.set(key, end);
    if (!names.has(form)) return;
    const { merges, draft } = form.dataset;
    ends.set(key, () => { endMerges(merges ?? draft); if (merges) remove(keyOf(merges)); });
    unanswered.add(key);
    sent.set(form, { key, content, sent: JSON.stringify(changed(form)) });
    keep(form);
  });
  window.addEventListener('keyed', ({ detail: { key, isKept } }) => {
    unanswered.delete(key);
    if (!isKept) { look(); return; }
    ends.get(key)?.();
    keys().forEach((stored) => {
      const draft = read(stored);
      if (draft?.key !== key) return;
      if (JSON.stringify(draft.values) === draft.sent) remove(stored);
      else write(stored, { values: draft.values, was: draft.was, at: draft.at });
    });
    document.querySelectorAll('form[data-draft]').forEach((form) => {
      if (sent.get(form)?.key === key) settle(form);
    });
    mark();
  });
  window.addEventListener('refused', () => { unanswered.clear(); look(); });
  document.addEventListener('submit', (e) => { if (e.target.matches('[data-forgets][action]')) end(); });
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => { if (document.hidden) flush(); });
  const attributeFilter = ['data-draft', 'data-owner', 'data-opens-draft', 'data-session-end'];
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter });
})();
