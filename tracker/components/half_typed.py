"""Forms aren't sent with a date or a number that is half typed.

To the server such a field is empty, so that it would take away what was there. The browser says beside the field what is wrong
with it, in its own words and language, and what was typed stays.
"""

HALF_TYPED = """
document.addEventListener('submit', (e) => {
  const half = [...e.target.elements].find((el) => el.validity?.badInput);
  if (!half) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  window.dispatchEvent(new Event('refused'));
  half.focus();
  half.reportValidity();
}, true);
"""
"""For the page's head, before any listener of the page itself."""
