import type { ReactNode } from 'react';
import style from './Pair.module.css';

/** Two fields that belong together, beside each other; under each other on a phone. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={style.pair}>{children}</div>;
}
