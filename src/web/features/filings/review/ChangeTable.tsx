import type { ReactNode } from 'react';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { formatValue } from '#domain/filing/values.ts';
import type { Field } from '../filing-cell.ts';
import style from './ChangeTable.module.css';

export interface ShownChange {
  readonly field: string;
  readonly before: CellValue;
  readonly after: CellValue;
  readonly note?: ReactNode;
}

/** The value as its field writes it; a field that the school no longer has writes it as it is. */
export function changeText(fields: readonly Field[], key: string, value: CellValue): string {
  const field = fields.find((each) => each.key === key);
  return field ? formatValue(field, value) : String(value ?? '—');
}

interface ChangeTableProps {
  fields: readonly Field[];
  changes: readonly ShownChange[];
  /** The head of the column of old values. */
  before: string;
}

/** Fields with their value before and their value now. */
export function ChangeTable({ fields, changes, before }: ChangeTableProps) {
  const noted = changes.some(({ note }) => note !== undefined);
  return (
    <div className={style.wide}>
      <table>
        <thead>
          <tr>
            <th scope="col">数据项</th>
            <th scope="col" className="numbers">
              {before}
            </th>
            <th scope="col" className="numbers">
              现在
            </th>
            {noted && <th scope="col">修改人</th>}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.field}>
              <td>{change.field}</td>
              <td className="numbers">{changeText(fields, change.field, change.before)}</td>
              <td className="numbers">
                <strong>{changeText(fields, change.field, change.after)}</strong>
              </td>
              {noted && <td>{change.note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
