import { describe, expect, it } from 'vitest';
import { cellOf, cellsOf, sheetsOf } from '#test/support/workbook/read-sheets.ts';
import { bookOfRows } from '#test/support/workbook/workbook-file.ts';
import { readLimits } from '../workbook-read.ts';
import { cellFault } from './cell/cell-fault.ts';

const inline = (text: string) => `<c r="A1" t="inlineStr"><is>${text}</is></c>`;

describe('kinds of cells', () => {
  it.each([
    ['<c r="A1"><v>42</v></c>', { kind: 'number', value: 42, raw: 42, text: '42', formula: false, stored: true }],
    ['<c r="A1" t="n"><v> -1.5E3 </v></c>', { kind: 'number', value: -1500, text: '-1500' }],
    ['<c r="A1" t="b"><v>1</v></c>', { kind: 'boolean', value: true, text: 'TRUE' }],
    ['<c r="A1" t="b"><v>false</v></c>', { kind: 'boolean', value: false, text: 'FALSE' }],
    ['<c r="A1" t="e"><v>#N/A</v></c>', { kind: 'error', value: '#N/A', text: '#N/A' }],
    ['<c r="A1" t="str"><f>A2&amp;"校"</f><v>一小&amp;校</v></c>', { kind: 'text', value: '一小&校', formula: true }],
    ['<c r="A1" t="d"><v>2025-09-01T08:30:00</v></c>', { kind: 'date', day: '2025-09-01', text: '2025-09-01 08:30' }],
    ['<c r="A1" t="d"><v>2025-09-01</v></c>', { kind: 'date', day: '2025-09-01', raw: 45901 }],
    ['<c r="A1" t="d"><v>去年</v></c>', { kind: 'not-a-number', value: '去年' }],
    [inline('<t>直接写的</t>'), { kind: 'text', value: '直接写的' }],
    ['<c r="A1"><v><![CDATA[7]]></v></c>', { kind: 'number', value: 7 }],
    ['<c r="A1"><!-- 去年 --><v>7<!-- 人 --></v></c>', { kind: 'number', value: 7 }],
    ["<c t = 'n' r = 'A1' ><v>7</v></c >", { kind: 'number', value: 7 }],
  ])('%s', async (cell, expected) => {
    expect(await cellOf(cell)).toMatchObject(expected);
  });

  it('holds nothing where there is no value', async () => {
    for (const cell of [
      '<c r="A1" s="1"/>',
      '<c r="A1"></c>',
      '<c r="A1"><v></v></c>',
      '<c r="A1"><v/></c>',
      '<c r="A1"><v> </v></c>',
      '<c r="A1" t="s"></c>',
      inline('<t>  \n\u3000</t>'),
      inline(''),
      '<c r="A1" t="str"><f>""</f><v></v></c>',
    ]) {
      expect(await cellOf(cell)).toBeUndefined();
    }
  });

  it('NaN and INF are reported as such', async () => {
    for (const text of ['NaN', 'INF', '-INF', 'Infinity', '1e999', '1,260', '0x10', '12 ', '--1', '1e', '.']) {
      const cell = await cellOf(`<c r="A1"><v>${text}</v></c>`);
      expect(cell).toMatchObject(
        text === '12 ' ? { kind: 'number', value: 12 } : { kind: 'not-a-number', value: text },
      );
    }
    expect(await cellOf('<c r="A1" t="b"><v>maybe</v></c>')).toMatchObject({ kind: 'not-a-number', value: 'maybe' });
  });
});

