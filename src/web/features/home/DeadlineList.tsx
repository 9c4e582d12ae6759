import { formatNumber } from '#web/shared/format.ts';
import { daysLeft } from '#web/shared/kit/DeadlineText.tsx';
import style from './Home.module.css';
import type { Overview } from './Home.tsx';
import { stageWords } from './work-words.ts';

/** What falls due, soonest first: who, what, how many days, how many schools are missing. */
export function DeadlineList({ deadlines }: Pick<Overview, 'deadlines'>) {
  return (
    <ul className={style.deadlines}>
      {deadlines.map((line) => (
        <li key={`${line.stage}-${line.unitId ?? line.name}`} title={line.basis ?? undefined}>
          <span>
            {line.name} <span className="soft">{stageWords[line.stage]}</span>
          </span>
          <time dateTime={line.date} className="tabular soft">
            {line.date}
          </time>
          <span className={line.daysLeft < 0 ? style.passed : line.daysLeft <= 7 ? style.near : 'soft'}>
            {daysLeft(line.daysLeft)}
          </span>
          <span className="numbers soft">
            {line.outstanding > 0 ? `尚缺 ${formatNumber(line.outstanding)} 校` : '已齐'}
          </span>
        </li>
      ))}
    </ul>
  );
}
