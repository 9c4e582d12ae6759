import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { bodyOfLines, laidLetter } from '#test/support/product/letters.ts';
import { type PdfPage, type PlacedText, readPdf } from '#test/support/product/pdf-pages.ts';
import { openLetterPress } from './letter-press.ts';
import { writeWordLetter } from './word-letter.ts';

const press = openLetterPress({ fontsDir: null });
afterAll(() => press.close());

// The numbers of the standard, written out: a changed measure is seen here.
const [margins, area] = [
  { top: 37, left: 28 },
  { width: 156, height: 225 },
];
const [bodySize, titleSize] = [16, 22];
const pointsPerMillimetre = 72 / 25.4;
const linePitch = (area.height * pointsPerMillimetre) / 22;
const areaWidth = area.width * pointsPerMillimetre;
const right = margins.left + area.width;
const bottom = margins.top + area.height;
const lineHeight = linePitch / pointsPerMillimetre;
/** From the upper edge of a box of type to its base line, in millimetres. */
const toBase = (size: number) => (size * 0.88) / pointsPerMillimetre;
const whole = laidLetter({
  title: '关于印发2026年县域义务教育优质均衡发展督导评估意见的通知',
  body: [
    ...bodyOfLines(9),
    { kind: 'heading', level: 1, text: '总体情况' },
    { kind: 'heading', level: 2, text: '基本判断' },
    { kind: 'heading', level: 3, text: '第三级' },
    { kind: 'heading', level: 4, text: '第四级' },
    { kind: 'paragraph', text: '第五级' },
    { kind: 'table', caption: '数据', columns: [{ heading: '县' }, { heading: '系数' }], rows: [['示例县', '0.412']] },
    ...bodyOfLines(20),
  ],
  attachments: ['评估数据表', '名单'],
  copyTo: ['省人民政府教育督导委员会办公室'],
});

