import { describe, expect, it } from 'vitest';
import { cellsOf, sheetsOf } from '#test/support/workbook/read-sheets.ts';
import {
  bookOf,
  bookOfCells,
  bookOfRows,
  main,
  partsOf,
  sheetXml,
  zipOf,
} from '#test/support/workbook/workbook-file.ts';

describe('the sheet', () => {
  it('is read whatever it says of its own extent, and wherever cells lack their address', async () => {
    const rows =
      '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="4"><c r="b4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>';
    const [sheet] = await sheetsOf(bookOf({ sheets: [{ xml: sheetXml(rows, { before: '<dimension ref="A1"/>' }) }] }));
    expect(sheet!.cells.map(({ row, column, value }) => [row, column, value])).toEqual([
      [0, 0, 1],
      [0, 2, 2],
      [3, 1, 3],
      [3, 2, 4],
      [4, 0, 5],
    ]);
  });

  it('is sorted where its rows are out of order', async () => {
    const rows = '<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>';
    expect(await cellsOf(bookOfRows(rows))).toEqual([
      ['number', 1],
      ['number', 3],
      ['number', 4],
    ]);
  });

  it('may have a prefix, and elements of other namespaces between its own', async () => {
    const xml = `<?xml version="1.0"?><x:worksheet xmlns:x="${main}" xmlns:y="urn:other"><x:sheetData><y:row r="9"/><x:row r="1"><y:c r="A1"><y:v>9</y:v></y:c><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="B1"><y:v>9</y:v><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(await cellsOf(bookOf({ sheets: [{ xml }] }))).toEqual([
      ['text', '甲'],
      ['number', 7],
    ]);
  });

  it('is read in strict form and in UTF-16', async () => {
    const strict = (text: string) =>
      text
        .replaceAll(main, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006',
          'http://purl.oclc.org/ooxml/officeDocument',
        );
    const part = sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>');
    const wide = Buffer.from(`\ufeff${part.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    for (const xml of [strict(part), wide, Buffer.from(wide).swap16(), Buffer.from(`\ufeff${part}`)]) {
      expect(await cellsOf(bookOf({ sheets: [{ xml }] }))).toEqual([['text', '甲']]);
    }
    const parts = partsOf({ sheets: [{ xml: part }] }).map(({ name, content }) => ({
      name,
      content: strict(String(content)),
    }));
    expect(await cellsOf(zipOf(parts))).toEqual([['text', '甲']]);
  });

  it('reports what is merged, hidden and filtered out', async () => {
    const beside = ['B', 'C', 'D', 'E', 'F'].map((column) => `<c r="${column}1"><v>1</v></c>`).join('');
    const rows = [1, 2, 3, 4, 5, 6]
      .map(
        (row) =>
          `<row r="${row}"${row === 2 || row === 4 ? ' hidden="1"' : ''}${row === 5 ? ' ht="0" customHeight="1"' : ''}><c r="A${row}"><v>${row}</v></c>${row === 1 ? beside : ''}</row>`,
      )
      .join('');
    const before =
      '<cols><col min="2" max="3" hidden="true" width="9"/><col min="5" max="5" width="0"/><col min="6" max="6" width="8"/></cols>';
    const filter =
      '<autoFilter ref="A3:C6"><filterColumn colId="0"><filters><filter val="3"/></filters></filterColumn></autoFilter>';
    const foreign = '<extLst><ext><x14:mergeCell xmlns:x14="urn:x14" ref="D1:E1"/></ext></extLst>';
    const merges = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B6"/></mergeCells>';
    const own =
      '<customSheetViews><customSheetView guid="{0}"><autoFilter ref="A1:C6"><filterColumn colId="0"><filters/></filterColumn></autoFilter></customSheetView></customSheetViews>';
    const [sheet] = await sheetsOf(
      bookOf({ sheets: [{ xml: sheetXml(rows, { before, after: own + filter + merges + foreign }) }] }),
    );
    expect([...sheet!.rows()].map(({ row, hidden }) => [row, hidden])).toEqual([
      [0, undefined],
      [1, 'hidden'],
      [2, undefined],
      [3, 'filtered'],
      [4, 'filtered'],
      [5, undefined],
    ]);
    expect([0, 1, 2, 3, 4, 5].filter((column) => sheet!.isHiddenColumn(column))).toEqual([1, 2, 4]);
    expect(sheet!.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 2 },
      { top: 1, left: 1, bottom: 5, right: 1 },
    ]);
    const without = async (change: string) => {
      const after = filter.replace(/<filterColumn.*<\/filterColumn>/, change);
      const [shown] = await sheetsOf(bookOf({ sheets: [{ xml: sheetXml(rows, { after }) }] }));
      return shown!.hiddenRow(3);
    };
    // A filter without a condition hides nothing, and no filter hides its own headings.
    expect(await without('')).toBe('hidden');
    expect(await without('<filterColumn colId="0" hiddenButton="1"/>')).toBe('hidden');
    const below = filter.replace('A3:C6', 'A4:C6');
    const [headed] = await sheetsOf(bookOf({ sheets: [{ xml: sheetXml(rows, { after: below }) }] }));
    expect([headed!.hiddenRow(3), headed!.hiddenRow(4)]).toEqual(['hidden', 'filtered']);
  });

  it('reports rows that the filter of a table leaves out', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>';
    const link = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/table';
    const [sheet] = await sheetsOf(
      bookOf({
        sheets: [{ xml: sheetXml(rows, { after: '<tableParts count="1"><tablePart r:id="rId7"/></tableParts>' }) }],
        parts: {
          'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships><Relationship Id="rId7" Type="${link}" Target="../tables/table1.xml"/></Relationships>`,
          'xl/tables/table1.xml': `<table xmlns="${main}" ref="A1:A2"><autoFilter ref="A1:A2"><filterColumn colId="0"><filters/></filterColumn></autoFilter></table>`,
        },
      }),
    );
    expect(sheet!.hiddenRow(1)).toBe('filtered');
  });

  it('reports which of them are hidden, in their order', async () => {
    const xml = sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>');
    const sheets = await sheetsOf(
      bookOf({
        sheets: [
          { name: '甲&amp;乙', xml },
          { name: '旧', state: 'hidden', xml },
          { name: '戳', state: 'veryHidden', xml },
        ],
      }),
    );
    expect(sheets.map(({ name, visibility, hidden }) => [name, visibility, hidden])).toEqual([
      ['甲&乙', 'visible', false],
      ['旧', 'hidden', true],
      ['戳', 'veryHidden', true],
    ]);
  });

  it('of charts holds no cells', async () => {
    const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const bytes = bookOf({
      sheets: [{ xml: '<chartsheet/>' }, { xml: sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>') }],
      parts: {
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relationships}/chartsheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
      },
    });
    expect((await sheetsOf(bytes)).map(({ cells }) => cells.length)).toEqual([1]);
  });
});