describe('numbers', () => {
  it('are read to fifteen digits, as a spreadsheet shows them; the stored number stays available', async () => {
    const noise = await cellOf('<c r="A1"><f>B1*1.21</f><v>58.080000000000005</v></c>');
    expect(noise).toMatchObject({
      kind: 'number',
      value: 58.08,
      raw: 58.080000000000005,
      text: '58.08',
      formula: true,
    });
    expect(await cellOf('<c r="A1"><v>0.30000000000000004</v></c>')).toMatchObject({ value: 0.3, text: '0.3' });
    expect(await cellOf('<c r="A1"><v>-2.9999999999999996</v></c>')).toMatchObject({ value: -3, text: '-3' });
    expect(await cellOf('<c r="A1"><v>0.1234567890123456</v></c>')).toMatchObject({ text: '0.123456789012346' });
  });

  it('that no number keeps stay as they are written, to be refused where a number is asked for', async () => {
    for (const text of ['9'.repeat(200), '9007199254740993', '0.1234567890123456789']) {
      expect(await cellOf(`<c r="A1"><v>${text}</v></c>`)).toMatchObject({ kind: 'text', value: text });
    }
    // What programs write of a result has seventeen digits and means the number.
    expect(await cellOf('<c r="A1"><v>0.10000000000000001</v></c>')).toMatchObject({ kind: 'number', value: 0.1 });
    expect(await cellOf('<c r="A1"><v>0.500000000000000000000</v></c>')).toMatchObject({ kind: 'number', value: 0.5 });
  });

  it('are shown without exponent up to a usual length', async () => {
    const shown = async (text: string) => (await cellOf(`<c r="A1"><v>${text}</v></c>`))?.text;
    expect(await shown('2135990111')).toBe('2135990111');
    expect(await shown('1e-7')).toBe('0.0000001');
    expect(await shown('1.5E+20')).toBe('150000000000000000000');
    expect(await shown('3.5050019900101123E+21')).toBe('3505001990010110000000');
    expect(await shown('1e300')).toBe('1E+300');
    expect(await shown('-0')).toBe('0');
  });
});

describe('formulas', () => {
  it('without a stored result are reported, with the text of the formula', async () => {
    for (const cell of [
      '<f>5000+2205</f>',
      '<f>5000+2205</f><v></v>',
      '<f>5000+2205</f><v/>',
      '<f>5000+2205</f><v> </v>',
    ]) {
      expect(await cellOf(`<c r="A1">${cell}</c>`)).toMatchObject({
        kind: 'empty',
        value: '=5000+2205',
        formula: true,
        stored: false,
      });
    }
    expect(await cellOf('<c r="A1" t="str"><f>A2</f></c>')).toMatchObject({ kind: 'empty', stored: false });
    expect(await cellOf('<c r="A1"><f>IF(A2&lt;1,"&amp;","")</f></c>')).toMatchObject({ value: '=IF(A2<1,"&","")' });
  });

  it('that are shared are formulas in every cell', async () => {
    const rows = [
      '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row>',
      '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>',
      '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>',
    ];
    const [sheet] = await sheetsOf(bookOfRows(rows.join('')));
    expect(sheet!.cells.map(({ kind, formula, stored }) => [kind, formula, stored])).toEqual([
      ['number', true, true],
      ['number', true, true],
      ['empty', true, false],
    ]);
  });

  it('keep the kind of their result', async () => {
    expect(await cellOf('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')).toMatchObject({
      kind: 'error',
      formula: true,
    });
    expect(await cellOf('<c r="A1" t="b"><f>1=1</f><v>1</v></c>')).toMatchObject({ kind: 'boolean', formula: true });
  });
});

