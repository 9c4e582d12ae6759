import type { ReadPages } from '../../call/queries.ts';
import { formatNumber } from '../../words/format.ts';
import { Button } from '../action/Button.tsx';
import style from './Further.module.css';

/** The loaded part of a list that is read piece by piece. */
export type FurtherPages = Pick<ReadPages<never>, 'more' | 'failed'> & { readonly rows: readonly unknown[] };

/** Below a long list that is read piece by piece: how much of it is loaded, and a button for the rest. */
export function Further({ of: list, total }: { of: FurtherPages; total: number }) {
  const { rows, more, failed } = list;
  if (rows.length >= total) return null;
  return (
    <p className={style.further}>
      前 {formatNumber(rows.length)} / 共 {formatNumber(total)}
      <Button small kind="quiet" disabled={!more} onClick={() => more?.()}>
        {failed ? '没有读到，再试一次' : more ? '继续列出' : '正在读取'}
      </Button>
    </p>
  );
}
