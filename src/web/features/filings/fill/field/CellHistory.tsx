import * as filings from '#contract/filings/filings.ts';
import { formatValue } from '#domain/filing/values.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Field } from '../../filing-cell.ts';
import style from './CellHistory.module.css';

/** The changes of a cell: who, when, the old and the new value. */
export function CellHistory({ filingId, field }: { filingId: string; field: Field }) {
  const history = useRead(filings.cellHistory, { params: { filingId, field: field.key } });
  return (
    <Loaded of={history}>
      {({ entries }) =>
        entries.length === 0 ? (
          <p className="caption">还没有修改记录。</p>
        ) : (
          <ol className={style.thread}>
            {entries.map((entry) => (
              <li key={`${entry.at}-${String(entry.after)}`}>
                <span className="tabular">
                  {entry.before === entry.after ? '只写说明，值仍为 ' : `${formatValue(field, entry.before)} → `}
                  <strong>{formatValue(field, entry.after)}</strong>
                </span>
                <span className="caption">
                  {entry.actorName ?? '系统'} {entry.action} {formatDateTime(entry.at)}
                </span>
                {entry.explanation && <span className={style.said}>说明：{entry.explanation}</span>}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
