// Drag and drop of cards on the board; a dropped card shows in its new column before the server has answered.
(() => {
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
})();
