import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import * as workbooks from '#contract/frameworks/workbook.ts';
import type { RouteOutput } from '#contract/route.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { carriedJson, readCarried } from '#domain/framework/workbook/carried-edition.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { sheetsOfWorkbook } from '#platform/documents/sheet.ts';
import { buildWorkbook } from '#platform/documents/workbook.ts';
import { readLimits, readWorkbook } from '#platform/documents/workbook-read.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { wordsOfEdition } from '../framework.shape.ts';
import { frameworksFeature } from '../frameworks.feature.ts';
import { prepareFrameworks } from '../shipped-editions.act.ts';
import { readShipped, shippedKeys } from '../shipped-editions.shape.ts';
import { frameworkWorkbook } from './framework.workbook.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const fileOf = (bytes: Uint8Array, name = '指标体系.xlsx') => ({ name, bytes, size: bytes.length });
type Preview = RouteOutput<typeof workbooks.previewImport>;
const preview = (bytes: Uint8Array, subject: 'county' | 'school' = 'school'): Promise<Preview> =>
  city().call(workbooks.previewImport, { file: fileOf(bytes), fields: { subject } });

const put = (address: string, value: string | number | null) => (sheet: exceljs.Worksheet) => {
  sheet.getCell(address).value = value;
};

/** A workbook as offices have it: two sheets, a title, merged first columns, points in names and in a column. */
async function office(change: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void = () => {}) {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('办学方向');
  sheet.addRows([
    ['附件1'],
    ['泉州市中小学校素质教育督导评估指标体系（2026年试行）'],
    ['序号', '一级指标', '二级指标', '三级指标', '分值', '评分标准', '佐证材料', '自评得分'],
    [
      1,
      '一、办学方向\n（10分）',
      '党建工作（6分）',
      '落实党组织领导的校长负责制',
      4,
      '制度健全得4分，否则不得分。',
      '会议记录',
    ],
    [2, null, null, '思政课开设', 2, '每缺一课时扣0.5分，扣完为止。', '课表'],
    [3, null, '规划', '制定并落实发展规划', 4, '优秀4分，良好3分，合格2分，不合格0分', '规划文本'],
    ['合计', null, null, null, 10],
  ]);
  for (const range of ['A2:H2', 'B4:B6', 'C4:C5', 'A7:D7']) sheet.mergeCells(range);
  const second = book.addWorksheet('办学条件');
  second.addRows([
    ['一级指标', '二级指标', '三级指标', '分值', '评分标准'],
    ['二、办学条件（15分）', '师资', '专任教师学历达标率', '5分', '达到98%以上得5分，95%以上得3分。'],
    [null, '装备', '图书、器材', 10, '按实际情况酌情打分'],
  ]);
  second.mergeCells('A2:A3');
  book.addWorksheet('填表说明').addRow(['本表由学校填写。']);
  change(sheet, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a workbook as offices have it', () => {
  it('is shown as it was understood, with every guess, and becomes a draft of this city', async () => {
    const seen = await preview(await office());
    expect(seen).toMatchObject({ hard: 0, writable: true, changes: { isCarried: false, same: null, edits: [] } });
    expect(seen.sheets.map(({ name }) => name)).toEqual(['办学方向', '办学条件']);
    expect(seen.notes.join()).toContain('“填表说明”没有指标表的表头');
    expect(seen.changes.title).toBe('泉州市中小学校素质教育督导评估指标体系（2026年试行）');
    expect(seen.changes.indicators.map(({ code, title, points, method }) => [code, title, points, method])).toEqual([
      ['A1', '办学方向', 10, null],
      ['B1', '党建工作', 6, null],
      ['C1', '落实党组织领导的校长负责制', 4, '是否计分'],
      ['C2', '思政课开设', 2, '扣分'],
      ['B2', '规划', 4, null],
      ['C3', '制定并落实发展规划', 4, '分等计分'],
      ['A2', '办学条件', 15, null],
      ['B3', '师资', 5, null],
      ['C4', '专任教师学历达标率', 5, '分档计分'],
      ['B4', '装备', 10, null],
      ['C5', '图书、器材', 10, '评审打分'],
    ]);
    expect(seen.changes.indicators.filter(({ guessedFrom }) => guessedFrom !== null).map(({ code }) => code)).toEqual([
      ...['C1', 'C2', 'C3', 'C4', 'C5'],
    ]);
    const at = { params: { importId: seen.importId } };
    expect(await city().call(workbooks.readImport, at)).toEqual(seen);
    const taken = await city().call(workbooks.confirmImport, at);
    expect(taken.leaves).toBe(5);
    const draft = await city().call(frameworks.readDraft, { params: { draftId: taken.draftId } });
    expect(draft).toMatchObject({ basedOn: null, issues: [], openCodes: [], guesses: ['C1', 'C2', 'C3', 'C4', 'C5'] });
    expect(draft.definition).toMatchObject({ authority: 'sample', subject: 'school', max: 25, edition: '2026 年' });
    // Writing the method of a leaf confirms the guess, also where it stays.
    const { method } = draft.definition.indicators.find(({ code }) => code === 'C2')!;
    const cell = { code: 'C2', field: 'method' as const, value: method!, version: 0 };
    const confirmed = await city().call(frameworks.writeCells, {
      params: { draftId: taken.draftId },
      body: { cells: [cell] },
    });
    expect(confirmed.guesses).toEqual(['C1', 'C3', 'C4', 'C5']);
    const published = await city().call(frameworks.publish, {
      params: { draftId: taken.draftId },
      body: { revision: confirmed.revision, note: '首次发布' },
    });
    expect(published).toMatchObject({ state: 'ready', shipped: false, leaves: 5 });
  });

  it.each([
    ['points that do not add up', put('E5', 3), '办学方向!C4', '下级分值之和为 7'],
    ['points that are no number', put('E5', '1-2'), '办学方向!E5', '“1-2”不是分值'],
    [
      'a second head',
      (sheet: exceljs.Worksheet): void => {
        sheet.addRow(['序号', '一级指标', '二级指标', '三级指标', '分值', '评分标准']);
      },
      '办学方向!A8',
      '又是表头',
    ],
    ['a leaf without a parent', put('C4', null), '办学方向!D4', '没有上级'],
    [
      'a merged cell across levels',
      (sheet: exceljs.Worksheet) => {
        for (const range of ['B4:B6', 'C4:C5']) sheet.unMergeCells(range);
        sheet.mergeCells('B4:C4');
      },
      '办学方向!B4',
      '跨了“一级指标”和“二级指标”',
    ],
    [
      'a code that comes twice',
      (sheet: exceljs.Worksheet) => {
        sheet.getCell('D4').value = 'C7 校长负责制';
        sheet.getCell('D5').value = 'C7 思政课';
      },
      '办学方向!D5',
      '编号“C7”在 D4 已经用过',
    ],
  ] as const)('with %s is refused by its cell, and nothing is written', async (_, change, place, sentence) => {
    const seen = await preview(await office(change));
    expect(seen.writable).toBe(false);
    const found = seen.groups.filter(({ weight }) => weight === 'hard').flatMap(({ findings }) => findings);
    expect(found).toContainEqual(expect.objectContaining({ place, rule: expect.stringContaining(sentence) }));
    const at = { params: { importId: seen.importId } };
    expect((await city().refused(workbooks.confirmImport, at)).code).toBe('import.hardErrors');
    const marked = (await city().call(workbooks.markedWorkbook, at)) as unknown as { body: Uint8Array };
    const book = new exceljs.Workbook();
    await book.xlsx.load(marked.body as unknown as ArrayBuffer);
    const cell = book.getWorksheet('办学方向')!.getCell(place.slice(place.indexOf('!') + 1));
    expect(JSON.stringify(cell.note)).toContain(sentence);
  });

  it('without a table of indicators is refused with what a head needs', async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet('通知').addRow(['关于开展督导评估的通知']);
    const seen = await preview(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(seen.groups[0]!.findings[0]).toMatchObject({ rule: '没有找到指标表的表头' });
  });

  it('is read by nobody below the city', async () => {
    const file = fileOf(await office());
    const refused = await app
      .as('countyDirector')
      .refused(workbooks.previewImport, { file, fields: { subject: 'school' } });
    expect(refused.status).toBe(403);
  });
});

