// Dialogs, pickers, printing and copying: they work even before the page is interactive.
(() => {
  const CARRIED = 5000, KEPT = 'open-dialog';
  let open = null, gone = 0, leftAt = 0, typed = '';
  const safely = (act) => { try { return act(); } catch { return null; } };
  const isLeaving = () => Date.now() - leftAt < CARRIED;
  const show = (dialog) => {
    dialog.showModal();
    dialog.querySelector('[data-first]')?.focus();
    dialog.querySelector('input[type=search]')?.select();
    open = isLeaving() ? dialog : null;
    dialog.toggleAttribute('data-carried', Boolean(open)); // the page that comes closes all others
    gone = 0;
    enter(document.activeElement);
  };
  const enter = (field) => {
    const text = typed;
    typed = '';
    if (!text || !field.matches('input, textarea')) return;
    safely(() => field.setRangeText(text, 0, field.value.length, 'end')); // a date or number field takes no such text
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  // A dialog that isn't rendered yet opens when it appears, and what is typed meanwhile goes into its first field.
  const expect = (id) => { open = { id, isConnected: false, isExpected: true }; gone = Date.now(); typed = ''; };
  const isExpecting = () => open?.isExpected && Date.now() - gone < CARRIED;
  const openSoon = (id) => {
    const dialog = document.getElementById(id);
    if (dialog) show(dialog); else { expect(id); window.dispatchEvent(new Event('dialogs-wanted')); }
  };
  const onKeyWhileExpecting = (e) => {
    if (!isExpecting() || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select')) return;
    if (e.key === 'Escape') open = null;
    else if (e.key === 'Backspace') typed = typed.slice(0, -1);
    else if (e.key.length === 1) typed += e.key;
    else return;
    e.preventDefault();
    e.stopImmediatePropagation();
  };
  const stay = () => {
    document.querySelectorAll('dialog[data-carried]').forEach((dialog) => dialog.removeAttribute('data-carried'));
    open = null;
  };
  // A dialog that is opened just after a link was followed goes with the page that is being left: the next page's own opens
  // in its place, and its draft is restored.
  const carry = () => {
    if (!open || open.isConnected) return;
    gone ||= Date.now();
    const next = document.getElementById(open.id);
    if (Date.now() - gone > CARRIED) open = null;
    else if (next) { show(next); next.toggleAttribute('data-carried', true); }
  };
  // The same where the link was followed before the page was interactive, and loads a whole document.
  const kept = safely(() => JSON.parse(sessionStorage.getItem(KEPT)));
  safely(() => sessionStorage.removeItem(KEPT));
  if (kept && Date.now() - kept.at < CARRIED) expect(kept.id);
  window.addEventListener('pagehide', () => {
    if (open?.open) safely(() => sessionStorage.setItem(KEPT, JSON.stringify({ id: open.id, at: Date.now() })));
  });
  new MutationObserver(carry).observe(document, { childList: true, subtree: true });
  document.addEventListener('close', (e) => { open = null; e.target.removeAttribute('data-carried'); }, true);
  window.addEventListener('popstate', stay);
  document.addEventListener('click', (e) => { if (e.target.closest('a[href]')) leftAt = Date.now(); }, true);

  const copy = async (button) => {
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(button.dataset.copies);
    const label = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = label; }, 2000);
  };
  const onClick = (e) => {
    if (e.target.closest('dialog a, dialog button')) stay(); // what leads away from the dialog leaves it
    const opener = e.target.closest('[data-opens]');
    if (opener) openSoon(opener.dataset.opens);
    const toggle = e.target.closest('[data-toggles]')?.dataset.toggles;
    if (toggle) {
      const on = document.documentElement.toggleAttribute(`data-${toggle}`);
      localStorage.setItem(toggle, on ? '1' : '');
    }
    document.querySelectorAll('details.picker[open]').forEach((el) => {
      if (!el.contains(e.target) || e.target.closest('a')) el.open = false;
    });
    const closer = e.target.closest('[data-closes]');
    if (closer) closer.closest('dialog')?.close();
    if (e.target.matches('dialog')) e.target.close();
    if (e.target.closest('[data-prints]')) window.print();
    const copier = e.target.closest('[data-copies]');
    if (copier) copy(copier);
  };
  document.addEventListener('click', onClick, true); // React stops clicks on their way down while it hydrates the page
  document.addEventListener('keydown', onKeyWhileExpecting, true);
  document.addEventListener('keydown', (e) => {
    const picker = e.key === 'Escape' && e.target.closest?.('details.picker[open]');
    if (picker) { picker.open = false; picker.querySelector('summary').focus(); }
  });
})();
