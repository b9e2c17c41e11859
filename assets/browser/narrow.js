// The sidebar is folded before the first paint if it was left folded.
(() => {
  try {
    if (localStorage.getItem('narrow')) document.documentElement.toggleAttribute('data-narrow', true);
  } catch { /* a browser may refuse to store anything */ }
})();