describe('the PDF, read back', () => {
  let pages: PdfPage[];
  let info: Record<string, unknown>;
  const find = (text: string): PlacedText => {
    const found = pages.flatMap(({ texts }) => texts).find((one) => one.text.startsWith(text));
    if (found === undefined) throw new Error(`${text} is on no page`);
    return found;
  };

  it('is printed on A4, every line within the area of type', async () => {
    ({ pages, info } = await readPdf((await press.print(whole, 'pdf')).bytes));
    expect(pages).toHaveLength(3);
    for (const page of pages) {
      expect([page.width, page.height].map(Math.round)).toEqual([210, 297]);
      const inside = page.texts.filter(({ base }) => base < bottom);
      for (const text of inside) {
        expect(text.left, text.text).toBeGreaterThan(margins.left - 0.01);
        expect(text.right, text.text).toBeLessThan(right + 0.2);
        expect(text.base, text.text).toBeGreaterThan(margins.top);
      }
      // Nothing but the number of the page stands below.
      expect(page.texts.length - inside.length).toBe(1);
    }
  });

  it('has 22 lines on a full page, and 28 characters in a full line of 3号', async () => {
    const letter = laidLetter({ body: [{ kind: 'paragraph', text: '督'.repeat(26 + 28 * 35) }] });
    const [first, full] = (await readPdf((await press.print(letter, 'pdf')).bytes)).pages;
    const opening = first!.texts.find(({ text }) => text.startsWith('督'))!;
    expect(opening.text).toBe('督'.repeat(26));
    expect(opening.left - margins.left).toBeCloseTo((2 * area.width) / 28, 1);
    const lines = full!.texts.filter(({ base }) => base < bottom);
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 22 }, () => '督'.repeat(28)));
    for (const [at, line] of lines.entries()) {
      expect(line.size).toBe(bodySize);
      expect(line.base).toBeCloseTo(margins.top + toBase(bodySize) + at * lineHeight, 2);
      expect(line.left).toBeCloseTo(margins.left, 2);
      expect(line.right).toBeCloseTo(right, 0);
    }
  });

  it('has the red mark 35 mm below the edge, the number two lines below it, and the red line 4 mm below the number', () => {
    const [mark, number] = [find('示例市人民政府教育督导室文件'), find('示政教督〔2026〕7号')];
    expect(mark.size).toBe(whole.mark.size);
    expect(mark.base - toBase(mark.size)).toBeCloseTo(margins.top + 35, 2);
    expect((mark.left + mark.right) / 2).toBeCloseTo((margins.left + right) / 2, 1);
    expect(number.size).toBe(16);
    expect((number.left + number.right) / 2).toBeCloseTo((margins.left + right) / 2, 1);
    const below = number.base - toBase(16) - (mark.base + (mark.size * 0.12) / pointsPerMillimetre);
    expect(below).toBeGreaterThan(2 * lineHeight);
    expect(below).toBeLessThan(3 * lineHeight);
    const red = pages.flatMap(({ lines }) => lines).filter(({ colour }) => colour === '#ff0000');
    expect(red).toHaveLength(1);
    expect(red[0]!.left).toBeCloseTo(margins.left, 2);
    expect(red[0]!.right).toBeCloseTo(right, 2);
    expect(red[0]!.top - (number.base + (16 * 0.12) / pointsPerMillimetre)).toBeCloseTo(4, 2);
    expect(pages.map(({ textColours }) => textColours)).toEqual([['#ff0000', '#000000'], ['#000000'], ['#000000']]);
  });

  it('has the title in 2号, two lines below the red line, in the lines of the layout', () => {
    const lines = whole.title.map(find);
    expect(lines.map(({ text, size }) => [text, size])).toEqual(whole.title.map((text) => [text, titleSize]));
    for (const { left, right: end } of lines) expect((left + end) / 2).toBeCloseTo((margins.left + right) / 2, 1);
    const [red] = pages[0]!.lines;
    const below = lines[0]!.base - toBase(titleSize) - red!.top;
    expect(below / lineHeight).toBeGreaterThan(2);
    expect(below / lineHeight).toBeLessThan(3);
  });

  it('sets headings of the first level in 黑体, and the others in the face of the body without its own font', () => {
    const fontOf = (text: string) => find(text).font.replace(/^[A-Z]{6}\+/, '');
    expect(fontOf('一、总体情况')).toMatch(/^NotoSansHans/);
    expect(fontOf('（一）基本判断')).toBe(fontOf('第五级'));
    expect(fontOf('1.第三级')).toBe(fontOf('（1）第四级'));
  });

  it('numbers pages in 4号 with dashes 7 mm below: odd ones at the right, even ones at the left', () => {
    const numbers = pages.map(({ texts }) => texts.find(({ base }) => base > bottom)!);
    expect(numbers.map(({ text }) => text)).toEqual(['— 1 —', '— 2 —', '— 3 —']);
    const side = 14 / pointsPerMillimetre;
    for (const [at, number] of numbers.entries()) {
      expect(number.size).toBe(14);
      if (at % 2 === 0) expect(right - number.right).toBeCloseTo(side, 1);
      else expect(number.left - margins.left).toBeCloseTo(side, 1);
      // The dashes lie 0.38 of the size above the base line.
      expect(number.base - (14 * 0.38) / pointsPerMillimetre - bottom).toBeCloseTo(7, 1);
    }
  });

  it('signs on the right: the date four characters from the edge, the signature with the same middle', () => {
    const [signer, date] = [
      pages[2]!.texts.find(({ text, size }) => text === '示例市人民政府教育督导室' && size === 16)!,
      pages[2]!.texts.find(({ text }) => text === '2026年3月5日')!,
    ];
    const character = area.width / 28;
    expect((right - date.right) / character).toBeCloseTo(4, 1);
    expect(date.base - signer.base).toBeCloseTo(lineHeight, 2);
    // Digits of the font that stands in are a little wider than half an ideograph.
    expect(Math.abs(signer.left + signer.right - date.left - date.right) / 2).toBeLessThan(character / 2);
  });

  it('ends with 版记: lines of 0.35, 0.25 and 0.35 mm, the last on the edge of the area of type, 4号', () => {
    const { lines, texts } = pages[2]!;
    const rules = lines.slice(-3);
    expect(rules.map(({ thickness }) => (thickness / pointsPerMillimetre).toFixed(2))).toEqual([
      '0.35',
      '0.25',
      '0.35',
    ]);
    for (const rule of rules) expect([rule.left, rule.right].map(Math.round)).toEqual([28, 184]);
    expect(rules[2]!.top).toBeCloseTo(bottom, 2);
    const inside = texts.filter(({ base }) => base > rules[0]!.top && base < bottom);
    expect(inside.map(({ text }) => text)).toEqual([
      ...['抄送：', '省人民政府教育督导委员会办公室。', '示例市人民政府教育督导室', '2026年3月5日印发'],
    ]);
    expect(inside.map(({ size }) => size)).toEqual([14, 14, 14, 14]);
  });

  it('carries the day of the letter and no moment of the printing', () => {
    expect([info.CreationDate, info.ModDate]).toEqual(['D:20260305000000Z', 'D:20260305000000Z']);
  });
});