describe('texts', () => {
  it.each([
    ['&#134071;桥', '𠮷桥'],
    ['&#x20BB7;桥', '𠮷桥'],
    ['&#X20bb7;桥', '𠮷桥'],
    ['&#55362;&#57271;桥', '𠮷桥'],
    ['&#xD842;&#xDFB7;桥', '𠮷桥'],
    ['_xD842__xDFB7_桥', '𠮷桥'],
    ['&#27931;&amp;&lt;&gt;&quot;&apos;', '洛&<>"\''],
    ['甲_x000D_\n乙', '甲\r\n乙'],
    ['_x005F_x000D_', '_x000D_'],
    ['_x00e9_t_X0041_', 'ét_X0041_'],
    ['<![CDATA[<b>&amp;]]>', '<b>&amp;'],
    ['a&unknown;b', 'a&unknown;b'],
  ])('%s', async (written, read) => {
    expect(await cellOf(inline(`<t>${written}</t>`))).toMatchObject({ kind: 'text', value: read, flaw: undefined });
    const shared = { shared: `<si><t>${written}</t></si>` };
    expect(await cellOf('<c r="A1" t="s"><v>0</v></c>', shared)).toMatchObject({ kind: 'text', value: read });
  });

  it('of several runs are joined, and the phonetic hints are left out', async () => {
    const rich =
      '<r><rPr><b/></rPr><t xml:space="preserve">晋江市 </t></r><r><t>安海</t></r><rPh sb="0" eb="3"><t>ジンジャン</t></rPh><r><t>中学</t></r><phoneticPr fontId="1"/>';
    expect(await cellOf(inline(rich))).toMatchObject({ value: '晋江市 安海中学' });
    expect(await cellOf('<c r="A1" t="s"><v>0</v></c>', { shared: `<si>${rich}</si>` })).toMatchObject({
      value: '晋江市 安海中学',
    });
  });

  it('that are shared are found by their number, also beside empty ones and those in comments', async () => {
    const shared =
      '<si><t>甲</t></si><si/><si ><t>乙</t></si><!-- <si><t>假</t></si> --><si><t><![CDATA[<si>]]></t></si>';
    const rows = [0, 1, 2, 3].map((index) => `<row r="${index + 1}"><c t="s"><v>${index}</v></c></row>`).join('');
    expect(await cellsOf(bookOfRows(rows, { shared }))).toEqual([
      ['text', '甲'],
      ['text', '乙'],
      ['text', '<si>'],
    ]);
  });

  it('that cannot be stored are reported, and hold U+FFFD in their place', async () => {
    const flaw = async (text: string) => {
      const cell = await cellOf(inline(`<t>${text}</t>`));
      return cell?.kind === 'text' && [cell.value, cell.flaw?.kind, cell.flaw?.kind !== 'cut' && cell.flaw?.character];
    };
    expect(await flaw('林_xD842_桥')).toEqual(['林\ufffd桥', 'half-character', 'U+D842']);
    expect(await flaw('林&#xDFB7;桥')).toEqual(['林\ufffd桥', 'half-character', 'U+DFB7']);
    expect(await flaw('林_x0000_一')).toEqual(['林\ufffd一', 'control-character', 'U+0000']);
    expect(await flaw('林&#0;一')).toEqual(['林\ufffd一', 'control-character', 'U+0000']);
    expect(await flaw('林\u0007一')).toEqual(['林\ufffd一', 'control-character', 'U+0007']);
    expect(await flaw('林\u0085一')).toEqual(['林\ufffd一', 'control-character', 'U+0085']);
    expect(await flaw('甲\n\t乙')).toEqual(['甲\n\t乙', undefined, undefined]);
  });

  it('that are cut keep whole characters and say that they are cut; of the full length they are whole', async () => {
    const kept = readLimits.textLength - 1;
    const cell = (await cellOf(inline(`<t>${'长'.repeat(kept)}𠮷𠮷</t>`)))!;
    expect(cell).toMatchObject({ value: '长'.repeat(kept), flaw: { kind: 'cut', kept } });
    expect(cellFault(cell)?.message).toBe(`A1里的文字过长，只读取了前 ${kept} 个字，请缩短后重新填写`);
    const whole = (await cellOf(inline(`<t>${'长'.repeat(readLimits.textLength)}</t>`)))!;
    expect(cellFault(whole)).toBeUndefined();
    const unfit = await cellOf(inline(`<t>_x0000_${'长'.repeat(readLimits.textLength)}</t>`));
    expect(unfit).toMatchObject({ flaw: { kind: 'control-character' } });
  });
});

