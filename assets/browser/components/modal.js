// A dialog that closes and empties its form when `done` changes,
// and opens, its first field in focus, once per value of `openSignal`.
import { createElement, useEffect } from 'react';

export const Modal = ({ done, openSignal, ...rest }) => {
  const { id } = rest;
  useEffect(() => {
    // A reload brings the value of before: it must not close what was opened meanwhile.
    const dialog = document.getElementById(id), store = `done-${id}`;
    if (!dialog || !done || sessionStorage.getItem(store) === done) return;
    sessionStorage.setItem(store, done);
    dialog.close();
    dialog.querySelectorAll('form').forEach((form) => form.reset());
  }, [done]);
  // The value is remembered for the tab, so that a return to the page opens nothing.
  useEffect(() => {
    const dialog = document.getElementById(id), store = `opened-${id}`;
    if (!dialog || !openSignal || sessionStorage.getItem(store) === openSignal) return;
    sessionStorage.setItem(store, openSignal);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('[data-first]')?.focus();
  }, [openSignal]);
  return createElement('dialog', rest);
};
