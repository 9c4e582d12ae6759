import type { Leaf } from '../evaluation-reply.ts';
import style from './Leaf.module.css';

/** What the last round found, and where it stood when this one was opened. */
export function LastFindings({ findings }: { findings: Leaf['lastFindings'] }) {
  return (
    <ul className={style.rules}>
      {findings.map(({ title, state, year, closedOn }) => (
        <li key={`${year} ${title}`}>
          {year} 年：{title}
          <span className="soft">{`（${state}${closedOn === null ? '' : `，${closedOn}`}）`}</span>
        </li>
      ))}
    </ul>
  );
}
