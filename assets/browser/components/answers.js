// Passes the server's answers on to the scripts of the page: each new notice, except the one a page begins with, as `answered` or
// `refused`, and the last press that was answered as `keyed`.
import { useEffect, useRef } from 'react';

export const Answers = ({ notice, isRefusal, answer }) => {
  const previous = useRef(notice);
  useEffect(() => {
    if (!notice || previous.current === notice) return;
    previous.current = notice;
    window.dispatchEvent(new Event(isRefusal ? 'refused' : 'answered'));
  }, [notice]);
  useEffect(() => {
    if (answer) window.dispatchEvent(new CustomEvent('keyed', { detail: { key: answer.key, isKept: answer.is_kept } }));
  }, [answer?.id]);
  return null;
};
