import type { z } from 'zod';
import type * as filings from '#contract/filings/filings.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Field } from '../filing-cell.ts';
import { inFormOrder } from '../form-order.ts';
import { ChangeTable } from './ChangeTable.tsx';

export type SinceReturnOf = NonNullable<z.output<typeof filings.timeline.output>['sinceReturn']>;

/** The sentences above the table: what was sent back, and what of it is still as it was. */
export function sinceReturnWords({ title, by, at, reason, changes, left }: SinceReturnOf): string[] {
  const done = changes.length === 0 ? '此后没有改动数据。' : `此后改动 ${changes.length} 项。`;
  return [
    `${formatDateTime(at)} ${by}${title}${reason === null ? '。' : `：${reason}`}`,
    left.length === 0 ? done : `${done}点名${title}而未改的 ${left.length} 项：${left.join('、')}。`,
  ];
}

/** What the school changed after its filing was sent back last. */
export function SinceReturn({ since, fields }: { since: SinceReturnOf; fields: readonly Field[] }) {
  const changes = since.changes.map(({ field, before, after, explanation, by, at }) => ({
    ...{ field, before, after },
    note: (
      <>
        {by ?? '系统'} <span className="caption">{formatDateTime(at)}</span>
        {explanation !== null && <p className="caption">说明：{explanation}</p>}
      </>
    ),
  }));
  return (
    <>
      {sinceReturnWords({ ...since, left: inFormOrder(since.left, fields) }).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {changes.length > 0 && <ChangeTable fields={fields} changes={changes} before={`${since.title}时`} />}
    </>
  );
}
