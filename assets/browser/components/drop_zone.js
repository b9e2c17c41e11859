// A place where a card can be dropped.
import { createElement } from 'react';

export const DropZone = ({ onCard, ...rest }) => createElement('div', {
  ...rest, onDrop: (e) => onCard(e.dataTransfer.getData('text/plain')),
});
