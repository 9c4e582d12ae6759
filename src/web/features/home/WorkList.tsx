import { Link, type LinkProps, linkOptions } from '@tanstack/react-router';
import { formatDate, formatNumber } from '#web/shared/format.ts';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import style from './WorkList.module.css';
import { type Overview, stageWords, workWords } from './work-words.ts';

/** What waits for this person, one line a kind; each line opens the list that it counts. */
export function WorkList({ work, next }: Pick<Overview, 'work' | 'next'>) {
  if (work.length === 0) {
    return (
      <p className={style.done}>
        目前没有需要您处理的事项。
        {next && `下一项是${next.name}的${stageWords[next.stage]}，${formatDate(next.date)}。`}
      </p>
    );
  }
  return (
    <ul className={style.work}>
      {work.map((line) => {
        const words = workWords[line.kind];
        const link = line.filingId
          ? linkOptions({ to: '/filings/$filingId', params: { filingId: line.filingId } })
          : words.link;
        return (
          <li key={line.kind}>
            <Link {...(link as LinkProps)} className={style.line}>
              <StateMark state={words.state} text={words.mark} />
              <span>
                <strong className="tabular">{formatNumber(line.count)}</strong> {words.of}
              </span>
              <span className={style.waited}>
                {line.oldestDays !== null && words.waited ? words.waited(line.oldestDays) : ''}
              </span>
              <span className={style.verb}>
                {words.verb} <span aria-hidden="true">→</span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
