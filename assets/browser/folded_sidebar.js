// The sidebar is folded before the first paint if the user folded it before.
(() => {
  try {
    if (localStorage.getItem('narrow')) document.documentElement.toggleAttribute('data-narrow', true);
  } catch { /* a browser may refuse to store anything */ }
})();
