// Children that nobody sees at first, such as closed dialogs: they are neither in the document nor part of its hydration, and are
// rendered in small steps once the browser is idle. Pages that are opened later in the same tab have them at once.
import { startTransition, useEffect, useState } from 'react';

const PATIENCE = 1000;

let isLoaded = false;

const onIdle = (act) => {
  if (!window.requestIdleCallback) { // Safari
    const timer = setTimeout(act, PATIENCE / 4);
    return () => clearTimeout(timer);
  }
  const id = window.requestIdleCallback(act, { timeout: PATIENCE });
  return () => window.cancelIdleCallback(id);
};

export const Deferred = ({ children }) => {
  const [isShown, setShown] = useState(isLoaded);
  useEffect(() => {
    if (isShown) return undefined;
    const show = () => { isLoaded = true; setShown(true); };
    const cancel = onIdle(() => startTransition(show));
    window.addEventListener('dialogs-wanted', show); // by dialogs.js
    return () => { cancel(); window.removeEventListener('dialogs-wanted', show); };
  }, []);
  return isShown ? children : null;
};
