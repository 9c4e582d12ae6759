import { expect, it } from 'vitest';
import { enteredFields, fieldOf } from '#domain/filing/catalogue.ts';
import { soundValues } from '#test/support/sound-values.ts';
import type { FullFiling } from '../filing.store.ts';
import { catalogueOf, currentEdition } from '../filing-catalogues.shape.ts';
import { checkImport } from './filing-import.plan.ts';
import type { FilledCell, Understood } from './import-reading.workbook.ts';

const catalogue = catalogueOf(currentEdition);
const schoolType = '211';

/** An empty filing whose last year differs from the sound values by far in every number. */
function filingOf(code: string): FullFiling {
  const reference = Object.fromEntries(
    Object.entries(soundValues(schoolType)).map(([key, value]) => [
      key,
      typeof value === 'number' ? value * 9 + 90 : null,
    ]),
  );
  return {
    ...{ id: code, code, name: `学校${code}`, edition: currentEdition, schoolType },
    ...{ cells: {}, reference, approved: null },
  } as unknown as FullFiling;
}

function cellsOf(filingId: string, values = soundValues(schoolType)): FilledCell[] {
  return enteredFields(catalogue, { schoolType }).map(({ key }, row) => ({
    ...{ filingId, field: fieldOf(catalogue, key)!, raw: values[key]!, sheet: '表', cell: `E${row}` },
    kind: typeof values[key] === 'number' ? ('number' as const) : ('text' as const),
    fault: undefined,
  }));
}

function check(cells: FilledCell[]) {
  const codes = [...new Set(cells.map((cell) => cell.filingId))];
  const understood: Understood = {
    ...{ cells, explanations: [], stray: [], sheets: [], columns: 1, emptyRows: 0, notes: [] },
  };
  return checkImport(understood, new Map(codes.map((code) => [code, filingOf(code)])), () => true);
}

it('doubts without number hide no error: all are counted, the hard ones are listed first', () => {
  const doubtful = Array.from({ length: 120 }, (_, index) => cellsOf(`doubtful ${index}`)).flat();
  const broken = cellsOf('broken', { ...soundValues(schoolType), 小学县级以上骨干教师数: 31 });
  const { findings } = check([...doubtful, ...broken]);
  expect(findings.count('hard')).toBe(1);
  expect(findings.count('soft')).toBeGreaterThan(2000);
  const { list } = findings;
  expect(list[0]).toMatchObject({ weight: 'hard', findings: [{ subject: '学校broken' }] });
  expect(list.reduce((sum, group) => sum + group.findings.length, 0)).toBe(2000);
  expect(list.reduce((sum, group) => sum + group.total, 0)).toBe(1 + findings.count('soft'));
  expect(findings.notes.join()).toContain('只列出前 2000 处');
  expect(check(doubtful).findings.count('hard')).toBe(0);
});
