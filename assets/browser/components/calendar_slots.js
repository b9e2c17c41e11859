// Free time of a calendar's day: a click there schedules an interview, and an interview dropped there moves to it.
import { createElement } from 'react';

const STEP = 15, DAY = 24 * 60;
const TYPE = 'application/x-pursuit-interview';
const isList = () => window.matchMedia('(max-width: 767px)').matches;
const twoDigits = (number) => String(number).padStart(2, '0');

let grabbedAt = 0;

const onDragStart = (e) => {
  const item = e.target.closest('[data-moves-to]');
  if (!item) return;
  e.dataTransfer.setData(TYPE, item.dataset.movesTo);
  e.dataTransfer.effectAllowed = 'copyMove';
  grabbedAt = e.clientY - item.getBoundingClientRect().top;
};

// The slot under the pointer: a day, or in a column of hours a time in steps of 15 minutes.
const slotAt = (e, { day, firstHour, hours }, above = 0) => {
  if (!hours) return { start: day };
  const { top, height } = e.currentTarget.getBoundingClientRect();
  const down = ((e.clientY - above - top) / height) * hours * 60;
  const minute = Math.min(Math.max(firstHour * 60 + Math.floor(down / STEP) * STEP, 0), DAY - STEP);
  const label = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
  return { start: `${day}T${label}`, label, top: `${((minute / 60 - firstHour) / hours) * 100}%` };
};

const mark = (element, slot) => {
  element.dataset.slot = slot.label ?? '';
  element.style.setProperty('--slot', slot.top ?? '0');
};
const unmark = (e) => { delete e.currentTarget.dataset.slot; };
const isFree = (e) => !isList() && !e.target.closest('a, button');

export const CalendarSlots = ({ element = 'div', day, firstHour, hours, onFree, onMoved, ...rest }) => {
  const slots = { day, firstHour, hours };
  return createElement(element, {
    ...rest,
    onDragStart,
    onClick: (e) => { if (isFree(e)) onFree(slotAt(e, slots).start); },
    onMouseMove: (e) => { if (isFree(e)) mark(e.currentTarget, slotAt(e, slots)); else unmark(e); },
    onMouseLeave: unmark,
    onDragOver: (e) => {
      if (isList() || !e.dataTransfer.types.includes(TYPE)) return;
      e.preventDefault();
      mark(e.currentTarget, slotAt(e, slots, grabbedAt));
    },
    onDragLeave: unmark,
    onDrop: (e) => {
      const id = e.dataTransfer.getData(TYPE);
      unmark(e);
      if (!id) return;
      e.preventDefault();
      onMoved(id, slotAt(e, slots, grabbedAt).start);
    },
  });
};
