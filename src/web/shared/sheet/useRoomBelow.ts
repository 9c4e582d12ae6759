import { type RefObject, useLayoutEffect, useState } from 'react';

/** The height from an element's upper edge to the lower edge of the window, so that a sheet fills the screen. */
export function useRoomBelow(element: RefObject<HTMLElement | null>): string {
  const [top, setTop] = useState(260);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + scrollY));
    };
    measure();
    addEventListener('resize', measure);
    const observer = new ResizeObserver(measure);
    if (element.current?.parentElement) observer.observe(element.current.parentElement);
    return () => {
      removeEventListener('resize', measure);
      observer.disconnect();
    };
  }, [element]);
  // A low window is filled by the sheet alone once the head is scrolled away.
  return `max(min(24rem, 100dvh - var(--frame-top) - 0.5rem), calc(100dvh - ${top}px - 2.75rem))`;
}
