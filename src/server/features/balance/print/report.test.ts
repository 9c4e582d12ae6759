import { Command } from 'commander';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { cvText } from '#domain/balance/report/figure-text.ts';
import type { BalanceReport } from '#domain/balance/report/report.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { juniorFigures, layBalanceYear, primaryFigures } from '#test/support/balance/year.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { balanceFeature } from '../balance.feature.ts';
import { register } from '../command/balance.command.ts';
import { prepareBalance } from '../standard/shipped-standards.act.ts';

const [licheng, fengze] = [units.licheng.id, units.fengze.id];
const { said, save } = catchOutput('report');
let app: TestApp;

/** Figures as a school files them: no more digits than a workbook keeps. */
const filed = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Math.round(value * 10_000) / 10_000]));

beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature], now: new Date('2025-11-30T17:30:00Z') });
  const school = (id: number, values: Record<string, number>, type = '211') => ({
    ...{ id, county: licheng, type },
    values: filed(values),
  });
  const earlier = [school(101, primaryFigures(380)), school(103, juniorFigures(790), '311')];
  await layBalanceYear(app.owner, 2024, earlier);
  await layBalanceYear(app.owner, 2025, [
    school(101, primaryFigures(397, 1.03)),
    school(102, { ...primaryFigures(301, 1.3), 小学县级以上骨干教师数: 2.9994, 教学仪器设备值: 600 }),
    school(103, juniorFigures(811), '311'),
    school(104, { ...primaryFigures(310, 1.17), ...juniorFigures(170, 0.93) }, '312'),
    school(111, { ...primaryFigures(77), 附设班在校生数: 9 }),
    { ...school(113, primaryFigures(20)), type: '218' },
    { ...school(114, primaryFigures(200)), sponsor: 10, ownership: 'private' as const },
  ]);
  await prepareBalance(app.services.pool, app.services.now);
});
afterAll(() => app?.close());

const question = { standard: 'quality-2017', year: 2025 };
const ask = (format: 'docx' | 'pdf' | 'xlsx', standard = 'quality-2017') =>
  app
    .as('countyOfficer')
    .call(balance.countyReport, { params: { countyId: licheng }, query: { ...question, standard, format } });
const askCity = (format: 'docx' | 'pdf' | 'xlsx') =>
  app.as('cityOfficer').call(balance.cityReport, { query: { ...question, format } });
const page = (countyId = licheng, standard = 'quality-2017') =>
  app.as('cityOfficer').call(balance.county, { params: { countyId }, query: { ...question, standard } });

/** What `dudao balance` prints of a workbook, as it prints it. */
async function recompute(bytes: Uint8Array, ...options: string[]): Promise<BalanceReport> {
  const program = new Command();
  register(program);
  said.out = '';
  await program.parseAsync(['balance', save('report.xlsx', bytes), ...options, '--json'], { from: 'user' });
  return JSON.parse(said.out) as BalanceReport;
}

const wordTexts = (bytes: Uint8Array): string =>
  [...strFromU8(unzipSync(bytes)['word/document.xml']!).matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)]
    .map(([, text]) => text)
    .join('\n');
const pdfTexts = async (bytes: Uint8Array): Promise<string> =>
  (await readPdf(bytes)).pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('\n');

