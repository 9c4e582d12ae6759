import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askedColumns, askedRows } from '#domain/rectification/quoted.ts';
import {
  area,
  areaWidth,
  bodySize,
  bottom,
  lineHeight,
  margins,
  pointsPerMillimetre,
  right,
  titleSize,
  toBase,
} from '#test/support/product/letter-measures.ts';
import { bodyOfLines, laidLetter, wholeLetter } from '#test/support/product/letters.ts';
import { type PdfPage, type PlacedText, readPdf } from '#test/support/product/pdf-pages.ts';
import { renamedFont } from '#test/support/product/renamed-font.ts';
import { openLetterPress } from './letter-press.ts';

const press = openLetterPress({ fontsDir: null });
afterAll(() => press.close());

describe('the PDF, read back', () => {
  let pages: PdfPage[];
  let info: Record<string, unknown>;
  const find = (text: string): PlacedText => {
    const found = pages.flatMap(({ texts }) => texts).find((one) => one.text.startsWith(text));
    if (found === undefined) throw new Error(`${text} is on no page`);
    return found;
  };

  it('is printed on A4, every line within the area of type', async () => {
    ({ pages, info } = await readPdf((await press.print(wholeLetter, 'pdf')).bytes));
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
    expect(mark.size).toBe(wholeLetter.mark.size);
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
    const lines = wholeLetter.title.map(find);
    expect(lines.map(({ text, size }) => [text, size])).toEqual(wholeLetter.title.map((text) => [text, titleSize]));
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

  it('names what is attached one line below the body, two characters from the left, the names below each other', () => {
    const character = area.width / 28;
    const [label, one, other] = ['附件：', '评估数据表', '名单'].map(find);
    expect(label!.left - margins.left).toBeCloseTo(2 * character, 1);
    const numbers = pages[2]!.texts.filter(({ text, base }) => /^[12]\.$/.test(text) && base >= label!.base);
    expect(numbers.map(({ text }) => text)).toEqual(['1.', '2.']);
    expect(numbers[0]!.left - label!.left).toBeCloseTo(3 * character, 1);
    expect(numbers[1]!.left).toBeCloseTo(numbers[0]!.left, 2);
    expect(other!.left).toBeCloseTo(one!.left, 2);
    expect(other!.base - one!.base).toBeCloseTo(lineHeight, 2);
    const above = pages[2]!.texts.filter(({ base }) => base < label!.base).map(({ base }) => base);
    expect(label!.base - Math.max(...above)).toBeCloseTo(2 * lineHeight, 2);
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

  it('two units that issue it sign in one row, the lead at the left, the other above the date', async () => {
    const [signer, jointSigner] = ['示例市人民政府教育督导室', '基础教育科'];
    const { pages: joint } = await readPdf((await press.print(laidLetter({ signer, jointSigner }), 'pdf')).bytes);
    const texts = joint.flatMap((page) => page.texts);
    const [lead, other, date] = [
      texts.find(({ text, size }) => text === signer && size === bodySize)!,
      texts.find(({ text }) => text === jointSigner)!,
      texts.find(({ text }) => text === '2026年3月5日')!,
    ];
    expect(lead.base).toBeCloseTo(other.base, 2);
    expect(lead.right).toBeLessThan(other.left);
    expect(date.base - other.base).toBeCloseTo(lineHeight, 2);
    const character = area.width / 28;
    expect(Math.abs(other.left + other.right - date.left - date.right) / 2).toBeLessThan(character / 2);
  });

  it('two long names stand below each other, the other above the date', async () => {
    const [signer, jointSigner] = ['示例市人民政府教育督导委员会办公室', '示例市人民政府教育督导委员会专家组'];
    const { pages: joint } = await readPdf((await press.print(laidLetter({ signer, jointSigner }), 'pdf')).bytes);
    const texts = joint.flatMap((page) => page.texts);
    const [lead, other] = [signer, jointSigner].map((one) => texts.find(({ text }) => text === one)!);
    expect(other!.base - lead!.base).toBeCloseTo(5 * lineHeight, 1);
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
    // A character of 4号 from each side.
    const side = 14 / pointsPerMillimetre;
    const [label, , printer, day] = inside;
    expect([label!.left, printer!.left].map((left) => left - margins.left)).toEqual([
      ...[expect.closeTo(side, 1), expect.closeTo(side, 1)],
    ]);
    expect(right - day!.right).toBeCloseTo(side, 1);
  });

  it('carries the day of the letter and no moment of the printing', () => {
    expect([info.CreationDate, info.ModDate]).toEqual(['D:20260305000000Z', 'D:20260305000000Z']);
  });
});

describe('the faces', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-faces-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const faceOf = async (fontsDir: string | null) => {
    const own = fontsDir === null ? press : openLetterPress({ fontsDir });
    const { bytes, substitutions } = await own.print(wholeLetter, 'pdf');
    if (own !== press) own.close();
    const texts = (await readPdf(bytes)).pages.flatMap((page) => page.texts);
    const face = (text: string) => texts.find((one) => one.text.startsWith(text))?.font.replace(/^[A-Z]{6}\+/, '');
    const parts = [
      '示例市人民政府教育督导室文件',
      wholeLetter.title[0]!,
      '督督',
      '（1）第四级',
      '一、总体情况',
      '抄送：',
      '—',
    ];
    return { faces: parts.map((text) => face(text)?.split('-')[0]), wanted: substitutions.map(({ wanted }) => wanted) };
  };

  it('are those of the folder of the office where it has them: 小标宋 for mark and title, 仿宋 for the text', async () => {
    writeFileSync(path.join(folder, 'a.ttf'), renamedFont('song', 'FangSong_GB2312'));
    writeFileSync(path.join(folder, 'b.otf'), renamedFont('hei', 'FZXiaoBiaoSong-B05S'));
    const { faces, wanted } = await faceOf(folder);
    const [title, text, hei, song] = ['FZXiaoBiaoSong', 'FangSong_GB2312', 'NotoSansHans', 'NotoSerifSC'];
    expect(faces).toEqual([title, title, text, text, hei, text, song]);
    expect(wanted).toEqual(['楷体_GB2312']);
  });

  it('are those of the product where it has none, and the page has its number in 宋体', async () => {
    const { faces } = await faceOf(null);
    expect(faces).toEqual([...Array(4).fill('NotoSerifSC'), 'NotoSansHans', ...Array(2).fill('NotoSerifSC')]);
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

describe('a notice of a single finding', () => {
  it('begins its table below the text, and leaves no quarter of the first page blank', async () => {
    const title = '每百名学生拥有县级以上骨干教师数低于规定，专用教室面积和图书册数没有达到标准；'.repeat(2);
    const letter = laidLetter({
      title: '关于限期整改\n洛江区启翰实验小学（小学）\n办学条件未达标和校园安全管理\n问题的通知书',
      addressees: ['洛江区启翰实验小学'],
      body: [
        { kind: 'paragraph', text: '经督导检查，发现你单位存在下列问题，请按期整改。' },
        { kind: 'heading', level: 1, text: '问题和期限' },
        {
          kind: 'table',
          caption: null,
          columns: [...askedColumns],
          rows: askedRows([{ title, foundOn: '2026-03-02', dueOn: '2026-11-30' }]),
        },
        { kind: 'heading', level: 1, text: '整改要求' },
        {
          kind: 'paragraph',
          text: '请逐项制定整改措施，明确责任人，在期限内完成整改，并将整改报告和佐证材料报送本机构。',
        },
      ],
    });
    const { pages } = await readPdf((await press.print(letter, 'pdf')).bytes);
    const first = pages[0]!.texts.filter(({ base }) => base < bottom);
    expect(first.map(({ text }) => text).join('')).toMatch(/一、问题和期限.*完成时限.*每百名学生/);
    expect(bottom - Math.max(...first.map(({ base }) => base))).toBeLessThan(area.height / 4);
    // Nothing of the row is lost at the end of the page.
    const said = pages.map(({ texts }) => texts.map(({ text }) => text).join('')).join('');
    expect(said.match(/每百名/g)).toHaveLength(2);
  });
});
