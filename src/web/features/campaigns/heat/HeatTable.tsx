import { Link } from '@tanstack/react-router';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Heat } from '../campaign-reply.ts';
import style from './Heat.module.css';
import { type BranchRate, cellNumber, classOf, rateOf, whyNone } from './heat-answer.ts';

export interface HeatProps {
  rates: readonly BranchRate[];
  rows: Heat['rows'];
  /** The branch by which the rows are sorted. */
  branch: string | undefined;
  onBranch: (code: string | undefined) => void;
}

/** The map as a table: a cell opens the branch of the subject, the head of a branch sorts by it. */
export function HeatTable({ rates, rows, branch, onBranch }: HeatProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={style.scroll} aria-label="热力图" tabIndex={0}>
      <table className={style.table}>
        <caption className="visually-hidden">每个对象在每个分支得到分值的百分之几</caption>
        <thead>
          <tr>
            <th scope="col">对象</th>
            {rates.map(({ code, title, max }) => (
              <th key={code} scope="col" className={style.branch} aria-sort={branch === code ? 'ascending' : undefined}>
                <button
                  type="button"
                  title={`${title ?? '名称未见'}，${max === null ? '分值未见' : `${figureText(max)} 分`}；按这一列排，低的在前`}
                  onClick={() => onBranch(branch === code ? undefined : code)}
                >
                  <span className={style.code}>
                    {code}
                    {branch === code && ' ↑'}
                  </span>
                  <span className={style.title}>{title ?? '名称未见'}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ evaluationId, name, cells }) => (
            <tr key={evaluationId}>
              <th scope="row">
                <Link to="/evaluations/$evaluationId" params={{ evaluationId }} search={{}}>
                  {name}
                </Link>
              </th>
              {rates.map(({ code }) => {
                const cell = cells.find((one) => one.code === code);
                const rate = cell ? rateOf(cell.points, cell.max) : null;
                if (rate === null || !cell || cell.points === null || cell.max === null) {
                  return (
                    <td key={code} className={style.none}>
                      <Missing reason={whyNone(cell)} />
                    </td>
                  );
                }
                return (
                  <td key={code} className={style[`class${classOf(rate)}`]}>
                    <Link
                      to="/evaluations/$evaluationId"
                      params={{ evaluationId }}
                      search={{ part: 'leaves', node: code }}
                      title={`${name}，${code}：${figureText(cell.points)} / ${figureText(cell.max)}`}
                    >
                      {cellNumber(rate)}
                    </Link>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">平均</th>
            {rates.map(({ code, mean }) => (
              <td key={code} className={mean === null ? style.none : undefined}>
                {mean === null ? <Missing reason="还没有对象评完这个分支" /> : cellNumber(mean)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
