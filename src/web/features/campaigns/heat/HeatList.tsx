import { Link } from '@tanstack/react-router';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import style from './Heat.module.css';
import type { HeatProps } from './HeatTable.tsx';
import { cellNumber, classOf, rateOf, whyNone } from './heat-answer.ts';

const inOrder = 'order';

/** The map on a phone: each subject with its branches below it, as many beside each other as have room. */
export function HeatList({ rates, rows, branch, onBranch }: HeatProps) {
  return (
    <>
      <SelectField
        label="排列"
        value={branch ?? inOrder}
        options={[
          { value: inOrder, label: '按名录次序' },
          ...rates.map(({ code, title }) => ({ value: code, label: `${code} ${title ?? ''} 低的在前` })),
        ]}
        onChange={(code) => onBranch(code === inOrder ? undefined : code)}
      />
      <ul className={style.list}>
        {rows.map(({ evaluationId, name, cells }) => (
          <li key={evaluationId}>
            <Link to="/evaluations/$evaluationId" params={{ evaluationId }} search={{}}>
              {name}
            </Link>
            <ul className={style.chips}>
              {cells.map(({ code, points, max }) => {
                const rate = rateOf(points, max);
                return (
                  <li key={code} className={rate === null ? style.none : style[`class${classOf(rate)}`]}>
                    <span className={style.code}>{code}</span>
                    {rate === null ? <Missing reason={whyNone({ points, max })} /> : cellNumber(rate)}
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      <ul className={style.names} aria-label="分支">
        {rates.map(({ code, title }) => (
          <li key={code}>
            <span className={style.code}>{code}</span> {title ?? '名称未见'}
          </li>
        ))}
      </ul>
    </>
  );
}
