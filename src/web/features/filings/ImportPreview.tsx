import type { z } from 'zod';
import type { importPreview } from '#contract/filings/import.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { formatDateTime, formatNumber } from '#web/shared/format.ts';
import { Facts, Section } from '#web/shared/kit/Page.tsx';
import style from './FilingImport.module.css';

type Preview = z.output<typeof importPreview>;

/** What was understood of the workbook, and what would change. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const { understood, changes } = preview;
  return (
    <Section
      title="2　核对"
      note={`${preview.fileName} · 预览保留至 ${formatDateTime(preview.expiresAt)}，此前什么都不会写入`}
    >
      <Facts
        items={[
          ['对象', `${preview.unitName} · ${preview.periodName}`],
          ['学校', `${formatNumber(understood.schools)} 所`],
          [
            '工作表',
            understood.sheets.map((sheet) => `${sheet.name}（${sheet.rows} 行 × ${sheet.columns} 列）`).join('、'),
          ],
          ['有值的格', `${formatNumber(understood.cells)} 格，其中 ${formatNumber(understood.unchanged)} 格与现值相同`],
          ['将改动', `${formatNumber(changes.cells)} 格，涉及 ${formatNumber(changes.schools)} 所学校`],
        ]}
      />
      {preview.notes.length > 0 && (
        <ul className={style.notes}>
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {changes.sample.length > 0 && <Sample preview={preview} />}
    </Section>
  );
}

function Sample({ preview: { changes } }: { preview: Preview }) {
  const shown = (value: CellValue) =>
    value === null ? '—' : typeof value === 'number' ? value.toLocaleString('zh-CN') : value;
  return (
    <details className={style.sample} open={changes.sample.length <= 12}>
      <summary>
        改动样例（{changes.sample.length} / {formatNumber(changes.cells)} 格）
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
              <tr key={`${change.sheet}!${change.cell}`}>
                <td>{change.schoolName}</td>
                <td>{change.field}</td>
                <td className="tabular">
                  {change.sheet}!{change.cell}
                </td>
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
