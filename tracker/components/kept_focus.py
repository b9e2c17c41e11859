"""The keyboard's focus stays near what was pressed, when that goes away or is drawn anew elsewhere.

Without this the browser begins again at the top of the page, and so does whoever uses the keyboard or has the page read aloud.
"""

KEPT_FOCUS = """
(() => {
  let watch;
  const beside = (button) => {
    const row = button.closest('li, tr, [data-item]');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    return next?.querySelector('.opens, a, button') ?? null;
  };
  const keep = (button) => {
    const id = button.dataset.stays || button.id, next = beside(button);
    const back = () => {
      if (document.activeElement !== document.body) return;
      const there = (id && document.getElementById(id)) || (next?.isConnected && next) || document.querySelector('h1');
      there?.focus({ preventScroll: there.matches('h1') });
    };
    watch?.disconnect();
    const mine = watch = new MutationObserver(back);
    mine.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => mine.disconnect(), 3000);
  };
  document.addEventListener('click', (e) => {
    const button = e.target.closest('button'), on = document.activeElement;
    if (button && (button.contains(on) || button.form?.contains(on))) keep(button);
  });
})();
"""
"""For the page's head: for three seconds after a press, or until the next one, what is focused in place of a control that is gone
is the one that `data-stays` names, else the next row's, else the page's heading."""


def stays(on: str = "") -> dict[str, str]:
    """Attributes of a button that leaves the focus to the control of this id, or keeps it by its own id when it is drawn anew."""
    return {"data-stays": on}