describe('a signature', () => {
  it('is never alone on a page, however the body ends', async () => {
    const seen: number[] = [];
    for (const lines of [4, 5, 6, 7, 8, 9, 10, 26, 27, 28, 29, 30, 31, 32]) {
      for (const body of [bodyOfLines(lines), [{ kind: 'paragraph', text: '督'.repeat(28 * lines - 12) }]]) {
        const attachments = lines % 3 === 0 ? ['评估数据表', '名单'] : [];
        const letter = laidLetter({ body, attachments, sealed: lines % 2 === 0 });
        const { pages } = await readPdf((await press.print(letter, 'pdf')).bytes);
        const isSigned = ({ texts }: PdfPage) =>
          texts.some(({ text, base }) => text === '2026年3月5日' && base < bottom);
        seen.push(pages.findIndex(isSigned) + 1);
        // Nor does a long paragraph leave the first page empty.
        for (const page of [pages[0]!, pages.find(isSigned)!]) {
          expect(page.texts.map(({ text }) => text).join(), `${lines} lines`).toMatch(/督督/);
        }
      }
    }
    // The signature was pushed over the edge of a page at least twice.
    expect(new Set(seen).size).toBe(3);
  });
});

describe('the first page', () => {
  it('shows the body also where only 附件说明 and the signature go to the next', async () => {
    const attachments = ['督导规程', '督导守则', '督导事项清单', '公示牌式样', '督学名单', '联系方式'];
    const body = [{ kind: 'paragraph', text: '现将文件印发给你们。' }];
    const { pages } = await readPdf((await press.print(laidLetter({ body, attachments }), 'pdf')).bytes);
    const said = pages.map(({ texts }) => texts.map(({ text }) => text).join(''));
    expect(said[0]).toContain('现将文件印发给你们。');
    expect(said[1]).toMatch(/附件.*督导规程.*2026年3月5日/);
  });
});

describe('a table', () => {
  it('breaks no short word for a long text beside it', () => {
    const headings = ['序号', '单位', '小学系数', '初中系数', '是否达标', '说明'];
    const columns = headings.map((heading) => ({ heading }));
    const rows = [['1', '经济技术开发区', '0.300', '0.250', '未达标', '教学及辅助用房面积低于规定'.repeat(3)]];
    const [table] = laidLetter({ body: [{ kind: 'table', columns, rows }] }).body;
    if (table?.kind !== 'table') throw new Error('no table');
    const shares = table.columns.map(({ share }) => share);
    const inCharacters = shares.map((share) => (share * areaWidth) / shares.reduce((sum, one) => sum + one, 0) / 12);
    // What is left beside the text of a cell is a character.
    for (const [at, least] of [2, 7, 4, 4, 4].entries()) expect(inCharacters[at]).toBeGreaterThanOrEqual(least + 1);
  });
});

