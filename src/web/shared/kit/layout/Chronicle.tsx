import type { Key, ReactNode } from 'react';
import style from './Chronicle.module.css';

interface ChronicleEntry {
  key: Key;
  /** When it was, in words. */
  time: ReactNode;
  content: ReactNode;
}

/** What happened, entry after entry: when on the left, what on the right. */
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
