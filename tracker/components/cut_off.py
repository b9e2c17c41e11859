"""The page knows at once that the browser is cut off, long before the connection notices that nothing answers."""

CUT_OFF = """
(() => {
  const say = () => document.documentElement.toggleAttribute('data-cut-off', !navigator.onLine);
  window.addEventListener('offline', say);
  window.addEventListener('online', say);
  say();
})();
"""
"""For the page's head."""
