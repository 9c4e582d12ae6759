import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { area, areaWidth, bottom, linePitch, pointsPerMillimetre } from '#test/support/product/letter-measures.ts';
import { bodyOfLines, laidLetter, wholeLetter } from '#test/support/product/letters.ts';
import { writeWordLetter } from './word-letter.ts';

describe('the Word file, read back', () => {
  const read = async (letter = wholeLetter) => {
    const parts = unzipSync(await writeWordLetter(letter));
    const xml = (name: string) => strFromU8(parts[name]!);
    return { parts, xml, document: xml('word/document.xml') };
  };
  it('holds no sign that no XML can hold', async () => {
    const bad = '测试\ufffe问\uffff题\ud800\u0001';
    const { number } = wholeLetter;
    const { parts } = await read({ ...wholeLetter, number: `${number}${bad}`, title: [bad] });
    for (const part of ['word/document.xml', 'docProps/core.xml']) {
      const text = strFromU8(parts[part]!);
      expect(text).toContain('测试问题');
      expect(text, part).not.toMatch(/(?![\t\n\r])[\p{Cc}\ufffd-\uffff]/u);
    }
  });

  const twips = (millimetres: number) => Math.round(millimetres * pointsPerMillimetre * 20);
  /** The paragraph in which a text stands. */
  const paragraphOf = (document: string, text: string) => {
    const found = [...document.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([one]) => one).find((one) => one.includes(text));
    if (found === undefined) throw new Error(`${text} is in no paragraph`);
    return found;
  };
  const attribute = (xml: string, element: string, name: string) =>
    new RegExp(`<w:${element}\\b[^>]*\\bw:${name}="([^"]*)"`).exec(xml)?.[1];

  it('a certificate has its title alone above it: no red head, no 版记, no page number', async () => {
    const { document, parts } = await read(
      laidLetter({ form: 'certificate', title: '聘书（张三）', head: '督导室文件' }),
    );
    expect(paragraphOf(document, '聘书')).not.toContain('张三');
    expect(document).not.toContain('督导室文件');
    expect(document).not.toMatch(/印发|FF0000/);
    expect(Object.keys(parts).filter((name) => name.includes('footer'))).toEqual([]);
  });

  it('two units sign in one row by tab stops, and below each other where one row is too short', async () => {
    const beside = await read(laidLetter({ signer: '示例市人民政府教育督导室', jointSigner: '基础教育科' }));
    const row = paragraphOf(beside.document, '基础教育科');
    expect(row).toContain('示例市人民政府教育督导室');
    expect(row.match(/<w:tab w:val="right"/g)).toHaveLength(2);
    const long = ['示例市人民政府教育督导委员会办公室', '示例市人民政府教育督导委员会专家组'] as const;
    const below = await read(laidLetter({ signer: long[0], jointSigner: long[1] }));
    expect(paragraphOf(below.document, long[1])).not.toContain(long[0]);
    expect(below.document.indexOf(long[0])).toBeLessThan(below.document.indexOf(long[1]));
  });

  it('is a sheet of A4 with the margins of the standard', async () => {
    const { document } = await read();
    expect([attribute(document, 'pgSz', 'w'), attribute(document, 'pgSz', 'h')].map(Number)).toEqual(
      [210, 297].map(twips),
    );
    const sides = ['top', 'right', 'bottom', 'left'].map((side) => Number(attribute(document, 'pgMar', side)));
    expect(sides).toEqual([37, 26, 35, 28].map(twips));
  });

  it('has 22 lines on a page and 28 characters in a line of 3号', async () => {
    const { xml } = await read();
    const styles = xml('word/styles.xml');
    const line = Number(attribute(styles, 'spacing', 'line'));
    expect(attribute(styles, 'spacing', 'lineRule')).toBe('exact');
    expect(Math.floor(twips(area.height) / line)).toBe(22);
    expect(attribute(styles, 'sz', 'val')).toBe('32');
    const run = /<w:rPrDefault>.*?<\/w:rPrDefault>/s.exec(styles)![0];
    const character = 16 * 20 + Number(attribute(run, 'spacing', 'val'));
    expect(Math.floor((areaWidth * 20) / character)).toBe(28);
    expect(attribute(styles, 'rFonts', 'eastAsia')).toBe('仿宋_GB2312');
  });

  it('has mark, number, red line and title in their places, sizes, fonts and colours', async () => {
    const { document } = await read();
    const mark = paragraphOf(document, '示例市人民政府教育督导室文件');
    expect(attribute(mark, 'rFonts', 'eastAsia')).toBe('方正小标宋简体');
    expect(attribute(mark, 'color', 'val')).toBe('FF0000');
    expect(Number(attribute(mark, 'sz', 'val'))).toBe(wholeLetter.mark.size * 2);
    expect(Number(attribute(mark, 'spacing', 'before'))).toBe(twips(35));
    const number = paragraphOf(document, '示政教督〔2026〕7号');
    expect(Number(attribute(number, 'spacing', 'before'))).toBe(2 * Math.floor(linePitch * 20));
    expect(attribute(number, 'bottom', 'color')).toBe('FF0000');
    // In wholeLetter points: 4 mm are 11.3.
    expect(attribute(number, 'bottom', 'space')).toBe('11');
    expect(attribute(number, 'jc', 'val')).toBe('center');
    for (const line of wholeLetter.title) {
      const title = paragraphOf(document, line);
      expect([attribute(title, 'sz', 'val'), attribute(title, 'rFonts', 'eastAsia')]).toEqual(['44', '方正小标宋简体']);
    }
    expect(document.match(/FF0000/g)).toHaveLength(2);
  });

  it('has the faces of the four levels of headings', async () => {
    const { document } = await read();
    const faces = ['一、总体情况', '（一）基本判断', '1.第三级', '（1）第四级'].map((text) =>
      attribute(paragraphOf(document, text), 'rFonts', 'eastAsia'),
    );
    expect(faces).toEqual(['黑体', '楷体_GB2312', '仿宋_GB2312', '仿宋_GB2312']);
  });

  it('numbers pages by a field, with dashes, odd ones at the right and even ones at the left', async () => {
    const { document, parts, xml } = await read();
    const links = xml('word/_rels/document.xml.rels');
    const footer = (kind: string) => {
      const id = new RegExp(`<w:footerReference[^>]*w:type="${kind}"[^>]*r:id="([^"]*)"`).exec(document)?.[1];
      const target = [...links.matchAll(/<Relationship [^>]*>/g)]
        .map(([one]) => one)
        .find((one) => one.includes(`"${id}"`));
      return xml(`word/${/Target="([^"]*)"/.exec(target!)![1]}`);
    };
    expect(xml('word/settings.xml')).toContain('<w:evenAndOddHeaders');
    for (const [kind, side] of [
      ['default', 'right'],
      ['even', 'left'],
    ] as const) {
      const text = footer(kind);
      expect(attribute(text, 'jc', 'val')).toBe(side);
      expect(attribute(text, 'sz', 'val')).toBe('28');
      expect(text).toMatch(/— <\/w:t>.*PAGE.*<w:t[^>]*> —/s);
      expect(attribute(text, 'ind', side)).toBe('280');
    }
    expect(Object.keys(parts).filter((name) => /footer\d*\.xml$/.test(name))).toHaveLength(2);
  });

  it('has 版记 between lines of 0.35, 0.25 and 0.35 mm that end where the area of type ends', async () => {
    const { document } = await read();
    const table = document.slice(document.lastIndexOf('<w:tbl>'));
    const inMillimetres = (eighths: string) => (Number(eighths) / 8 / pointsPerMillimetre).toFixed(2);
    const rules = [...table.matchAll(/<w:(?:top|bottom) w:val="single"[^>]*w:sz="(\d+)"/g)].map(([, size]) =>
      inMillimetres(size!),
    );
    expect(rules).toEqual(['0.35', '0.26', '0.26', '0.35']);
    expect(attribute(table, 'tblpPr', 'vertAnchor')).toBe('page');
    const lines = [...table.matchAll(/w:line="(\d+)" w:lineRule="exact"/g)].slice(0, 2).map(([, line]) => Number(line));
    const height = lines[0]! + lines[1]!;
    expect(Number(attribute(table, 'tblpPr', 'tblpY')) + height).toBe(twips(bottom));
    expect(table).toContain('抄送：省人民政府教育督导委员会办公室。');
  });

  it('keeps the signature with the end of the body', async () => {
    const { document } = await read(laidLetter({ body: bodyOfLines(4), attachments: ['名单'] }));
    const kept = [...document.matchAll(/<w:p>.*?<\/w:p>/gs)]
      .map(([one]) => one)
      .filter((one) => one.includes('w:keepNext'));
    const saidIn = (one: string) => [...one.matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, text]) => text).join('');
    expect(kept.map(saidIn)).toEqual(['督'.repeat(50), '附件：名单', '示例市人民政府教育督导室']);
  });

  it('gives the same bytes for the same letter, dated by its day', async () => {
    const [first, second] = [await writeWordLetter(wholeLetter), await writeWordLetter(wholeLetter)];
    expect(Buffer.compare(first, second)).toBe(0);
    const { xml } = await read();
    const days = [...xml('docProps/core.xml').matchAll(/<dcterms:\w+[^>]*>([^<]*)/g)].map(([, day]) => day);
    expect(days).toEqual(['2026-03-05T00:00:00Z', '2026-03-05T00:00:00Z']);
    const zip = new DataView(first.buffer, first.byteOffset);
    // The day in the head of the first file of the zip: years since 1980, month, day.
    expect(zip.getUint16(12, true)).toBe(((2026 - 1980) << 9) | (3 << 5) | 5);
    expect((await writeWordLetter(laidLetter({ date: null }))).length).toBeGreaterThan(0);
    expect((await writeWordLetter(laidLetter({ date: '1979-03-05' }))).length).toBeGreaterThan(0);
  });
});
