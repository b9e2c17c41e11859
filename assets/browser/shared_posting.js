// What a bookmarklet or another program shares is in the address of the page: it is taken from there before the page rewrites its
// address, and waits for the dialog that adds an application.
(() => {
  const query = new URLSearchParams(window.location.search), text = query.get('text') ?? '';
  if (window.location.pathname.replace(/\/$/, '') !== '/applications') return;
  const address = query.get('add') || query.get('url') || (text.match(/https?:\/\/\S+/) ?? [''])[0];
  if (!address) return;
  window.sharedPosting = [address, query.get('title') ?? '', text];
  ['add', 'url', 'title', 'text'].forEach((name) => query.delete(name));
  const rest = query.toString();
  window.history.replaceState(window.history.state, '', window.location.pathname + (rest && `?${rest}`));
})();
