import { expect, it } from 'vitest';
import { peopleImport } from '#contract/people/import.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { importing } from './importing.act.ts';
import { rowsImporting } from './rows-importing.act.ts';

it('a table whose texts the reader of workbooks would cut is not served', () => {
  const served = (longestText: number) =>
    importing()(
      peopleImport,
      rowsImporting<typeof peopleImport, never, string>({
        ...{ columns: [{ name: '说明' }], things: 'others', faulty: '不能导入的行', longestText },
        understand: (row) => row.text('说明'),
        place: () => ({ placeId: 1, schoolId: null, subject: null }),
        take: () => Promise.reject(new Error('nothing is taken here')),
      }) as never,
    );
  expect(served(readLimits.textLength - 1)).toHaveLength(4);
  expect(() => served(readLimits.textLength)).toThrow('may be as long');
});
