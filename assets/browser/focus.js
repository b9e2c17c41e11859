// Focus stays near a pressed control that is removed or rendered again: until the next press it moves to the element that
// `data-stays` names, else to the same item, else to the next row, else to the page's heading.
(() => {
  const PATIENCE = 10000;
  let watch, isPointing = false;
  const beside = (control) => {
    const row = control.closest('li, tr, [data-item]');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    return next?.querySelector('.opens, a, button') ?? null;
  };
  const keep = (control, item) => {
    const id = control.dataset.stays || control.id, next = beside(control);
    const same = item && `[data-item="${CSS.escape(item)}"] ${control.matches('select') ? 'select' : '.opens'}`;
    const isLeft = item && isPointing;
    const back = () => {
      if (document.activeElement !== document.body) return;
      const there = (id && document.getElementById(id)) || (same && document.querySelector(same))
        || (next?.isConnected && next) || document.querySelector('h1');
      there?.focus({ preventScroll: isLeft || there.matches('h1') });
    };
    watch?.disconnect();
    const mine = watch = new MutationObserver(back);
    mine.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => mine.disconnect(), PATIENCE);
  };
  document.addEventListener('pointerdown', () => { isPointing = true; watch?.disconnect(); }, true);
  document.addEventListener('keydown', () => { isPointing = false; }, true);
  document.addEventListener('click', (e) => {
    const button = e.target.closest('button'), on = document.activeElement;
    if (!button) return;
    if (button.contains(on) || button.form?.contains(on)) keep(button);
    else if (on?.closest('[data-item]')) keep(on, on.closest('[data-item]').dataset.item);
  });
  document.addEventListener('change', (e) => {
    const on = document.activeElement, item = on?.closest('[data-item]');
    if (item?.contains(e.target) && e.target.matches('select'))
      keep(on, e.target.matches('[data-moves]') ? item.dataset.item : '');
  });
})();
