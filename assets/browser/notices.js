// A notice is shown once: what is left of its ten seconds goes on over a navigation, and then it is gone. The key for Undo
// brings it back first, so that one reads what would be undone.
(() => {
  const STORE = 'notice', SETTLES = 3000;
  const placed = new WeakSet();
  const safely = (act) => { try { return act(); } catch { return null; } };
  const read = () => safely(() => JSON.parse(sessionStorage.getItem(STORE)));
  const write = (seen) => safely(() => sessionStorage.setItem(STORE, JSON.stringify(seen)));

  const place = (notice) => {
    if (placed.has(notice)) return;
    placed.add(notice);
    const id = notice.dataset.notice, known = read();
    const seen = known?.id === id ? known : { id, at: Date.now(), path: location.pathname };
    write(seen);
    const age = Date.now() - seen.at;
    notice.style.animationDelay = `-${age}ms`;
    notice.hidden = notice.matches('.trouble') && seen.path !== location.pathname && age > SETTLES;
  };
  const bringBack = (notice) => {
    write({ id: notice.dataset.notice, at: Date.now(), path: location.pathname });
    notice.style.animation = 'none';
    notice.getBoundingClientRect(); // lets the animation begin anew
    notice.style.animation = '';
    notice.style.animationDelay = '0ms';
  };
  document.addEventListener('click', (e) => {
    const notice = e.target.closest('.undo')?.closest('[data-notice]');
    if (!notice || getComputedStyle(notice).visibility !== 'hidden') return;
    e.preventDefault();
    e.stopImmediatePropagation();
    bringBack(notice);
  }, true);
  new MutationObserver(() => document.querySelectorAll('[data-notice]').forEach(place))
    .observe(document, { childList: true, subtree: true });
})();
