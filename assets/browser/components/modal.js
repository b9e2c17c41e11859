// A dialog that closes and empties its form when `done` changes, and opens, its first field in focus, once per value of `asked`.
import { createElement, useEffect } from 'react';

export const Modal = ({ done, asked, ...rest }) => {
  const { id } = rest;
  useEffect(() => {
    const dialog = document.getElementById(id);
    if (!dialog || !done) return;
    dialog.close();
    dialog.querySelectorAll('form').forEach((form) => form.reset());
  }, [done]);
  // The value is remembered for the tab, so that a return to the page opens nothing.
  useEffect(() => {
    const dialog = document.getElementById(id), store = `asked-${id}`;
    if (!dialog || !asked || sessionStorage.getItem(store) === asked) return;
    sessionStorage.setItem(store, asked);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('[data-first]')?.focus();
  }, [asked]);
  return createElement('dialog', rest);
};
