import type { ReactNode } from 'react';
import style from './Band.module.css';

interface BandProps {
  /** `look`: to be noticed; `fails`: something is wrong; `plain`: how things stand. */
  tone: 'look' | 'fails' | 'plain';
  /** The subject of the band, for screen readers. */
  label?: string;
  /** Screen readers announce it at once when it appears. */
  alert?: boolean;
  children: ReactNode;
}

/** A tinted strip across the page for facts that the person must know before reading the rest. */
export function Band({ tone, label, alert, children }: BandProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element className={`${style.band} ${style[tone]}`} aria-label={label} role={alert ? 'alert' : undefined}>
      {children}
    </Element>
  );
}