it('returns rows one by one with only the cells that hold something', async () => {
  const [sheet] = await sheetsOf(bookOfCells([['甲', null, 3], [null], [null, '乙']]));
  expect([...sheet!.rows()].map(({ row, cells }) => [row, cells.map(({ column }) => column)])).toEqual([
    [0, [0, 2]],
    [2, [1]],
  ]);
});

it('returns rows in the form of COPY, and with cells that hold no value', async () => {
  const cells = [
    '<c r="A1" t="inlineStr"><is><t>一小</t></is></c><c r="B1"><v>58.080000000000005</v></c><c r="C1" t="b"><v>1</v></c>',
    '<c r="D1" t="d"><v>2025-09-01</v></c><c r="F1" t="e"><v>#N/A</v></c><c r="G1"><f>A1</f></c><c r="H1"><v>NaN</v></c>',
    '<c r="I1" t="str"><v>林_xD842_</v></c><c r="J1"><v>1</v></c>',
  ];
  const [sheet] = await sheetsOf(
    bookOfRows(`<row r="1" hidden="1">${cells.join('')}</row><row r="3"><c r="A3"><v>2</v></c></row>`),
  );
  const [first, second, ...rest] = [...sheet!.valueRows(9)];
  expect(first).toMatchObject({ row: 0, hidden: 'hidden' });
  expect(first!.values).toEqual(['一小', 58.08, true, '2025-09-01', null, null, null, null, null]);
  expect(first!.faulty.map(({ column, kind }) => [column, kind])).toEqual([
    [5, 'error'],
    [6, 'empty'],
    [7, 'not-a-number'],
    [8, 'text'],
  ]);
  expect([second!.row, second!.values[0], second!.faulty, rest]).toEqual([2, 2, [], []]);
});
