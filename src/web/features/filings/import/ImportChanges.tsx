import type { previewImport } from '#contract/filings/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { groupedNumber } from '#domain/kit/number-text.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './ImportChanges.module.css';

export type Preview = RouteOutput<typeof previewImport>;

/** A sample of the cells that would change, with the old and the new values. */
export function ImportChanges({ changes }: Pick<Preview, 'changes'>) {
  if (changes.sample.length === 0) return null;
  return (
    <details className={style.sample} open={changes.sample.length <= 12}>
      <summary>
        {changes.sample.length < changes.cells
          ? `将改动 ${formatNumber(changes.cells)} 格，这里列出前 ${changes.sample.length} 格`
          : `将改动的 ${formatNumber(changes.cells)} 格`}
      </summary>
      <div className="scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">学校</th>
              <th scope="col">数据项</th>
              <th scope="col">位置</th>
              <th scope="col" className="numbers">
                现值
              </th>
              <th scope="col" className="numbers">
                新值
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.sample.map((change) => (
              <tr key={change.place}>
                <td>{change.schoolName}</td>
                <td>{change.field}</td>
                <td className="tabular">{change.place}</td>
                <td className="numbers">{shown(change.before)}</td>
                <td className="numbers">
                  <strong>{shown(change.after)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function shown(value: CellValue): string {
  if (value === null) return '—';
  return typeof value === 'number' ? groupedNumber(value) : value;
}
