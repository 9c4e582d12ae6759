import type { Key, ReactNode } from 'react';
import style from './Chronicle.module.css';

interface ChronicleEntry {
  key: Key;
  /** The time in words. */
  time: ReactNode;
  content: ReactNode;
}

/** Events in order, one entry each: the time on the left, the event on the right. */
export function Chronicle({ entries }: { entries: readonly ChronicleEntry[] }) {
  return (
    <ol className={style.chronicle}>
      {entries.map(({ key, time, content }) => (
        <li key={key}>
          <span className="tabular soft">{time}</span>
          <div>{content}</div>
        </li>
      ))}
    </ol>
  );
}
