import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, ReportTable } from '#domain/report/report.ts';
import { exampleCityReport, exampleReport } from '#test/support/balance/report-run.ts';
import { type PdfPage, readPdf } from '#test/support/product/pdf-pages.ts';
import { openLetterPress } from '../letter-press.ts';

const press = openLetterPress({ fontsDir: null });
afterAll(() => press.close());

const report = exampleReport();
const coefficients = report.parts[0]!.blocks.find((block): block is ReportTable => block.kind === 'table')!;
const joined = (pages: readonly PdfPage[]) =>
  pages
    .map(({ texts }) => texts.map(({ text }) => text).join(''))
    .join('\n')
    .replaceAll(/[ \u00a0]/g, '');

describe('the PDF of a report, read back', () => {
  let pages: PdfPage[];
  let info: Record<string, unknown>;
  beforeAll(async () => {
    ({ pages, info } = await readPdf((await press.printReport(report, 'pdf')).bytes));
  });

  it('stands on A4, upright and across, with the foot and the number on every page', () => {
    const across = pages.map(({ width, height }) => [width, height].map(Math.round).join());
    expect(new Set(across)).toEqual(new Set(['210,297', '297,210']));
    for (const [at, page] of pages.entries()) {
      const said = joined([page]);
      expect(said).toContain('测算0198f3a2-7c11-7abc-8def-0123456789ab');
      expect(said).toContain(`第${at + 1}页共${pages.length}页`);
      for (const text of page.texts) {
        // A sign at either end of a line gives up the blank half of its square.
        const blank = (text.size * 25.4) / 72 / 2;
        expect(text.left, text.text).toBeGreaterThan(24.9 - blank);
        expect(text.right, text.text).toBeLessThan(page.width - 24.9 + blank);
      }
    }
    expect(info).toMatchObject({ Title: '示例县义务教育校际均衡测算报告', Author: '示例县' });
  });

  it('prints every coefficient of its model, in the table and in the drawings', () => {
    const said = joined(pages);
    const cvs = coefficients.rows.map((row) => row[2]!);
    expect(cvs).toHaveLength(8);
    for (const cv of cvs) expect(said).toContain(cv);
  });

  it('leaves no heading alone at the end of a page', () => {
    for (const page of pages) {
      const bottom = page.height - 22;
      const body = page.texts.filter(({ base }) => base < bottom);
      const lowest = Math.max(...body.map(({ base }) => base));
      const last = body.filter(({ base }) => base > lowest - 1).map(({ text }) => text);
      expect(last.join('')).not.toMatch(/^[一二三四五六七八]、/);
    }
  });

  it('draws its plots as lines and no picture', async () => {
    const bytes = (await press.printReport(report, 'pdf')).bytes;
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('/Subtype /Image');
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('/Subtype/Image');
  });

  it('shows what people wrote as it is written', async () => {
    const hostile = '#read("/etc/passwd") *强* $x$ <a> @b';
    const [part] = report.parts;
    const told: Report = {
      ...report,
      title: hostile,
      parts: [{ ...part!, blocks: [{ kind: 'paragraph', text: `${hostile}\u202e` }] }],
    };
    const read = await readPdf((await press.printReport(told, 'pdf')).bytes);
    expect(joined(read.pages)).toContain(hostile.replaceAll(' ', ''));
  });
});

it('a row of a table stands on one page, however many lines it has', async () => {
  const long = (mark: string, at: number) => `〔${mark}${at}〕${'一格中的长文字，'.repeat(25)}〔${mark}${at}〕`;
  const rows = Array.from({ length: 40 }, (_, at) => [String(at), long('甲', at), long('乙', at)]);
  const columns = ['序号', '甲', '乙'].map((heading, at) => ({
    heading,
    align: 'left' as const,
    share: at === 0 ? 1 : 3,
  }));
  const table: ReportTable = { kind: 'table', caption: '长表', columns, rows, notes: [] };
  const told = { ...report, parts: [{ landscape: false, blocks: [table] }] };
  const pages = (await readPdf((await press.printReport(told, 'pdf')).bytes)).pages.map((page) => joined([page]));
  expect(pages.length).toBeGreaterThan(3);
  for (const [at] of rows.entries()) {
    const on = pages.flatMap((page, number) =>
      ['甲', '乙'].some((mark) => page.includes(`〔${mark}${at}〕`)) ? [number] : [],
    );
    expect(new Set(on).size, `row ${at} on pages ${on.join()}`).toBe(1);
  }
});