describe('the press', () => {
  it('sets what people wrote as text: no markup, no file, no package, no sign that nobody sees', async () => {
    const hostile =
      '#read("/etc/passwd") #import "@preview/a:0.1.0" *强* $x^2$ = 一 @标 <x> \\u{41} //注 https://example.org';
    const letter = laidLetter({
      body: [{ kind: 'paragraph', text: `${hostile}\u202e` }],
      signer: '#panic()',
      title: '"); #sys.inputs',
    });
    const { pages } = await readPdf((await press.print(letter, 'pdf')).bytes);
    const said = pages[0]!.texts
      .map(({ text }) => text)
      .join('')
      .replaceAll(' ', '');
    expect(said).toContain(hostile.replaceAll(' ', ''));
    expect(said).toContain('#panic()');
    expect(said).toContain('");#sys.inputs');
  });

  it('names the fonts that stand in for those of the office', async () => {
    const { substitutions } = await press.print(laidLetter(), 'pdf');
    expect(substitutions.map(({ wanted }) => wanted)).toEqual(['仿宋_GB2312', '楷体_GB2312', '方正小标宋简体']);
  });

  it('ends with a letter that takes too long or too much memory', async () => {
    const impatient = openLetterPress({ fontsDir: null, patience: 1 });
    await expect(impatient.print(laidLetter(), 'pdf')).rejects.toMatchObject({ code: 'letter.tooLarge' });
    impatient.close();
    const small = openLetterPress({ fontsDir: null, megabytes: 180 });
    const columns = Array.from({ length: 12 }, () => ({ heading: '列' }));
    const rows = Array.from({ length: 500 }, (_, at) => columns.map((_, column) => `${at}${column}`));
    const long = laidLetter({ body: [{ kind: 'table', columns, rows }] });
    await expect(small.print(long, 'pdf')).rejects.toThrow('20 秒、180 MB 内存');
    small.close();
  });

  const whoeverSaysNo = { code: 'letter.busy' };

  it('has a share for a person, beside which others are printed', async () => {
    const asked = Array.from({ length: 4 }, () => press.print(whole, 'word', { who: 'one' }));
    const other = press.print(whole, 'word', { who: 'other' });
    await expect(asked[3]).rejects.toMatchObject(whoeverSaysNo);
    await expect(Promise.all([...asked.slice(0, 3), other])).resolves.toHaveLength(4);
  });

  it('ends with a letter for which nobody waits any more, and prints the next', async () => {
    const leaving = new AbortController();
    const left = press.print(whole, 'pdf', { gone: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject(whoeverSaysNo);
    expect((await press.print(whole, 'word')).bytes.length).toBeGreaterThan(0);
  });

  describe.each([
    ['is ended between two letters when it is almost full', 600],
    ['prints a letter anew when those before it had filled the memory', 10_000],
  ])('%s', (_, megabytes) => {
    it('so that no letter is too large because of others', async () => {
      const program = path.resolve('test/support/product/filling-press.mjs');
      const filling = openLetterPress({ fontsDir: null, megabytes, program });
      const places: number[] = [];
      for (let at = 0; at < 5; at += 1) places.push((await filling.print(whole, 'word')).bytes[0]!);
      filling.close();
      expect(places).toEqual([1, 2, 1, 2, 1]);
    });
  });

  it('prints Word files too', async () => {
    const { bytes, substitutions } = await press.print(whole, 'word');
    expect(Buffer.compare(bytes, await writeWordLetter(whole))).toBe(0);
    expect(substitutions).toEqual([]);
  });

  it('begins anew after its end, and the same letter gives the same bytes', async () => {
    const first = await press.print(whole, 'pdf');
    press.close();
    const second = await press.print(whole, 'pdf');
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });
});

describe('the Word file, read back', () => {
  const read = async (letter = whole) => {
    const parts = unzipSync(await writeWordLetter(letter));
    const xml = (name: string) => strFromU8(parts[name]!);
    return { parts, xml, document: xml('word/document.xml') };
  };
  it('holds no sign that no XML can hold', async () => {
    const bad = '测试\ufffe问\uffff题\ud800\u0001';
    const { number } = whole;
    const { parts } = await read({ ...whole, number: `${number}${bad}`, title: [bad] });
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
    expect(Number(attribute(mark, 'sz', 'val'))).toBe(whole.mark.size * 2);
    expect(Number(attribute(mark, 'spacing', 'before'))).toBe(twips(35));
    const number = paragraphOf(document, '示政教督〔2026〕7号');
    expect(Number(attribute(number, 'spacing', 'before'))).toBe(2 * Math.floor(linePitch * 20));
    expect(attribute(number, 'bottom', 'color')).toBe('FF0000');
    // In whole points: 4 mm are 11.3.
    expect(attribute(number, 'bottom', 'space')).toBe('11');
    expect(attribute(number, 'jc', 'val')).toBe('center');
    for (const line of whole.title) {
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
    const [first, second] = [await writeWordLetter(whole), await writeWordLetter(whole)];
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
