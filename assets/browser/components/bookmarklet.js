// A link to drag to the bookmarks bar, which opens Pursuit with the address, the title and the selected text of the page that one
// is on. It sends nothing: it only opens an address of this installation.
import { createElement, useEffect, useRef, useState } from 'react';

const share = (origin) => {
  const title = document.title.slice(0, 300), text = String(getSelection()).slice(0, 4000);
  const query = new URLSearchParams({ add: location.href, title, text });
  window.open(`${origin}/applications?${query}`);
};

export const Bookmarklet = ({ label, copyLabel }) => {
  const link = useRef(null), [code, setCode] = useState('');
  useEffect(() => {
    const source = `javascript:(${share})(${JSON.stringify(window.location.origin)})`;
    link.current.setAttribute('href', source); // React refuses such an address, and a click on it does nothing here
    setCode(source);
  }, []);
  return createElement('div', { className: 'row' },
    createElement('a', { ref: link, className: 'button', draggable: true, onClick: (e) => e.preventDefault() }, label),
    createElement('button', { 'type': 'button', 'data-copies': code }, copyLabel));
};
