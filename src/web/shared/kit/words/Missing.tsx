import { useId } from 'react';
import style from './Missing.module.css';

/** A missing value: `—`, with the reason on hover, on focus and for screen readers. Never 0, never blank. */
export function Missing({ reason }: { reason: string }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard
    <span className={style.missing} tabIndex={0} role="note" aria-label={`无数据：${reason}`} aria-describedby={id}>
      —
      <span id={id} role="tooltip" className={style.reason}>
        {reason}
      </span>
    </span>
  );
}
