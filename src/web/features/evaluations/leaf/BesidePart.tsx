import { figureText } from '#web/shared/framework/indicator.words.ts';
import type { Leaf } from '../evaluation-reply.ts';
import { LastFindings } from './LastFindings.tsx';
import style from './Leaf.module.css';

/** What stood at this leaf before and stands at it elsewhere: last findings, earlier points, means. */
export function BesidePart({ leaf }: { leaf: Leaf }) {
  const { lastFindings, earlier, means, max } = leaf;
  const known = [
    means.county === null ? null : `同县平均 ${figureText(means.county)}`,
    means.city === null ? null : `全市平均 ${figureText(means.city)}`,
  ].filter((one) => one !== null);
  if (lastFindings.length === 0 && earlier.length === 0 && known.length === 0) return null;
  return (
    <section aria-label="以前的情况" className={style.part}>
      <header className={style.partHead}>
        <h3>以前的情况</h3>
        {known.length > 0 && <span className="caption">{known.join(' · ')}</span>}
      </header>
      {lastFindings.length > 0 && <LastFindings findings={lastFindings} />}
      {earlier.length > 0 && (
        <table className={style.facts}>
          <caption className="visually-hidden">历次得分</caption>
          <thead>
            <tr>
              <th scope="col">年度</th>
              <th scope="col" className={style.end}>
                得分
              </th>
              <th scope="col" className={style.end}>
                当时平均
              </th>
            </tr>
          </thead>
          <tbody>
            {earlier.map(({ year, points, max: then, mean }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                <td className={style.end}>
                  {points === null ? '—' : figureText(points)}
                  {then !== null && ` / ${figureText(then)}`}
                  {then !== null && max !== null && then !== max && <span className="soft">（分值不同）</span>}
                </td>
                <td className={style.end}>{mean === null ? '—' : figureText(mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
