import { type FormEvent, useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { formatValue } from '#domain/filing/values.ts';
import { formatDateTime } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { Loaded } from '#web/shared/kit/Loaded.tsx';
import { useAct, useRead } from '#web/shared/queries.ts';
import style from './CellFacts.module.css';
import { asField, type Field } from './filing-cell.ts';

/** Who changed a cell, when, from what to what. */
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
                  {entry.before === entry.after
                    ? '只写说明，值仍为 '
                    : `${formatValue(asField(field), entry.before)} → `}
                  <strong>{formatValue(asField(field), entry.after)}</strong>
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

type Comment = ReturnType<typeof filings.filingComment.parse>;

/** What was said about a cell, open things first, and a line to add. */
export function CellComments({
  filingId,
  field,
  comments,
  may,
}: {
  filingId: string;
  field: Field;
  comments: readonly Comment[];
  may: boolean;
}) {
  const [text, setText] = useState('');
  const add = useAct(filings.comment, { onDone: () => setText('') });
  const resolve = useAct(filings.resolveComment);
  const own = comments
    .filter((comment) => comment.field === field.key)
    .sort((left, right) => Number(left.resolvedAt !== null) - Number(right.resolvedAt !== null));
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (text.trim()) void add.act({ params: { filingId }, body: { field: field.key, body: text.trim() } });
  }
  return (
    <>
      {own.length > 0 && (
        <ul className={style.thread}>
          {own.map((comment) => (
            <li key={comment.id} data-resolved={comment.resolvedAt !== null || undefined}>
              <span>{comment.body}</span>
              <span className="caption">
                {comment.authorName} {formatDateTime(comment.at)}
                {comment.resolvedAt ? ' · 已处理' : ''}
              </span>
              {may && !comment.resolvedAt && (
                <Button
                  small
                  kind="quiet"
                  busy={resolve.busy}
                  onClick={() => void resolve.act({ params: { filingId, commentId: comment.id } })}
                >
                  标为已处理
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {own.length === 0 && !may && <p className="caption">没有批注。</p>}
      {may && (
        <form className={style.comment} onSubmit={onSubmit}>
          <label className="visually-hidden" htmlFor={`comment-${field.key}`}>
            批注 {field.key}
          </label>
          <input
            id={`comment-${field.key}`}
            value={text}
            maxLength={1000}
            placeholder="写一条批注"
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" small busy={add.busy} disabled={text.trim() === ''}>
            添加
          </Button>
        </form>
      )}
    </>
  );
}
