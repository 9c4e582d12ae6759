import { type ReactNode, useEffect, useRef } from 'react';
import { Further, type FurtherPages } from '../kit/table/Further.tsx';
import style from './ReviewQueue.module.css';

/** One subject that waits. */
export interface QueueRow {
  readonly id: string;
}

interface ReviewQueueProps<Row extends QueueRow> {
  /** The name of the queue for screen readers: `待办理的填报`. */
  label: string;
  /** The text where nothing is listed. */
  empty: string;
  list: Omit<FurtherPages, 'rows'> & { readonly rows: readonly Row[] };
  /** The number of subjects in the queue, those not listed yet included. */
  total: number;
  current: string;
  opened: ReadonlySet<string>;
  nameOf: (row: Row) => string;
  /** The facts that decide the order of work: lines of short facts. */
  factsOf: (row: Row) => readonly ReactNode[];
  onOpen: (id: string) => void;
}

/** The waiting subjects, in the order of the list; each row shows the facts that decide the order of work. */
export function ReviewQueue<Row extends QueueRow>(props: ReviewQueueProps<Row>) {
  const { label, empty, list, total, current, opened, nameOf, factsOf, onOpen } = props;
  const lines = useRef<HTMLOListElement>(null);
  useEffect(() => {
    lines.current?.querySelector(`[data-id="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav className={`${style.queue} screen-only`} aria-label={label}>
      {list.rows.length === 0 && <p className={style.further}>{empty}</p>}
      <ol ref={lines}>
        {list.rows.map((row) => (
          <li key={row.id} data-id={row.id}>
            <button type="button" aria-current={row.id === current || undefined} onClick={() => onOpen(row.id)}>
              <span className={style.name}>
                <strong>{nameOf(row)}</strong>
                {row.id !== current && !opened.has(row.id) && <span className={style.fresh}>未看</span>}
              </span>
              {factsOf(row).map((facts, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a row keep their places
                <span key={at} className={style.facts}>
                  {facts}
                </span>
              ))}
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
