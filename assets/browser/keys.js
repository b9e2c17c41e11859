// Keyboard: the shortcuts of every page, the arrow keys in lists of results, Escape and Ctrl+Enter in forms.
(() => {
  const typing = (e) => e.target.closest('input, textarea, select, [contenteditable]') || e.target.closest('dialog');
  const items = () => [...document.querySelectorAll('.opens')].filter((link) => link.offsetParent);
  const step = (by) => {
    const all = items(), at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  const setStage = (number, tries = 120) => {
    const all = document.querySelector('select[data-moves-selected]');
    if (!all && tries && document.querySelector('[data-item] input[type=checkbox]:checked')) {
      requestAnimationFrame(() => setStage(number, tries - 1)); return; // Rows were just selected.
    }
    const item = document.activeElement?.closest('[data-item]') ?? document.querySelector('[data-item=page]');
    const select = all ?? item?.querySelector('select[data-moves]');
    if (!select) return;
    if (number === 6) { select.focus(); try { select.showPicker(); } catch { } return; }
    const setter = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
    setter.call(select, select.options[all ? number : number - 1].value);
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
  document.addEventListener('keydown', onKey, true); // React stops keys on their way down while it hydrates the page
})();
