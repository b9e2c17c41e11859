// The page shows at once that the browser is offline, long before the socket notices.
(() => {
  const say = () => document.documentElement.toggleAttribute('data-cut-off', !navigator.onLine);
  window.addEventListener('offline', say);
  window.addEventListener('online', say);
  say();
})();