describe('an exported workbook', () => {
  it.each(shippedKeys)('of %s has the same digest when it is read again', async (key) => {
    const prepared = preparedEdition(await readShipped(key));
    const words = wordsOfEdition(prepared.edition);
    const bytes = await buildWorkbook(frameworkWorkbook(prepared.edition, prepared.hash, words));
    const { sheets } = await readWorkbook(bytes, {}, { ...readLimits, textLength: 12_000 });
    const grids = atOnce(sheetsOfWorkbook(sheets));
    const base = JSON.parse(carriedJson(grids)!) as Edition;
    const { edition, changes, faults } = readCarried(grids, base, wordsOfEdition(base));
    expect([changes, faults]).toEqual([[], []]);
    expect(digestOfBytes(canonicalJson(edition))).toBe(prepared.hash);
  });

  it('has the name of an indicator as one cell beside all that is below it', async () => {
    const prepared = preparedEdition(await readShipped('special-safety-sample'));
    const { edition } = prepared;
    const book = new exceljs.Workbook();
    const bytes = await buildWorkbook(frameworkWorkbook(edition, prepared.hash, wordsOfEdition(edition)));
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = book.getWorksheet('指标')!;
    const inner = new Set(edition.indicators.flatMap(({ parent }) => parent ?? []));
    expect(inner.size).toBeGreaterThan(5);
    expect(sheet.model.merges).toHaveLength(inner.size);
    const [first] = edition.indicators;
    const below = edition.indicators.findIndex(({ parent }, at) => at > 0 && parent === null);
    expect(sheet.model.merges).toContain(`B4:B${3 + (below === -1 ? edition.indicators.length : below)}`);
    expect(sheet.getCell('B4').value).toBe(first!.title);
  });

  it('comes back through the desk: as it was the same edition, and changed with every change named', async () => {
    const key = 'special-safety-sample';
    const file = (await city().call(workbooks.exportWorkbook, { params: { key } })) as unknown as { body: Uint8Array };
    const seen = await preview(file.body);
    const read = await city().call(frameworks.read, { params: { key } });
    expect(seen.changes).toMatchObject({ isCarried: true, hash: read.hash, edits: [], same: { key, revision: 1 } });
    expect(seen.notes).toContain('与导出时的内容完全一致。');

    const book = new exceljs.Workbook();
    await book.xlsx.load(file.body as unknown as ArrayBuffer);
    const sheet = book.getWorksheet('指标')!;
    const head = (sheet.getRow(3).values as string[]).indexOf('佐证材料');
    sheet.getRow(6).getCell(head).value = '校门值守记录';
    const changed = await preview(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(changed.hard).toBe(0);
    expect(changed.changes.edits).toMatchObject([{ column: '佐证材料', to: '校门值守记录' }]);
    expect(changed.changes.same).toBeNull();
    const taken = await city().call(workbooks.confirmImport, { params: { importId: changed.importId } });
    const draft = await city().call(frameworks.readDraft, { params: { draftId: taken.draftId } });
    expect(draft).toMatchObject({ key: `${key}-own`, guesses: [], issues: [], basedOn: { key, revision: 1 } });
    const { code } = changed.changes.edits[0]!;
    const before = read.definition.indicators.find((one) => one.code === code)!;
    expect(draft.definition.indicators.find((one) => one.code === code)).toEqual({
      ...before,
      evidence: '校门值守记录',
    });
    expect(draft.definition.conclusions).toEqual(read.definition.conclusions);
    // One draft of a key stands at a time.
    const again = await preview(file.body);
    expect((await city().refused(workbooks.confirmImport, { params: { importId: again.importId } })).code).toBe(
      'thing.exists',
    );
    const own = (await city().call(workbooks.exportDraft, { params: { draftId: taken.draftId } })) as unknown as {
      body: Uint8Array;
    };
    const back = await preview(own.body);
    expect(back.changes.hash).toBe(digestOfBytes(canonicalJson(draft.definition)));
  });

  it('whose carried data were damaged is refused', async () => {
    const file = (await city().call(workbooks.exportWorkbook, {
      params: { key: 'innovation-county-sample' },
    })) as unknown as { body: Uint8Array };
    const book = new exceljs.Workbook();
    await book.xlsx.load(file.body as unknown as ArrayBuffer);
    book.getWorksheet('版本数据')!.getCell('A3').value = '…';
    const seen = await preview(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(seen.groups[0]!.findings[0]!.rule).toContain('工作簿所带的版本数据');
  });
});
