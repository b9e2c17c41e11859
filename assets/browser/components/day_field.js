// A date that is passed on when the field is left, not at each key; an incomplete or unknown date as `unfinished`.
import { createElement } from 'react';

export const DayField = ({ onDay, ...rest }) => createElement('input', {
  ...rest, onBlur: ({ target }) => onDay(target.validity.valid ? target.value : 'unfinished'),
});
