import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { inMoments } from '#test/support/workbook/moments.ts';
import { cellsOf } from '#test/support/workbook/read-sheets.ts';
import { damaged, refusal, tooLarge } from '#test/support/workbook/refusal.ts';
import {
  bookOf,
  bookOfRows,
  main,
  partsOf,
  rowsXml,
  sheetXml,
  type ZipPart,
  zipOf,
} from '#test/support/workbook/workbook-file.ts';
import type { WorkerOrder } from '../file-read.ts';
import { readLimits, readWorkbook } from '../workbook-read.ts';
import { parseWorkbook } from './parse.ts';

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rows = rowsXml([['甲', 7]]);
const handOver = Worker.prototype.postMessage;

describe('declarations', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;
  const outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';

  it.each([
    ['xl/workbook.xml', laughs],
    ['xl/worksheets/sheet1.xml', laughs],
    ['xl/worksheets/sheet1.xml', outside],
    ['xl/sharedStrings.xml', laughs],
    ['[Content_Types].xml', outside],
    ['_rels/.rels', outside],
  ])('in %s are refused', async (name, declaration) => {
    const parts = partsOf({ sheets: [{ xml: sheetXml(rows) }], shared: '<si><t>&c;</t></si>' });
    const bytes = zipOf(
      parts.map((part) =>
        part.name === name ? { ...part, content: String(part.content).replace('?>', `?>${declaration}`) } : part,
      ),
    );
    expect(await refusal(bytes)).toMatchObject(damaged('实体声明'));
  });
});

describe('targets that do not exist or lead in a circle', () => {
  const linked = (target: string, plan: Partial<Parameters<typeof bookOf>[0]> = {}) =>
    bookOf({
      sheets: [{ xml: sheetXml(rows) }],
      ...plan,
      parts: {
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relationships}/worksheet" Target="${target}"/></Relationships>`,
        ...plan.parts,
      },
    });

  it.each([
    ['a sheet that leads to the workbook itself', linked('workbook.xml'), '被引用了不止一次'],
    ['a sheet that leads out of the file', linked('../../../../etc/passwd'), '缺少部件 etc/passwd'],
    ['a sheet whose part is missing', linked('worksheets/sheet9.xml'), '缺少部件 xl/worksheets/sheet9.xml'],
    ['a sheet that is no sheet', linked('../[Content_Types].xml'), '不止一次'],
    [
      'a sheet without relationship',
      bookOf({ sheets: [{ xml: sheetXml(rows) }], parts: { 'xl/_rels/workbook.xml.rels': null } }),
      '缺少工作表“表1”',
    ],
    ['no sheet at all', bookOf({ sheets: [] }), '没有工作表'],
    [
      'no workbook part',
      bookOf({ sheets: [{ xml: sheetXml(rows) }], parts: { 'xl/workbook.xml': null } }),
      '缺少部件 xl/workbook.xml',
    ],
    ['texts that are missing', bookOfRows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), '缺少第 0 条共用文字'],
    [
      'a text behind the last',
      bookOfRows('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', { shared: '<si><t>甲</t></si>' }),
      '缺少第 5 条共用文字',
    ],
    [
      'half a text',
      bookOfRows('<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>', { shared: '<si><t>甲</t></si><si/>' }),
      '缺少第 0.5 条',
    ],
    [
      'a text without number',
      bookOfRows('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', { shared: '<si/>' }),
      '无法识别的共用文字',
    ],
  ])('%s', async (_, bytes, sentence) => {
    expect(await refusal(bytes)).toMatchObject(damaged(sentence));
  });

  it('two sheets that share a part, which would be read once for each sheet', async () => {
    const sheets = Array.from(
      { length: 100 },
      (_, index) => `<sheet name="${index}" sheetId="${index + 1}" r:id="rId1"/>`,
    );
    const workbook = `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${sheets.join('')}</sheets></workbook>`;
    const bytes = bookOf({ sheets: [{ xml: sheetXml(rows) }], parts: { 'xl/workbook.xml': workbook } });
    expect(await refusal(bytes)).toMatchObject(damaged('不止一次'));
  });

  it('a workbook without content types and relationships is still found in its usual place', async () => {
    const parts = { '[Content_Types].xml': null, '_rels/.rels': null };
    expect((await refusal(bookOf({ sheets: [{ xml: sheetXml(rows) }], parts }))).code).toBe('read');
  });
});

