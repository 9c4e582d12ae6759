import type { ReactNode } from 'react';
import { type Gap, space } from './layout.ts';
import style from './Stack.module.css';

/** One thing under another, the same distance apart. */
export function Stack({ gap = 4, children }: { gap?: Gap; children: ReactNode }) {
  return (
    <div className={style.stack} style={{ gap: space(gap) }}>
      {children}
    </div>
  );
}
