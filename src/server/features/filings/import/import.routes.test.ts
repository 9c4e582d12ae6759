import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import type { Member } from '#test/support/cast.ts';
import { layYear, removeYear } from '#test/support/collection.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { soundValues } from '#test/support/sound-values.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let scene: FilingScene;
let template: Uint8Array;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());
beforeEach(async () => {
  template = (await as('clerk').call(imports.schoolTemplate, { params: { filingId: scene.ids.first } })).body;
});

const as = (member: Member) => scene.app.as(member);

async function edited(bytes: Uint8Array, change: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = await loadBook(bytes);
  change(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Puts values into the column 本年值 of a school's form. */
const filled = (values: Record<string, unknown>, bytes = template) =>
  edited(bytes, (book) => {
    book.getWorksheet('填报表')!.eachRow((row) => {
      const key = String(row.getCell(2).value);
      if (key in values) row.getCell(5).value = values[key] as ExcelJS.CellValue;
    });
  });

const upload = (bytes: Uint8Array, fields: Record<string, string> = {}, name = '填报表.xlsx') => ({
  file: { name, size: bytes.length, bytes },
  fields,
});

const preview = async (bytes: Uint8Array, member: Member = 'clerk', fields?: Record<string, string>) =>
  as(member).call(imports.previewImport, upload(bytes, fields));
const refused = async (bytes: Uint8Array, member: Member = 'clerk', fields?: Record<string, string>) =>
  as(member).refused(imports.previewImport, upload(bytes, fields));
const confirm = (importId: string) => ({ params: { importId } });
const cellOf = (place: string) => place.split('!')[1]!;

describe('the template', () => {
  it('has drop-downs, limits, locked cells, frozen panes and a hidden stamp', async () => {
    const book = await loadBook(template);
    const sheet = book.getWorksheet('填报表')!;
    const rowOf = (key: string) => {
      let found = 0;
      sheet.eachRow((row, number) => {
        if (row.getCell(2).value === key) found = number;
      });
      return found;
    };
    expect(sheet.getCell(`E${rowOf('附设班类型')}`).dataValidation).toMatchObject({ type: 'list' });
    expect(sheet.getCell(`E${rowOf('小学在校生数')}`).dataValidation).toMatchObject({
      type: 'whole',
      formulae: [0, 20000],
    });
    expect(sheet.getCell(`E${rowOf('小学在校生数')}`).protection?.locked).toBe(false);
    expect(sheet.getCell(`B${rowOf('小学在校生数')}`).protection?.locked).not.toBe(false);
    expect(rowOf('初中在校生数')).toBe(0);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 3 });
    expect(book.getWorksheet('dudao')!.state).toBe('veryHidden');
  });
});

describe('a file that is not the right one', () => {
  it('gets a clear sentence each', async () => {
    expect((await refused(new TextEncoder().encode('学校,人数'))).sentence).toContain('纯文本');
    const foreign = await edited(template, (book) => book.removeWorksheet('dudao'));
    expect((await refused(foreign)).code).toBe('import.notTemplate');
    const stamped = (change: object) =>
      edited(template, (book) => {
        const cell = book.getWorksheet('dudao')!.getCell('A1');
        cell.value = JSON.stringify({ ...JSON.parse(String(cell.value)), ...change });
      });
    expect((await refused(await stamped({ edition: 'resource-2019' }))).sentence).toContain('resource-2019');
    expect((await refused(await stamped({ schoolYear: 2023 }))).sentence).toContain('2023 学年');
    expect((await refused(template)).code).toBe('import.empty');
  });

  it('another school’s form is refused, for the neighbour and for the county that chose a filing', async () => {
    const bytes = await filled({ 图书册数: 5 });
    const refusal = await refused(bytes, 'neighbourClerk');
    expect(refusal.code).toBe('import.otherUnit');
    expect(refusal.sentence).toContain('示例第一小学');
    expect((await refused(bytes, 'countyOfficer', { filingId: scene.ids.neighbour })).code).toBe('import.otherUnit');
    expect((await refused(bytes, 'otherOfficer')).code).toBe('import.otherUnit');
    expect((await refused(bytes, 'cityOfficer')).code).toBe('access.denied');
  });
});

