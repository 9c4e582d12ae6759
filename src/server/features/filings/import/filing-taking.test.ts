import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as imports from '#contract/filings/import.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

/** The filings that were examined, in their order. */
const examined: unknown[] = [];
vi.hoisted(() => vi.resetModules());
vi.mock('../filing.shape.ts', async (original) => {
  const shape = await original<typeof import('../filing.shape.ts')>();
  return {
    ...shape,
    examine: (...given: Parameters<typeof shape.examine>) => {
      examined.push('id' in given[0] ? given[0].id : undefined);
      return shape.examine(...given);
    },
  };
});

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(async () => {
  vi.doUnmock('../filing.shape.ts');
  vi.resetModules();
  await scene?.app.close();
});

it('taking examines each filing that it writes once, while its rows are locked', async () => {
  const officer = scene.app.as('countyOfficer');
  const { body } = await officer.call(imports.countyTemplate, { query: { unitId: 11 } });
  const book = await loadBook(body);
  const sheet = book.getWorksheet('设备')!;
  const column = (sheet.getRow(3).values as string[]).indexOf('图书册数');
  for (const row of [5, 6]) sheet.getRow(row).getCell(column).value = 9000 + row;
  const bytes = new Uint8Array(await book.xlsx.writeBuffer());
  const file = { name: '全县.xlsx', size: bytes.length, bytes };
  const read = await officer.call(imports.previewImport, { file, fields: {} });
  expect(read).toMatchObject({ hard: 0, changes: { schools: 2 } });
  examined.length = 0;
  const done = await officer.call(imports.confirmImport, { params: { importId: read.importId } });
  expect(done).toEqual({ filings: 2, cells: 2 });
  expect(examined).toHaveLength(2);
  expect(new Set(examined).size).toBe(2);
});
