// Dialogs, pickers, printing and copying: they work even before the page is interactive.
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
