import { useState } from 'react';
import type { previewImport } from '#contract/directory/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** The preview of an uploaded table of schools. */
export type Preview = RouteOutput<typeof previewImport>;
type Change = Preview['changes']['rows'][number];

const acts: Readonly<Record<Change['act'], string>> = { open: '设立', rename: '更名', correct: '更正' };
/** Changes to registered schools come before new schools. */
const order: readonly Change['act'][] = ['rename', 'correct', 'open'];
const shownAtFirst = 100;

const columns: ReadonlyArray<Column<Change>> = [
  { key: 'name', title: '学校', fact: 1, cell: (row) => row.name },
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  {
    key: 'code',
    title: '标识码',
    width: '8rem',
    cell: (row) => <span className="tabular">{schoolCodeText(row.code)}</span>,
  },
  { key: 'county', title: '县级单位', width: '9rem', cell: (row) => row.countyName },
  { key: 'type', title: '办学类型', width: '9rem', cell: (row) => row.schoolTypeName },
  { key: 'act', title: '办理', fact: 2, width: '5rem', cell: (row) => acts[row.act] },
  { key: 'what', title: '内容', fact: 3, cell: (row) => row.what },
];

/** The entries that would be written into the register, school by school. */
export function SchoolChanges({ changes }: Pick<Preview, 'changes'>) {
  const [isWhole, setWhole] = useState(false);
  const ordered = [...changes.rows].sort((a, b) => order.indexOf(a.act) - order.indexOf(b.act));
  const shown = isWhole ? ordered : ordered.slice(0, shownAtFirst);
  return (
    <>
      <DataTable
        caption="将要写入的变动"
        columns={columns}
        rows={shown}
        total={changes.total}
        rowKey={(row) => `${row.row} ${row.act}`}
      />
      {ordered.length > shown.length && (
        <Button kind="quiet" onClick={() => setWhole(true)}>
          显示全部 {formatNumber(ordered.length)} 项
        </Button>
      )}
    </>
  );
}
