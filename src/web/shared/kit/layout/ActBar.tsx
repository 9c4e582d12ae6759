import { type ReactNode, useEffect, useRef } from 'react';
import style from './ActBar.module.css';

interface ActBarProps {
  /** Where it stands with the form, or why a button is grey. */
  note?: ReactNode;
  /** The buttons. */
  children: ReactNode;
}

/** Between the bar and whatever has the focus, in pixels. */
const clearance = 8;

/**
 * The acts of a long form, at the lower edge of the window while the form is longer than it. The page scrolls whatever gets
 * the focus above the bar (WCAG 2.2, 2.4.11).
 */
export function ActBar({ note, children }: ActBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [root, element] = [document.documentElement, bar.current!];
    const keepFree = () => {
      const below = Number.parseFloat(getComputedStyle(element).bottom) || 0;
      root.style.scrollPaddingBottom = `${element.offsetHeight + below + clearance}px`;
    };
    const sizes = new ResizeObserver(keepFree);
    sizes.observe(element);
    sizes.observe(root);
    return () => {
      sizes.disconnect();
      root.style.removeProperty('scroll-padding-bottom');
    };
  }, []);
  return (
    <div ref={bar} className={`${style.bar} screen-only`}>
      {children}
      <div className={style.note} role="status">
        {note}
      </div>
    </div>
  );
}
