import { type RefObject, useEffect, useState } from 'react';

interface Windowed {
  start: number;
  end: number;
  /** Heights of what is left out above and below. */
  before: number;
  after: number;
}

const margin = 12;

/** Which rows of a long table are in sight of its scroller; all of them where `on` is false. */
export function useWindowedRows(scroller: RefObject<HTMLElement | null>, count: number, on: boolean): Windowed {
  const [view, setView] = useState({ top: 0, height: 900, row: 36 });
  useEffect(() => {
    const element = scroller.current;
    if (!on || !element) return;
    let frame = 0;
    const measure = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const row = element.querySelector('tbody tr:not([aria-hidden])')?.getBoundingClientRect().height ?? 36;
        setView({ top: element.scrollTop, height: element.clientHeight, row: Math.max(row, 20) });
      });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [scroller, on]);
  if (!on) return { start: 0, end: count, before: 0, after: 0 };
  const start = Math.max(0, Math.floor(view.top / view.row) - margin);
  const end = Math.min(count, Math.ceil((view.top + view.height) / view.row) + margin);
  return { start, end, before: start * view.row, after: (count - end) * view.row };
}
