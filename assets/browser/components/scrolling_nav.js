// Links in one line that may be wider than the screen: it scrolls, and the page doesn't, until the chosen link is in its middle.
import { createElement, useEffect } from 'react';

export const ScrollingNav = ({ chosen, ...rest }) => {
  useEffect(() => {
    const nav = document.getElementById(rest.id), link = nav?.querySelector('[aria-current=page]');
    if (!link) return;
    const at = link.getBoundingClientRect(), all = nav.getBoundingClientRect();
    nav.scrollLeft += at.left + at.width / 2 - all.left - all.width / 2;
  }, [chosen]);
  return createElement('nav', rest);
};