it('a short paragraph stands on one page with its heading, so that no page has two lines alone', async () => {
  const paragraph = (text: string) => ({ kind: 'paragraph' as const, text });
  const ends = Array.from({ length: 16 }, (_, at) => `〔始${at}〕${'由测算得出，'.repeat(24)}〔完${at}〕`);
  const parts = ends.map((end, at) => ({
    landscape: false,
    blocks: [
      ...Array.from({ length: 22 + at }, () => paragraph('一行。')),
      { kind: 'heading' as const, level: 1 as const, text: `凭据${at}号` },
      paragraph(end),
    ],
  }));
  const told = { ...report, parts };
  const pages = (await readPdf((await press.printReport(told, 'pdf')).bytes)).pages.map((page) => joined([page]));
  // Some of them did not fit on their first page.
  expect(pages.length).toBeGreaterThan(ends.length + 3);
  for (const at of ends.keys()) {
    const on = (mark: string) => pages.findIndex((page) => page.includes(mark));
    expect([on(`凭据${at}号`), on(`〔始${at}〕`)], `${at}`).toEqual([on(`〔完${at}〕`), on(`〔完${at}〕`)]);
  }
  const word = unzipSync((await press.printReport(told, 'word')).bytes)['word/document.xml']!;
  expect(strFromU8(word).match(/<w:keepLines\/>/g)?.length).toBeGreaterThanOrEqual(ends.length);
});

it('the report of a city leaves no page half empty before the last', async () => {
  for (const standard of ['quality-2017', 'basic-2012']) {
    const { pages } = await readPdf((await press.printReport(exampleCityReport(standard), 'pdf')).bytes);
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, page] of pages.slice(0, -1).entries()) {
      const bottom = page.height - 22;
      const lowest = Math.max(...page.texts.filter(({ base }) => base < bottom).map(({ base }) => base));
      expect((lowest - 22) / (bottom - 22), `page ${at + 1} of ${pages.length} by ${standard}`).toBeGreaterThan(0.7);
    }
  }
});

describe('the Word file of a report, read back', () => {
  let parts: ReturnType<typeof unzipSync>;
  let xml: string;
  beforeAll(async () => {
    parts = unzipSync((await press.printReport(report, 'word')).bytes);
    xml = strFromU8(parts['word/document.xml']!);
  });

  it('has every cell of every table of the model, row by row', () => {
    const tables = report.parts.flatMap(({ blocks }) =>
      blocks.filter((one): one is ReportTable => one.kind === 'table'),
    );
    const read = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
      [...table.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) =>
        [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) =>
          [...cell.matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)].map(([, text]) => text).join(''),
        ),
      ),
    );
    expect(read).toEqual(tables.map(({ columns, rows }) => [columns.map(({ heading }) => heading), ...rows]));
  });

  it('has a group of shapes for each drawing, with its words for those who do not see it, and numbers of its own', () => {
    const figures = report.parts.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'figure'));
    expect(xml.match(/<wpg:wgp>/g)).toHaveLength(figures.length);
    const described = [...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, text]) => text);
    expect(described).toEqual(figures.map((figure) => ('description' in figure ? figure.description : '')));
    const ids = [...xml.matchAll(/<(?:wp:docPr|wps:cNvPr) [^>]*\bid="(\d+)"/g)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, at) => at + 1));
    expect(xml).not.toContain('<pic:pic');
  });

  it('turns the pages of wide tables', () => {
    const sizes = [...xml.matchAll(/<w:pgSz [^>]*>/g)].map(([size]) => size.includes('landscape'));
    expect(sizes).toEqual(report.parts.map(({ landscape }) => landscape));
  });

  it('keeps headings and captions with what follows', () => {
    const styles = strFromU8(parts['word/styles.xml']!);
    for (const id of ['Heading1', 'ReportCaption']) {
      expect(new RegExp(`w:styleId="${id}".*?</w:style>`, 's').exec(styles)![0]).toContain('<w:keepNext');
    }
  });
});

describe('equal reports', () => {
  it.each(['pdf', 'word'] as const)('give equal bytes as %s, from another press too', async (as) => {
    const first = await press.printReport(report, as);
    press.close();
    const second = await press.printReport(report, as);
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });
});

it('a report beyond the bounds of the press is refused with a way out', async () => {
  const impatient = openLetterPress({ fontsDir: null, patience: 1 });
  await expect(impatient.printReport(report, 'pdf')).rejects.toMatchObject({ code: 'report.tooLarge' });
  await expect(impatient.printReport(report, 'pdf')).rejects.toThrow('请改为下载 Excel 版');
  impatient.close();
});
