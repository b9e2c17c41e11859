// The browser's own notifications of reminders.
import { createElement, useEffect, useState } from 'react';

const PREFIX = 'notified-';
let due = null;

const forgetGone = (reminders) => {
  const known = new Set(reminders.map(({ key }) => PREFIX + key));
  const gone = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !known.has(key));
  gone.forEach((key) => localStorage.removeItem(key));
};

// Some browsers throw here, since they allow notifications only from a service worker.
const show = (title, body, tag) => new Notification(title, { body, tag });

const notify = ({ key, title, when, address }) => {
  if (localStorage.getItem(PREFIX + key)) return;
  try {
    const notification = show(title, when, key);
    localStorage.setItem(PREFIX + key, '1');
    notification.addEventListener('click', () => { window.focus(); window.location.assign(address); });
  } catch { /* this browser shows none */ }
};

// Notifies once of each reminder that is new to this browser, and calls `onTime` when time alone has changed something: after the
// seconds in `alarm`, also on a page that was opened since it was set. A browser's timer takes no more than 24 days.
export const Notifier = ({ reminders, alarm, onTime }) => {
  useEffect(() => {
    if (reminders?.length) forgetGone(reminders);
    if ('Notification' in window && Notification.permission === 'granted') reminders?.forEach(notify);
  }, [reminders]);
  useEffect(() => {
    const seconds = Number((alarm || '').split(' ')[1]);
    if (!seconds) return undefined;
    if (due?.alarm !== alarm) due = { alarm, at: Date.now() + seconds * 1000 + 500 };
    const timer = setTimeout(() => onTime(), due.at - Date.now());
    return () => clearTimeout(timer);
  }, [alarm]);
  return null;
};

const ANSWERS = {
  granted: 'This browser notifies you while Pursuit is open in it.',
  denied: 'This browser blocks notifications from Pursuit; its own settings can allow them.',
  unable: 'This browser shows no notifications from a page.',
};

// Asks the browser to let this page notify, and shows its answer.
export const Permission = (props) => {
  const [answer, setAnswer] = useState('');
  useEffect(() => { setAnswer('Notification' in window ? Notification.permission : ''); }, []);
  const ask = async () => {
    const permission = await Notification.requestPermission();
    try {
      if (permission === 'granted') show('Pursuit', 'Reminders will be shown here.', 'pursuit');
      setAnswer(permission);
    } catch { setAnswer('unable'); }
  };
  if (answer === '') return null;
  if (answer in ANSWERS) return createElement('p', { className: 'quiet small' }, ANSWERS[answer]);
  return createElement('button', { ...props, onClick: ask }, 'Notify me in this browser');
};
