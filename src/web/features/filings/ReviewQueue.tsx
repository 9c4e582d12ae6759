import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type * as filings from '#contract/filings/filings.ts';
import { Further } from '#web/shared/kit/Further.tsx';
import { StateMark } from '#web/shared/kit/StateMark.tsx';
import type { ReadPages } from '#web/shared/queries.ts';
import style from './FilingReview.module.css';
import { stateName } from './filing-words.ts';

type QueuePage = z.output<typeof filings.list.output>;
export type QueueRow = QueuePage['rows'][number];

interface ReviewQueueProps {
  list: ReadPages<QueuePage>;
  /** How many the queue holds, also those that are not listed yet. */
  total: number;
  current: string;
  opened: ReadonlySet<string>;
  onOpen: (id: string) => void;
}

/** What waits, oldest first: what decides about the order of work is in the row. */
export function ReviewQueue({ list, total, current, opened, onOpen }: ReviewQueueProps) {
  const { rows } = list;
  const lines = useRef<HTMLOListElement>(null);
  useEffect(() => {
    lines.current?.querySelector(`[data-id="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav className={`${style.queue} screen-only`} aria-label="待办理的填报">
      {rows.length === 0 && <p className={style.further}>队列中没有等待办理的填报</p>}
      <ol ref={lines}>
        {rows.map((row) => (
          <li key={row.id} data-id={row.id}>
            <button type="button" aria-current={row.id === current || undefined} onClick={() => onOpen(row.id)}>
              <span className={style.queueName}>
                <strong>{row.school.name}</strong>
                {row.id !== current && !opened.has(row.id) && <span className={style.fresh}>未看</span>}
              </span>
              <span className={style.queueFacts}>
                <StateMark state={stateName(row)} />
                <span>
                  {row.filled}/{row.required}
                </span>
                {row.softFindings > 0 && <StateMark state="doubt" text={`疑点 ${row.softFindings}`} />}
              </span>
              <span className={style.queueFacts}>
                <span>
                  {row.changedSinceApproval === null ? '未批准过' : `批准后改动 ${row.changedSinceApproval} 项`}
                </span>
                <span>
                  {row.daysWaiting === null ? '' : row.daysWaiting === 0 ? '今天提交' : `已等 ${row.daysWaiting} 天`}
                </span>
                {row.late && <StateMark state="late" text="迟交" />}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className={style.further}>
        <Further of={list} total={total} />
      </div>
    </nav>
  );
}
