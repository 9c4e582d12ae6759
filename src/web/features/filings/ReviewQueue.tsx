import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type * as filings from '#contract/filings.ts';
import { StateMark } from '#web/shared/kit/StateMark.tsx';
import style from './FilingReview.module.css';
import { stateName } from './filing-words.ts';

export type QueueRow = z.output<typeof filings.filingSummary>;

interface ReviewQueueProps {
  rows: readonly QueueRow[];
  current: string;
  opened: ReadonlySet<string>;
  onOpen: (id: string) => void;
}

/** What waits, oldest first: what decides about the order of work is in the row. */
export function ReviewQueue({ rows, current, opened, onOpen }: ReviewQueueProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-id="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav className={style.queue} aria-label="待办理的填报">
      <ol ref={list}>
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
    </nav>
  );
}
