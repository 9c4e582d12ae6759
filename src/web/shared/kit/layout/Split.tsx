import type { CSSProperties, ReactNode } from 'react';
import { type Gap, space } from './layout.ts';
import style from './Split.module.css';

interface SplitProps {
  /** The two columns as CSS tracks: `12rem minmax(0, 1fr)`. */
  columns: string;
  gap?: Gap;
  /** The gap between the two where one stands under the other. */
  stackedGap?: Gap;
  /** Up to this width one stands under the other: a small window, a narrow one. */
  stacked?: 'tablet' | 'window';
  children: ReactNode;
}

/** Two parts of a page beside each other: a list and what is chosen in it, a picture and its table. */
export function Split({ columns, gap = 6, stackedGap = gap, stacked = 'window', children }: SplitProps) {
  const sizes = { '--columns': columns, columnGap: space(gap), rowGap: space(stackedGap) } as CSSProperties;
  return (
    <div className={`${style.split} ${style[stacked]}`} style={sizes}>
      {children}
    </div>
  );
}
