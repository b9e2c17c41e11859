// Controls that show a choice before the server has answered. The server's value wins: it replaces the choice when it changes,
// and the choice is dropped when the server refuses it or is silent for ten seconds.
import { createElement, useEffect, useState } from 'react';

const PATIENCE = 10000, SLIDER_PATIENCE = 3000;

const useOptimisticValue = (value) => {
  const [choice, setChoice] = useState(null);
  useEffect(() => { setChoice(null); }, [value]);
  useEffect(() => {
    if (choice === null) return undefined;
    const revert = () => setChoice(null);
    const timer = setTimeout(revert, PATIENCE);
    window.addEventListener('refused', revert);
    return () => { clearTimeout(timer); window.removeEventListener('refused', revert); };
  }, [choice]);
  return [choice ?? value, (next) => setChoice(next === value ? null : next)];
};

// A checkbox; one that leads a group ticks all boxes that follow the group.
export const OptimisticCheckbox = ({ checked, leads, follows, onChange, ...rest }) => {
  const [isOn, show] = useOptimisticValue(checked);
  useEffect(() => {
    if (!follows) return undefined;
    const follow = (e) => { if (e.detail.group === follows) show(e.detail.isOn); };
    window.addEventListener('ticked', follow);
    return () => window.removeEventListener('ticked', follow);
  });
  const change = (e) => {
    show(e.target.checked);
    if (leads) window.dispatchEvent(new CustomEvent('ticked', { detail: { group: leads, isOn: e.target.checked } }));
    onChange?.(e);
  };
  return createElement('input', { ...rest, checked: isOn, onChange: change });
};

export const OptimisticSelect = ({ value, onChange, ...rest }) => {
  const [shown, show] = useOptimisticValue(value);
  return createElement('select', { ...rest, value: shown, onChange: (e) => { show(e.target.value); onChange?.(e); } });
};

// A dragged slider passes values whose answers arrive late, so only the answer to its last value ends the choice.
export const OptimisticSlider = ({ value, onChange, ...rest }) => {
  const [choice, setChoice] = useState(null);
  useEffect(() => {
    if (choice === null) return undefined;
    if (choice === value) { setChoice(null); return undefined; }
    const timer = setTimeout(() => setChoice(null), SLIDER_PATIENCE);
    return () => clearTimeout(timer);
  }, [choice, value]);
  const change = (e) => { setChoice(e.target.value); onChange?.(e); };
  return createElement('input', { ...rest, type: 'range', value: choice ?? value, onChange: change });
};
