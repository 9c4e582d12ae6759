import type { confirmImport } from '#contract/people/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { csvText } from '#domain/text/csv.ts';

export type MadeRow = RouteOutput<typeof confirmImport>['rows'][number];

/** The new accounts as a file; a name that begins like a formula stays a name. */
export function accountsFile(rows: readonly MadeRow[]) {
  const lines = rows.map((row) => [row.name, row.username, row.password]);
  return {
    fileName: '新建账户.csv',
    contentType: 'text/csv; charset=utf-8',
    body: new TextEncoder().encode(csvText([['姓名', '用户名', '临时密码'], ...lines])),
  };
}