describe('a printed figure', () => {
  it.each(['quality-2017', 'basic-2012'])(
    'is rebuilt by dudao balance from the Excel report, by %s',
    async (standard) => {
      const reply = await ask('xlsx', standard);
      expect(reply.fileName).toBe(
        `均衡测算报告_鲤城区_2025 学年_${standard === 'basic-2012' ? '基本均衡 2012' : '优质均衡 2017'}.xlsx`,
      );
      const again = await recompute(reply.body, '--standard', standard);
      const shown = await page(licheng, standard);
      expect(again.verdict).toBe(shown.verdict);
      expect(again.assumptions).toEqual(shown.assumptions);
      for (const level of compulsoryLevels) {
        const one = shown.levels.find((candidate) => candidate.level === level)!;
        const other = again.levels[level];
        expect([other.verdict, other.schools, other.compositeCv]).toEqual([
          one.verdict,
          one.schools,
          one.compositeCv ?? null,
        ]);
        expect(other.indicators.map(({ key, mean, cv, pass }) => [key, mean, cv, pass])).toEqual(
          one.indicators.map(({ key, mean, cv, pass }) => [key, mean, cv, pass]),
        );
      }
    },
  );

  it('of every county is rebuilt from the report of the city', async () => {
    const reply = await askCity('xlsx');
    const again = await recompute(reply.body, '--standard', 'quality-2017', '--county', '鲤城区');
    const shown = await page();
    expect(again.verdict).toBe(shown.verdict);
    expect(again.levels.primary.indicators.map(({ cv }) => cv)).toEqual(
      shown.levels.find(({ level }) => level === 'primary')!.indicators.map(({ cv }) => cv),
    );
  });

  it('is the same in the Word file, the PDF and on the page', async () => {
    const shown = await page();
    const [word, pdf] = [wordTexts((await ask('docx')).body), await pdfTexts((await ask('pdf')).body)];
    const cvs = shown.levels.flatMap(({ indicators }) => indicators.map(({ cv, limit }) => cvText(cv!, limit)));
    expect(cvs).toHaveLength(14);
    // In the table in the order of the page; Word's cells stand in the order of their rows.
    const cells = word.split('\n');
    let from = 0;
    for (const cv of cvs) {
      const at = cells.indexOf(cv, from);
      expect(at, cv).toBeGreaterThanOrEqual(from);
      from = at + 1;
      expect(pdf.split('\n')).toContain(cv);
    }
    for (const text of [word, pdf]) {
      expect(text).toContain(shown.run!.inputsHash);
      expect(text).toContain(shown.verdictText);
    }
  });
});

describe('the report of a county', () => {
  it('says what changed since the year before, whose run is read with its own schools', async () => {
    const word = wordTexts((await ask('docx')).body);
    expect(word).toContain('小学比上年新计入 4 所：');
    expect(word).toContain('小学差异系数的历年走向');
  });

  it('comes as a file of its kind, named after county and year', async () => {
    for (const [format, type] of [
      ['docx', 'wordprocessingml'],
      ['pdf', 'application/pdf'],
      ['xlsx', 'spreadsheetml'],
    ] as const) {
      const reply = await ask(format);
      expect(reply.fileName).toBe(`均衡测算报告_鲤城区_2025 学年_优质均衡 2017.${format}`);
      expect(reply.contentType).toContain(type);
    }
  });

  it('without a run says so and why, without a figure', async () => {
    for (const format of ['docx', 'pdf', 'xlsx'] as const) {
      const { body } = await app
        .as('cityOfficer')
        .call(balance.countyReport, { params: { countyId: fengze }, query: { ...question, format } });
      const text =
        format === 'docx'
          ? wordTexts(body)
          : format === 'pdf'
            ? (await pdfTexts(body)).replaceAll('\n', '')
            : JSON.stringify((await loadBook(body)).worksheets.map((sheet) => sheet.getSheetValues()));
      expect(text).toContain('还没有已批准的填报');
      expect(text).not.toMatch(/0\.\d{3}/);
    }
  });

  it('belongs to its own place, and a school gets none', async () => {
    const input = { params: { countyId: licheng }, query: { ...question, format: 'pdf' as const } };
    expect(await app.as('otherDirector').refused(balance.countyReport, input)).toMatchObject({ status: 404 });
    expect(await app.as('head').refused(balance.countyReport, input)).toMatchObject({ status: 403 });
    expect(await app.as('head').refused(balance.cityReport, { query: input.query })).toMatchObject({ status: 403 });
  });
});

describe('the report of the city', () => {
  it('has a row for every unit and names the one without a run', async () => {
    const { body, fileName } = await askCity('docx');
    expect(fileName).toBe(`均衡测算报告_${units.city.name}_2025 学年_优质均衡 2017.docx`);
    const word = wordTexts(body);
    expect(word).toContain('没有测算的 1 个：丰泽区。');
    expect(await pdfTexts((await askCity('pdf')).body)).toContain('各单位的结论');
    const book = await loadBook((await askCity('xlsx')).body);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['报告', '差异系数', '数值凭据', '复算输入']);
    const shown = await page();
    expect(book.getWorksheet('差异系数')!.getCell('E2').value).toBe(shown.levels[0]!.indicators[0]!.cv);
    expect(book.getWorksheet('数值凭据')!.getCell('G2').value).toBe(shown.run!.inputsHash);
  });
});
