import type { ReactNode } from 'react';
import { type Gap, space } from './layout.ts';
import style from './Row.module.css';

interface RowProps {
  gap?: Gap;
  /** The alignment: words of different sizes share their baseline. */
  align?: 'center' | 'baseline';
  /** Stands in a line of text or in a cell. */
  inline?: boolean;
  children: ReactNode;
}

/** Short things beside each other: buttons, marks, facts. They wrap where there is no room. */
export function Row({ gap = 2, align = 'center', inline, children }: RowProps) {
  const Element = inline ? 'span' : 'div';
  return (
    <Element className={`${style.row} ${inline ? style.inline : ''} ${style[align]}`} style={{ columnGap: space(gap) }}>
      {children}
    </Element>
  );
}
