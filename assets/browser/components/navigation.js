// The address bar and the focus follow the page that is shown.
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

const FOCUS_LASTS = 5000;
const withoutSlash = (path) => path.replace(/\/$/, '');

let shownPath;

const closeDialogs = () => document.querySelectorAll('dialog[open]:not([data-carried])').forEach((dialog) => dialog.close());
const focusHeading = () => document.querySelector('h1')?.focus({ preventScroll: true });

// After a navigation the heading has the focus, also one that appears a moment later, unless the focus was moved meanwhile.
export const HeadingFocus = () => {
  const { pathname } = useLocation();
  useEffect(() => {
    const previous = shownPath;
    shownPath = withoutSlash(pathname);
    if (previous === undefined || previous === shownPath) return undefined;
    closeDialogs();
    if (document.querySelector('dialog[open]')) return undefined;
    const watch = new MutationObserver(() => { if (document.activeElement === document.body) focusHeading(); });
    const onFocus = (e) => { if (!e.target.matches('h1')) watch.disconnect(); };
    focusHeading();
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocus);
    const timer = setTimeout(() => watch.disconnect(), FOCUS_LASTS);
    return () => { clearTimeout(timer); watch.disconnect(); document.removeEventListener('focusin', onFocus); };
  }, [pathname]);
  return null;
};

// What the user does in a page is a step that Back undoes; what a load settles isn't. Typing on in a field belongs to one step.
let isUsed = false;
let typedIn = null;
// Where Back or Forward led. Until its load arrives, answers to what was done before must not replace that address.
let returnedTo = null;
const currentAddress = () => withoutSlash(window.location.pathname) + window.location.search;
const onUse = () => { isUsed = true; returnedTo = null; };
const onReturn = () => { returnedTo = currentAddress(); };
const typingField = () => document.querySelector('input:is([type=search], [type=text]):focus');

const putInAddressBar = (shown) => {
  const { history } = window;
  const field = typingField();
  const isNewStep = isUsed && (field === null || field !== typedIn);
  typedIn = field;
  const step = { ...history.state, key: performance.now().toString(36), idx: (history.state?.idx ?? 0) + 1 };
  if (isNewStep) history.pushState(step, '', shown);
  else history.replaceState(history.state, '', shown);
};

// Puts the path and query of a view into the address bar when they change; what was shown on an earlier visit doesn't count.
export const Address = ({ shown }) => {
  const previous = useRef(null);
  const location = useLocation();
  useEffect(() => {
    isUsed = false;
    typedIn = null;
  }, [location]);
  useEffect(() => {
    document.addEventListener('pointerdown', onUse, true);
    document.addEventListener('keydown', onUse, true);
    document.addEventListener('input', onUse, true);
    window.addEventListener('popstate', onReturn, true);
    return () => {
      window.removeEventListener('popstate', onReturn, true);
      document.removeEventListener('pointerdown', onUse, true);
      document.removeEventListener('keydown', onUse, true);
      document.removeEventListener('input', onUse, true);
    };
  }, []);
  useEffect(() => {
    const isArrival = previous.current === null;
    previous.current = shown;
    if (isArrival || (returnedTo !== null && shown !== returnedTo)) return;
    returnedTo = null;
    const isOfThisPage = shown.split('?')[0] === withoutSlash(window.location.pathname);
    if (isOfThisPage && shown !== currentAddress()) putInAddressBar(shown);
  }, [shown]);
  return null;
};
