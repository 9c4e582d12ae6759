import { type ReactNode, useId } from 'react';
import { formatNumber } from '../../words/format.ts';
import { Button } from '../action/Button.tsx';
import style from './Pager.module.css';
import type { ListState } from './table-columns.ts';

interface PagerProps {
  total: number;
  shown: number;
  state: ListState;
  onState: ((patch: ListState) => void) | undefined;
  actions?: ReactNode;
}

export const pageSizeUnlessChosen = 25;
const sizes = [pageSizeUnlessChosen, 50, 100, 200];

/** The range of visible rows, the total, and links to the other pages. */
export function Pager({ total, shown, state, onState, actions }: PagerProps) {
  const id = useId();
  const page = state.page ?? 1;
  const pageSize = state.pageSize ?? pageSizeUnlessChosen;
  const last = Math.max(1, Math.ceil(total / pageSize));
  const from = (page - 1) * pageSize + 1;
  return (
    <div className={style.pager}>
      <p className="tabular">
        {last > 1 && onState
          ? `第 ${formatNumber(from)}–${formatNumber(from + shown - 1)} 行，共 ${formatNumber(total)} 行`
          : shown < total
            ? `列出 ${formatNumber(shown)} 行，共 ${formatNumber(total)} 行`
            : `共 ${formatNumber(total)} 行`}
      </p>
      {onState && last > 1 && (
        <nav className={`${style.steps} screen-only`} aria-label="翻页">
          <Button small disabled={page <= 1} onClick={() => onState({ page: page === 2 ? undefined : page - 1 })}>
            上一页
          </Button>
          <span className="tabular">
            {page} / {last}
          </span>
          <Button small disabled={page >= last} onClick={() => onState({ page: page + 1 })}>
            下一页
          </Button>
        </nav>
      )}
      {onState && total > pageSizeUnlessChosen && (
        <div className={`${style.size} screen-only`}>
          <label htmlFor={id}>每页</label>
          <select
            id={id}
            value={pageSize}
            onChange={(event) =>
              onState({
                pageSize: Number(event.target.value) === pageSizeUnlessChosen ? undefined : Number(event.target.value),
                page: undefined,
              })
            }
          >
            {sizes.map((size) => (
              <option key={size} value={size}>
                {size} 行
              </option>
            ))}
          </select>
        </div>
      )}
      {actions && <div className={`${style.actions} screen-only`}>{actions}</div>}
    </div>
  );
}