describe('a faulty workbook', () => {
  it('lists every error by cell, value, rule and allowed values, and writes nothing', async () => {
    const read = await preview(
      await filled({
        小学在校生数: '４００',
        小学班级数: '十个',
        小学最大班额: { error: '#DIV/0!' },
        小学专任教师数: 12.5,
        教学及辅助用房面积: 900000,
        附设班类型: '附设幼儿班',
        图书册数: ' 15,000 ',
        小学正高级职称教师数: 0,
      }),
    );
    const causes = Object.fromEntries(read.groups.map((group) => [group.cause, group.findings]));
    expect(Object.keys(causes).sort()).toEqual(['choice', 'error-cell', 'integer', 'maximum', 'type']);
    expect(causes.type![0]).toMatchObject({
      part: '小学班级数',
      value: '十个',
      allowed: '0 至 400 的整数',
      subject: '示例第一小学',
    });
    expect(causes.type![0]!.place).toMatch(/^填报表!E\d+$/);
    expect(causes['error-cell']![0]!.value).toBe('#DIV/0!');
    expect(read).toMatchObject({ hard: 5, writable: false, changes: { cells: 3, schools: 1 } });
    expect(read.notes.join()).toContain('1 个单元格用了全角数字');
    expect((await as('clerk').refused(imports.confirmImport, confirm(read.importId))).code).toBe('import.hardErrors');
    expect((await scene.read(as('clerk'), 'first')).cells).toEqual({});
  });

  it('is given back with the cells marked, and the corrected copy is taken', async () => {
    const read = await preview(await filled({ 小学在校生数: 400, 小学班级数: '十个' }));
    const marked = await as('clerk').call(imports.markedWorkbook, { params: { importId: read.importId } });
    expect(marked.fileName).toBe('填报表_标注.xlsx');
    const book = await loadBook(marked.body);
    const sheet = book.getWorksheet('填报表')!;
    const cell = sheet.getCell(cellOf(read.groups[0]!.findings[0]!.place));
    expect(cell.value).toBe('十个');
    expect(JSON.stringify(cell.note)).toContain('不是数字');
    expect(cell.fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    const corrected = await preview(await filled({ 小学班级数: 10 }, marked.body));
    expect(corrected).toMatchObject({ hard: 0, writable: true, changes: { cells: 2 } });
  });

  it('comes back with the explanations that were typed and every sentence about a cell, also for an older year', async () => {
    const owner = scene.app.owner;
    await owner.query(`update filings set reference = '{"小学专任教师数": 90}' where id = $1`, [scene.ids.first]);
    const typed = await edited(await filled({ 小学专任教师数: 30, 小学县级以上骨干教师数: 31 }), (book) => {
      book.getWorksheet('填报表')!.eachRow((row) => {
        if (row.getCell(2).value === '图书册数') row.getCell(6).value = '（另行说明）';
      });
    });
    const read = await preview(typed);
    const next = await layYear(owner, {
      ...{ year: 2026, opensOn: '2025-10-01', deadline: '2025-10-20', cityDeadline: '2025-11-10' },
    });
    const marked = await loadBook((await as('clerk').call(imports.markedWorkbook, confirm(read.importId))).body);
    await removeYear(owner, next);
    await owner.query(`update filings set reference = '{}' where id = $1`, [scene.ids.first]);
    const said: Record<string, [unknown, string]> = {};
    marked.getWorksheet('填报表')!.eachRow((row) => {
      said[String(row.getCell(2).value)] = [row.getCell(6).value, JSON.stringify(row.getCell(5).note ?? '')];
    });
    expect(said.图书册数![0]).toBe('（另行说明）');
    expect(said.小学专任教师数![1]).toContain('现在是 31 与 30');
    expect(said.小学专任教师数![1]).toContain('去年 90');
  });

  it('comes back with doubts in another colour than errors: a doubt may be written', async () => {
    const owner = scene.app.owner;
    await owner.query(`update filings set reference = '{"小学在校生数": 90, "小学班级数": 2}' where id = $1`, [
      scene.ids.first,
    ]);
    const read = await preview(await filled({ 小学在校生数: 400, 小学班级数: 10, 小学最大班额: 30 }));
    const marked = await loadBook((await as('clerk').call(imports.markedWorkbook, confirm(read.importId))).body);
    await owner.query(`update filings set reference = '{}' where id = $1`, [scene.ids.first]);
    const said: Record<string, [unknown, string, string]> = {};
    marked.getWorksheet('填报表')!.eachRow((row) => {
      const { fill, note, protection } = row.getCell(5);
      const colour = fill?.type === 'pattern' ? fill.fgColor?.argb : undefined;
      said[String(row.getCell(2).value)] = [protection?.locked, colour ?? '', JSON.stringify(note ?? '')];
    });
    expect(read).toMatchObject({ hard: 1, soft: 2 });
    // These two are doubts of themselves and errors together with the largest class.
    expect(said.小学班级数).toEqual([false, 'FFFFC7CE', expect.stringMatching(/疑点，可写入：.*去年 2/)]);
    expect(said.小学最大班额).toEqual([false, 'FFFFC7CE', expect.not.stringContaining('疑点')]);
    await owner.query(`update filings set reference = '{"图书册数": 90}' where id = $1`, [scene.ids.first]);
    const soft = await preview(await filled({ 图书册数: 400 }));
    const sheet = (
      await loadBook((await as('clerk').call(imports.markedWorkbook, confirm(soft.importId))).body)
    ).getWorksheet('填报表')!;
    await owner.query(`update filings set reference = '{}' where id = $1`, [scene.ids.first]);
    const cell = sheet.getCell(cellOf(soft.groups[0]!.findings[0]!.place));
    expect(cell.fill).toMatchObject({ fgColor: { argb: 'FFFFEB9C' } });
    expect(JSON.stringify(cell.note)).toContain('疑点，可写入：图书册数');
    expect(sheet.getCell('A2').text).toContain('黄色为疑点，可写入');
  });

  it('is measured against the rules between fields, with what is stored already', async () => {
    const read = await preview(await filled({ 小学在校生数: 400, 小学班级数: 10, 小学最大班额: 30 }));
    expect(read.groups.map((group) => [group.cause, group.total])).toEqual([['primary-largest-class-holds-mean', 1]]);
    expect(read.groups[0]!.findings[0]!.rule).toContain('现在是 30 与 40，相差 10。');
  });
});

describe('writing', () => {
  it('is all or nothing, and once', async () => {
    const read = await preview(await filled(soundValues('211')));
    expect(read).toMatchObject({ hard: 0, writable: true });
    expect(read.facts[0]![1]).toContain('示例第一小学 · ');
    const results = await Promise.allSettled([
      as('clerk').call(imports.confirmImport, confirm(read.importId)),
      as('clerk').call(imports.confirmImport, confirm(read.importId)),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const detail = await scene.read(as('head'), 'first');
    expect(detail.obstacles).toEqual([]);
    expect(detail.cells.图书册数).toEqual({ v: 15000, n: 1 });
    const { rows } = await scene.app.owner.query(`select fields from audit_events where action = 'filing.imported'`);
    expect(rows).toHaveLength(1);
    expect(rows[0].fields).toHaveLength(Object.keys(soundValues('211')).length);
  });

  it('stops whole when a cell was changed after the preview', async () => {
    const read = await preview(await filled({ 图书册数: 15100, 计算机台数: 95 }));
    await scene.fill(as('head'), 'first', { 图书册数: 15050 });
    const refusal = await as('clerk').refused(imports.confirmImport, confirm(read.importId));
    expect(refusal.code).toBe('import.overtaken');
    expect(refusal.sentence).toContain('图书册数');
    expect((await scene.read(as('clerk'), 'first')).cells.计算机台数?.v).toBe(90);
  });

  it('stops whole when another cell was changed after the preview and contradicts the table now', async () => {
    const save = async (value: number) => {
      const version = (await scene.read(as('head'), 'first')).cells.小学在校生数!.n;
      const body = { changes: [{ field: '小学在校生数', value, version }] };
      return as('head').call(filings.saveCells, { params: { filingId: scene.ids.first }, body });
    };
    const read = await preview(await filled({ 小学最大班额: 44 }));
    expect(read).toMatchObject({ hard: 0, writable: true });
    // Sound with the 45 that is stored, but not with the 44 of the table.
    expect((await save(445)).findings.filter(({ weight }) => weight === 'hard')).toEqual([]);
    const before = (await scene.read(as('clerk'), 'first')).cells;
    const refusal = await as('clerk').refused(imports.confirmImport, confirm(read.importId));
    expect([refusal.status, refusal.code]).toEqual([409, 'import.contradicted']);
    expect(refusal.sentence).toContain('共 1 处（如“示例第一小学”');
    expect(refusal.sentence).toContain('44 与 44.5，');
    expect((await scene.read(as('clerk'), 'first')).cells).toEqual(before);
    // Taken as soon as the two agree again: a change that contradicts nothing does not overtake the table.
    await save(430);
    expect(await as('clerk').call(imports.confirmImport, confirm(read.importId))).toEqual({ filings: 1, cells: 1 });
    await save(400);
  });

  it('a field that stands there twice is not guessed at', async () => {
    const bytes = await edited(await filled({ 图书册数: 15100 }), (book) => {
      const page = book.getWorksheet('填报表')!;
      page.addRow([null, '图书册数', null, null, 15999]);
    });
    const read = await preview(bytes);
    expect(read).toMatchObject({ writable: false, hard: 1 });
    expect(read.groups[0]).toMatchObject({
      cause: 'duplicate-field',
      findings: [{ part: '图书册数', value: '15999' }],
    });
  });

  it('an import is its author’s', async () => {
    const read = await preview(await filled({ 图书册数: 15200 }));
    expect((await as('head').refused(imports.readImport, confirm(read.importId))).code).toBe('thing.notFound');
    expect((await as('clerk').call(imports.readImport, confirm(read.importId))).changes).toEqual(read.changes);
  });

  it('an empty cell takes nothing away, a locked filing takes nothing in', async () => {
    const read = await preview(await filled({ 图书册数: null, 计算机台数: 96 }));
    expect(read.changes.sample.map((one) => [one.field, one.before, one.after])).toEqual([['计算机台数', 90, 96]]);
    const bytes = await filled({ 计算机台数: 97 });
    await scene.app.owner.query(`update filings set state = 'submitted', submitted_at = now() where id = $1`, [
      scene.ids.first,
    ]);
    const locked = await preview(bytes);
    expect(locked.groups.map((group) => group.cause)).toEqual(['locked']);
    await scene.app.owner.query(`update filings set state = 'draft' where id = $1`, [scene.ids.first]);
  });
});

describe('the workbook of a county', () => {
  it('takes all its schools at once, knows strangers and doubles, and leaves out empty rows', async () => {
    const { body } = await as('countyOfficer').call(imports.countyTemplate, { query: { unitId: 11 } });
    const set = (book: ExcelJS.Workbook, sheet: string, code: string, field: string, value: ExcelJS.CellValue) => {
      const page = book.getWorksheet(sheet)!;
      let column = 0;
      page.getRow(3).eachCell((cell, number) => {
        if (cell.value === field) column = number;
      });
      page.eachRow((row) => {
        if (String(row.getCell(1).value) === code) row.getCell(column).value = value;
      });
    };
    const good = await edited(body, (book) => {
      set(book, '设备', '2135999002', '图书册数', 9000);
      set(book, '设备', '3135999003', '图书册数', '９１００');
      set(book, '校舍', '3135999003', '运动场地面积', 8000.5);
    });
    const read = await preview(good, 'countyOfficer');
    expect(read).toMatchObject({ hard: 0, writable: true });
    expect(read.facts[0]![1]).toContain('鲤城区 · ');
    expect(read.changes).toMatchObject({ cells: 3, schools: 2 });
    expect(await as('countyOfficer').call(imports.confirmImport, confirm(read.importId))).toEqual({
      filings: 2,
      cells: 3,
    });
    expect((await scene.read(as('countyOfficer'), 'junior')).cells).toMatchObject({
      图书册数: { v: 9100, n: 1 },
      运动场地面积: { v: 8000.5, n: 1 },
    });

    const bad = await edited(body, (book) => {
      const page = book.getWorksheet('设备')!;
      page.addRow(['2135999002', '示例第二小学', 1, 2, 3, 4]);
      page.addRow(['2135000000', '别处的小学', 1, 2, 3, 4]);
      set(book, '设备', '2135999002', '图书册数', 9001);
      set(book, '基本情况', '2135999002', '初中在校生数', 5);
    });
    const faulty = await preview(bad, 'countyOfficer');
    expect(faulty.groups.map((group) => group.cause).sort()).toEqual([
      'duplicate-school',
      'not-applicable',
      'unknown-school',
    ]);
    const nameless = await edited(body, (book) => {
      book.getWorksheet('设备')!.addRow([null, '忘了写标识码的小学', '1,200', '2', '3', '4']);
    });
    expect((await preview(nameless, 'countyOfficer')).groups.map((group) => group.cause)).toEqual(['unknown-school']);
    const twice = await edited(body, (book) => {
      const head = book.getWorksheet('设备')!.getRow(3);
      const last = head.cellCount + 1;
      head.getCell(last).value = head.getCell(3).value;
      book.getWorksheet('设备')!.getRow(5).getCell(last).value = 77;
    });
    expect((await preview(twice, 'countyOfficer')).groups.map((group) => group.cause)).toEqual(['duplicate-field']);
    expect(faulty.writable).toBe(false);
    const marked = await loadBook(
      (await as('countyOfficer').call(imports.markedWorkbook, { params: { importId: faulty.importId } })).body,
    );
    const stray = marked
      .getWorksheet('基本情况')!
      .getCell(faulty.groups.find((group) => group.cause === 'not-applicable')!.findings[0]!.place.split('!')[1]!);
    expect([stray.value, JSON.stringify(stray.note)]).toEqual(['5', expect.stringContaining('没有这一学段')]);
  });

  it('is the county’s: no school, no other county', async () => {
    const { body } = await as('countyOfficer').call(imports.countyTemplate, { query: { unitId: 11 } });
    expect((await refused(body, 'clerk')).code).toBe('import.otherUnit');
    expect((await refused(body, 'otherOfficer')).code).toBe('import.otherUnit');
    const refusal = await as('otherOfficer').refused(imports.countyTemplate, { query: { unitId: 11 } });
    expect(refusal.code).toBe('thing.notFound');
  });
});

describe('an explanation in the workbook', () => {
  it('is left alone by a template that comes back untouched', async () => {
    const explanation = '新校区（东海校区）启用，藏书增加；\n清单见附件！';
    const version = (await scene.read(as('clerk'), 'first')).cells.图书册数!.n;
    await as('clerk').call(filings.saveCells, {
      params: { filingId: scene.ids.first },
      body: { changes: [{ field: '图书册数', explanation, version }] },
    });
    const { body } = await as('clerk').call(imports.schoolTemplate, { params: { filingId: scene.ids.first } });
    expect((await preview(body)).changes.cells).toBe(0);
  });
});

describe('a period that has ended', () => {
  it('takes no import, and shows a form and a grid that cannot be filled', async () => {
    const bytes = await filled({ 计算机台数: 98 });
    const read = await preview(bytes);
    await scene.app.owner.query(`update collections set state = 'closed'`);
    await scene.app.owner.query(`update filings set submitted_at = null where id = $1`, [scene.ids.first]);
    const late = await preview(bytes);
    expect(late.groups.map((group) => group.cause)).toEqual(['locked']);
    expect((await as('clerk').refused(imports.confirmImport, confirm(read.importId))).code).toBe('import.overtaken');
    expect(await scene.read(as('clerk'), 'first')).toMatchObject({
      can: { fill: false },
      fillObstacle: expect.stringContaining('已经结束'),
    });
    const { rows } = await as('clerk').call(filings.grid, { query: {} });
    expect(rows.map((row) => row.editable)).toEqual([false]);
  });
});
