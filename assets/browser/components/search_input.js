// A search field that shows other words when its mark changes. Before the first load the mark is empty: what was typed by then
// is searched once the page has loaded.
import { createElement, useEffect, useRef } from 'react';

export const SearchInput = ({ defaultValue, mark, onChange, ...rest }) => {
  const input = useRef(null);
  const shown = useRef(mark);
  useEffect(() => {
    if (shown.current === mark) return;
    const isFirstLoad = shown.current === '';
    shown.current = mark;
    if (mark === '') return;
    if (isFirstLoad && input.current.value) onChange?.({ target: input.current });
    else input.current.value = defaultValue;
  }, [mark]);
  return createElement('input', { ...rest, defaultValue, onChange, ref: input });
};
