// Passes on a posting that is pasted or shared, and fills the empty fields of the form with what it says. A note under each
// field says where its value comes from, until somebody changes it.
import { createElement, useEffect, useRef } from 'react';

const isPosting = (text) => /\n|^\s*https?:/i.test(text);
const set = (el, value) => {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), 'value').set.call(el, value);
  el.dispatchEvent(new Event(el.matches('select') ? 'change' : 'input', { bubbles: true }));
};
const noteOf = (el) => el.closest('.field')?.querySelector('[data-origin]');
const show = (note, text) => { note.textContent = text; note.hidden = !text; };
const fill = (form, { fields, message, is_problem: isProblem }) => {
  fields.forEach(({ name, value, note }) => {
    const el = form.elements.namedItem(name);
    if (!el || el.value !== '') return;
    set(el, value);
    if (noteOf(el)) show(noteOf(el), note);
    el.closest('details')?.setAttribute('open', '');
  });
  const posting = form.elements.namedItem('posting');
  if (posting && !message && !isProblem) set(posting, '');
};

export const PostingFill = ({ dialog, posting, mark, onPosting, onShare }) => {
  const place = useRef(null), filled = useRef(mark);
  useEffect(() => {
    const form = place.current.closest('form'), field = form.elements.namedItem('posting');
    const read = () => onPosting(field.value);
    const paste = (e) => {
      const text = e.clipboardData?.getData('text/plain') ?? '';
      if (e.target === field) { setTimeout(read); return; }
      if (!e.target.matches('[data-first]') || !isPosting(text)) return;
      e.preventDefault();
      set(field, text.slice(0, field.maxLength));
      read();
    };
    const click = (e) => { if (e.target.closest('[data-reads-posting]')) read(); };
    const edit = (e) => { const note = noteOf(e.target); if (note) show(note, ''); };
    const forget = () => form.querySelectorAll('[data-origin]').forEach((note) => show(note, ''));
    const listeners = { paste, click, input: edit, change: edit, reset: forget };
    Object.entries(listeners).forEach(([name, listener]) => form.addEventListener(name, listener));
    const share = window.sharedPosting;
    if (share) { // by shared_posting.js
      delete window.sharedPosting;
      const el = document.getElementById(dialog);
      if (!el.open) el.showModal();
      onShare(...share);
    }
    return () => Object.entries(listeners).forEach(([name, listener]) => form.removeEventListener(name, listener));
  }, []);
  useEffect(() => {
    if (!mark || filled.current === mark) return;
    filled.current = mark;
    fill(place.current.closest('form'), posting);
  }, [mark]);
  return createElement('span', { ref: place, hidden: true });
};
