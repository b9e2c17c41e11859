// Forms aren't submitted with a half-typed date or number, which the server would read as empty.
(() => {
  document.addEventListener('submit', (e) => {
    const half = [...e.target.elements].find((el) => el.validity?.badInput);
    if (!half) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    window.dispatchEvent(new Event('refused'));
    half.focus();
    half.reportValidity();
  }, true);
})();
