import type { ReactNode } from 'react';
import style from './Undecided.module.css';

interface UndecidedProps {
  /** What it is about, for screen readers. */
  label?: string;
  /** Screen readers announce it at once when it appears. */
  alert?: boolean;
  children: ReactNode;
}

/** Texts or values of which the person keeps one: what stands where, and the buttons of the choice. */
export function Undecided({ label, alert, children }: UndecidedProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element className={style.undecided} aria-label={label} role={alert ? 'alert' : undefined}>
      {children}
    </Element>
  );
}
