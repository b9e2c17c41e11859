// Focuses the first invalid field when a form was refused: in the form that was sent last, else in the open dialog, else on the
// page.
import { useEffect, useRef } from 'react';

export const InvalidFieldFocus = ({ refusal }) => {
  const previous = useRef(null), sent = useRef(null);
  useEffect(() => {
    const onSubmit = (e) => { sent.current = e.target; };
    document.addEventListener('submit', onSubmit, true);
    return () => document.removeEventListener('submit', onSubmit, true);
  }, []);
  useEffect(() => {
    const isFirst = previous.current === null;
    previous.current = refusal;
    if (isFirst || !refusal) return;
    const isInvalid = sent.current?.isConnected && sent.current.querySelector('[aria-invalid=true]');
    const dialog = [...document.querySelectorAll('dialog[open]')].pop();
    const scope = isInvalid ? sent.current : dialog ?? document.getElementById('content');
    const field = scope?.querySelector('[aria-invalid=true]');
    field?.closest('details:not([open])')?.setAttribute('open', '');
    field?.focus();
  }, [refusal]);
  return null;
};
