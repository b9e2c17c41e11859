// A strip of links that may be wider than the screen: it scrolls, and the page doesn't, until the chosen link is in its middle.
import { createElement, useEffect } from 'react';

export const Strip = ({ chosen, ...rest }) => {
  useEffect(() => {
    const strip = document.getElementById(rest.id), link = strip?.querySelector('[aria-current=page]');
    if (!link) return;
    const at = link.getBoundingClientRect(), all = strip.getBoundingClientRect();
    strip.scrollLeft += at.left + at.width / 2 - all.left - all.width / 2;
  }, [chosen]);
  return createElement('nav', rest);
};