describe('cells out of place', () => {
  const cell = (place: string, row = '1') => bookOfRows(`<row r="${row}"><c r="${place}"><v>1</v></c></row>`);

  it.each([
    [cell('XFE1'), '位置不合规'],
    [cell('AAAA1'), '位置不合规'],
    [cell('A1048577', '1048577'), '位置不合规'],
    [cell('A99999999999999999999', '1'), '位置不合规'],
    [cell('A0', '0'), '位置不合规'],
    [cell('1A'), '位置不合规'],
    [cell('A'), '位置不合规'],
    [cell('A-1'), '位置不合规'],
    [cell('B5'), '位置不合规'],
    [bookOfRows('<row r="x"><c><v>1</v></c></row>'), '位置不合规'],
    [
      bookOfRows('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
      'B1 出现了两次',
    ],
    [bookOfRows('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'), 'A1 出现了两次'],
    [bookOfRows('<row r="1"><c r="A1" t="wat"><v>1</v></c></row>'), '类型不明'],
  ])('are refused by their sheet', async (bytes, sentence) => {
    expect(await refusal(bytes)).toMatchObject(damaged(sentence));
  });

  it('far out are refused by their place, and take no time', async () => {
    const far = bookOf({
      sheets: [{ name: '填报表', xml: sheetXml('<row r="3"><c r="XFD3" t="b"><v>1</v></c></row>') }],
    });
    expect(await refusal(far)).toMatchObject(tooLarge('工作表“填报表”的 XFD3'));
    expect(await refusal(cell('A6001', '6001'))).toMatchObject(tooLarge('A6001'));
    expect((await refusal(cell('A6000', '6000'))).code).toBe('read');
    // A blank cell far out holds nothing: Excel itself leaves such cells behind.
    expect(
      (await refusal(bookOfRows('<row r="1"><c r="XFD1" t="str"><v> </v></c><c r="B1"><v>1</v></c></row>'))).code,
    ).toBe('read');
  });

  it('in the last column, 5,899 of them in 38 kB, take a moment', async () => {
    const lines = Array.from(
      { length: 5899 },
      (_, index) => `<row r="${index + 1}"><c r="XFD${index + 1}"><v>1</v></c></row>`,
    );
    const bytes = bookOfRows(lines.join(''));
    expect(bytes.length).toBeLessThan(60_000);
    const { code, moments } = await refusal(bytes);
    expect(code).toBe('import.tooLarge');
    expect(moments).toBeLessThan(20);
    // If that many columns are wanted, only the cells that are found are walked over, and not the gaps between them.
    const wide = await inMoments(() => parseWorkbook(bytes, { ...readLimits, columns: 16_384 }));
    expect(wide.result.sheets[0]!.cells.rows).toHaveLength(5899);
    expect(wide.moments).toBeLessThan(20);
  });
});

describe('what one reader sees and another does not', () => {
  const dayStyles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';

  it('a text in an instruction is no shared text', async () => {
    const shared = '<?x <si><t>999</t></si> ?><si><t>甲</t></si>';
    expect(await cellsOf(bookOfRows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { shared }))).toEqual([
      ['text', '甲'],
    ]);
  });

  it('references in attributes are read, and a style that is no number is refused', async () => {
    const styled = (style: string) =>
      bookOfRows(`<row r="1"><c r="A1" s="${style}" t="&#110;"><v>45000</v></c></row>`, { styles: dayStyles });
    expect(await cellsOf(styled('&#49;'))).toEqual([['date', '2023-03-15']]);
    expect(await refusal(styled('x'))).toMatchObject(damaged('格式不明'));
    const hidden = '<row r="&#49;" hidden="&#49;"><c r="A1"><v>1</v></c></row>';
    const [sheet] = (await parseWorkbook(bookOfRows(hidden), readLimits)).sheets;
    expect([...sheet!.hiddenRows]).toEqual([[0, 'hidden']]);
  });

  it('a second prefix of the main namespace is refused where an element has it', async () => {
    const second = (cell: string, address = main) =>
      bookOfRows(`<row r="1" xmlns:x="${address}"><c r="A1"><v>1</v></c>${cell}</row>`);
    const refused = damaged('两种前缀');
    expect(await refusal(second('<x:c r="B1"><x:v>7</x:v></x:c>'))).toMatchObject(refused);
    const written = main.replace('http', '&#104;ttp');
    expect(await refusal(second('<x:c r="B1"><x:v>7</x:v></x:c>', written))).toMatchObject(refused);
    expect((await refusal(second(''))).code).toBe('read');
    expect((await refusal(second('<x:c r="B1"><x:v>7</x:v></x:c>', 'urn:other'))).code).toBe('read');
  });
});

describe('XML that does not end', () => {
  const whole = sheetXml(rows);

  it('is refused wherever it breaks off', async () => {
    for (let length = whole.indexOf('<sheetData') + 12; length < whole.indexOf('</sheetData>'); length += 1) {
      expect(await refusal(bookOf({ sheets: [{ xml: whole.slice(0, length) }] }))).toMatchObject({
        code: 'import.damaged',
      });
    }
  });

  it.each([
    ['a comment', '<row r="1"><!-- <c r="A1"><v>1</v></c></row>'],
    ['CDATA', '<row r="1"><c r="A1"><v><![CDATA[1</v></c></row>'],
    ['an attribute', '<row r="1"><c r="A1><v>1</v></c></row>'],
    ['an attribute without quotes', '<row r=1><c r="A1"><v>1</v></c></row>'],
    ['a character that does not exist', '<row r="1"><c r="A1" t="str"><v>&#x110000;</v></c></row>'],
  ])('%s', async (_, inside) => {
    expect((await refusal(bookOfRows(inside))).code).toBe('import.damaged');
  });

  it('is refused where it is not in the encoding that it names', async () => {
    const gbk = Buffer.concat([
      Buffer.from(whole.split('甲')[0]!),
      Buffer.from([0xbc, 0xd7]),
      Buffer.from(whole.split('甲')[1]!),
    ]);
    expect(await refusal(bookOf({ sheets: [{ xml: gbk }] }))).toMatchObject(damaged('文字编码'));
    const named = Buffer.from(gbk.toString('latin1').replace('UTF-8', 'GBK'), 'latin1');
    expect((await refusal(bookOf({ sheets: [{ xml: named }] }))).code).toBe('read');
    const unknown = whole.replace('UTF-8', 'EBCDIC-9');
    expect(await refusal(bookOf({ sheets: [{ xml: unknown }] }))).toMatchObject(damaged('文字编码'));
  });

  it('may hold a tag in an attribute', async () => {
    const odd = '<row r="1" note=\'>\'><c r="A1" x="</row>" t="n"><v>1</v></c></row>';
    expect((await refusal(bookOfRows(odd))).code).toBe('read');
  });
});

