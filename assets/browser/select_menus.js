// A select that acts when its value changes opens like a menu: keys choose in the open list alone.
(() => {
  const OPENS = new Set(['ArrowDown', 'ArrowUp']);
  const MOVES = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);

  function onKey(event) {
    const select = event.target.closest?.('select[data-acts]');
    if (!select || event.ctrlKey || event.metaKey || event.altKey) return;
    if (CSS.supports('selector(:open)') && select.matches(':open')) return;
    const types = event.key.length === 1 && event.key !== ' ';
    if (!types && !OPENS.has(event.key) && !MOVES.has(event.key)) return;
    event.preventDefault();
    if (OPENS.has(event.key)) select.showPicker?.();
  }

  document.addEventListener('keydown', onKey, true);
})();