describe('days', () => {
  const styles = (code: string, id = 170) =>
    `<numFmts count="1"><numFmt numFmtId="${id}" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs><dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs>`;
  const dayCell = (serial: number, code = 'yyyy', workbookPr = '') =>
    cellOf(`<c r="A1" s="1"><v>${serial}</v></c>`, { styles: styles(code), workbookPr });

  it('are numbers in a format of days, and keep the number', async () => {
    expect(await dayCell(7205)).toMatchObject({ kind: 'date', raw: 7205, day: '1919-09-22', text: '1919-09-22' });
    expect(await dayCell(45901.354166666664)).toMatchObject({ day: '2025-09-01', text: '2025-09-01 08:30' });
    expect(await dayCell(45901.5000231481)).toMatchObject({ text: '2025-09-01 12:00:02' });
    expect(await dayCell(0.25, 'h:mm')).toMatchObject({ kind: 'date', day: null, text: '06:00' });
    expect(await dayCell(-5)).toMatchObject({ kind: 'date', day: null, text: '-5' });
    expect(await dayCell(3e6)).toMatchObject({ kind: 'date', day: null });
  });

  it('count from 1900 with its 29 February, or from 1904', async () => {
    expect(await dayCell(1)).toMatchObject({ day: '1900-01-01' });
    expect(await dayCell(59)).toMatchObject({ day: '1900-02-28' });
    expect(await dayCell(60)).toMatchObject({ day: null, text: '60' });
    expect(await dayCell(61)).toMatchObject({ day: '1900-03-01' });
    const from1904 = '<workbookPr date1904="1"/>';
    expect(await dayCell(0, 'yyyy', from1904)).toMatchObject({ day: '1904-01-01' });
    expect(await dayCell(44439, 'yyyy', from1904)).toMatchObject({ day: '2025-09-01', raw: 44439 });
    const iso = await cellOf('<c r="A1" t="d"><v>2025-09-01Z</v></c>', { workbookPr: '<workbookPr date1904="true"/>' });
    expect(iso).toMatchObject({ raw: 44439, day: '2025-09-01' });
  });

  it('are recognised by the format, not by a letter in it', async () => {
    const kindIn = async (code: string) => (await dayCell(7205, code))?.kind;
    for (const code of [
      'yyyy',
      'm/d',
      'yyyy&quot;年&quot;m&quot;月&quot;',
      '[$-804]aaaa',
      'h:mm',
      '[h]:mm',
      'mm:ss.0',
      'e&quot;年&quot;',
      '[DBNum1]yyyy',
      '[Red]d;@',
    ]) {
      expect([code, await kindIn(code)]).toEqual([code, 'date']);
    }
    for (const code of [
      'General',
      'G/通用格式',
      '0.00',
      '#,##0',
      '[Red]0',
      '0.00E+00',
      '0&quot;d&quot;',
      '0\\d',
      '_d0',
      '@',
      '&quot;year&quot;0',
      '[$元-804]0',
    ]) {
      expect([code, await kindIn(code)]).toEqual([code, 'number']);
    }
  });

  it('are found in built-in formats, and in one that the workbook redefines', async () => {
    const kindOf = async (id: number, code?: string) =>
      (
        await cellOf('<c r="A1" s="0"><v>5</v></c>', {
          styles: `${code ? `<numFmts><numFmt numFmtId="${id}" formatCode="${code}"/></numFmts>` : ''}<cellXfs><xf numFmtId="${id}"/></cellXfs>`,
        })
      )?.kind;
    for (const id of [14, 22, 31, 45, 57]) expect(await kindOf(id)).toBe('date');
    for (const id of [0, 1, 4, 9, 11, 13, 37, 44, 48, 49, 59]) expect(await kindOf(id)).toBe('number');
    expect(await kindOf(14, '0.00')).toBe('number');
    expect(await cellOf('<c r="A1" s="9"><v>5</v></c>')).toMatchObject({ kind: 'number' });
  });
});