describe('other files by the names of their parts', () => {
  const container = (...parts: ZipPart[]) => zipOf(parts);
  const part = (name: string, content = '<x/>') => ({ name, content });
  const types = (type: string) =>
    part(
      '[Content_Types].xml',
      `<Types><Override PartName="/word/document.xml" ContentType="application/${type}"/></Types>`,
    );

  it.each([
    ['Excel 二进制工作簿（.xlsb）', container(part('xl/workbook.bin'), part('[Content_Types].xml')), '另存为'],
    ['Excel 二进制工作簿（.xlsb）', container(types('vnd.ms-excel.sheet.binary.macroEnabled.main')), '另存为'],
    [
      'OpenDocument 表格（.ods）',
      container(
        { ...part('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), stored: true },
        part('content.xml'),
      ),
      '另存为',
    ],
    ['OpenDocument 文字文档（.odt）', container(part('mimetype', 'application/vnd.oasis.opendocument.text')), '请改用'],
    [
      'Word 文档',
      container(
        part('word/document.xml'),
        types('vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
      ),
      '请改用',
    ],
    ['PowerPoint 演示文稿', container(part('ppt/presentation.xml')), '请改用'],
    ['苹果 Numbers 表格', container(part('Index/Document.iwa')), '另存为'],
    ['压缩包', container(part('学校/一小.xlsx')), '先解压'],
    ['压缩包', container(part('a.txt')), '请改用'],
  ])('%s', async (name, bytes, wayOut) => {
    const { code, sentence } = await refusal(bytes);
    expect(code).toBe('import.notWorkbook');
    expect(sentence).toContain(name);
    expect(sentence).toContain(wayOut);
  });

  it.each([
    ['纯文本或 CSV', '学校,人数\n一小,400', '另存为'],
    ['网页', '\ufeff<table><tr><td>一小</td></tr></table>', '另存为'],
    ['网页（.mht）', 'MIME-Version: 1.0\r\nContent-Type: multipart/related', '另存为'],
    [
      'Excel 2003 的 XML 表格',
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      '另存为',
    ],
    ['XML 文件', '<?xml version="1.0"?><a/>', '请改用'],
    ['PDF 文件', '%PDF-1.7', '请改用'],
    ['图片', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), '请改用'],
    ['图片', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), '请改用'],
    ['压缩包', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), '请改用'],
    ['Excel 4.0 或更早的工作簿', Buffer.from([0x09, 0x04, 0x06, 0x00, 0x00, 0x00]), '另存为'],
    ['网页', Buffer.from('\ufeff<html>', 'utf16le'), '另存为'],
    ['无法识别的格式', Buffer.from([1, 2, 3, 0, 5]), '请改用'],
  ])('%s', async (name, content, wayOut) => {
    const { code, sentence } = await refusal(Buffer.from(content as string));
    expect(code).toBe('import.notWorkbook');
    expect(sentence).toContain(name);
    expect(sentence).toContain(wayOut);
  });
});

it('few files of one person wait, and other people’s files are read beside them', async () => {
  const files = ['first', 'second', 'third', 'fourth', 'other'].map((name) => bookOfRows(rowsXml([[name, 7]])));
  const placeOf = new Map(files.map((bytes, place) => [bytes, place]));
  /** The files that were handed to a thread, in this order. How long each takes there depends on the load. */
  const begun: (number | undefined)[] = [];
  const posted = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function post(this: Worker, order) {
    begun.push(placeOf.get((order as WorkerOrder).bytes));
    handOver.call(this, order);
  });
  const outcomes = files.map((bytes, index) => readWorkbook(bytes, { person: index < 4 ? 'greedy' : 'other' }));
  const settled = Promise.allSettled(outcomes);
  // The other person's file begins beside the first file of the greedy person, and does not wait for it.
  expect(begun).toEqual([0, 4]);
  expect((await settled).map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  ]);
  await expect(outcomes[3]).rejects.toMatchObject({ code: 'import.busyOwn' });
  expect(begun).toEqual([0, 4, 1, 2]);
  posted.mockRestore();
});
