// A click with Shift on a row's checkbox sets all rows from the one clicked before to the same.
(() => {
  const BOX = '[data-item] input[type=checkbox]';
  let previous = null;

  document.addEventListener('click', (event) => {
    const box = event.target.closest?.(BOX);
    if (!box) return;
    if (event.shiftKey && previous?.isConnected) {
      const boxes = [...document.querySelectorAll(BOX)];
      const [first, last] = [boxes.indexOf(previous), boxes.indexOf(box)].toSorted((a, b) => a - b);
      for (const other of boxes.slice(first, last + 1)) if (other.checked !== box.checked) other.click();
    }
    previous = box;
  });
})();
