import { describe, expect, it } from 'vitest';
import { zipOf } from '#test/support/workbook/workbook-file.ts';
import { readInThread } from '../../file-read.ts';
import { readWordText } from './word-text.ts';

const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const part = (root: string, inside: string, before = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>${before}<w:${root} xmlns:w="${space}">${inside}</w:${root}>`;
const documentOf = (body: string, numbering?: string, styles?: string) =>
  zipOf([
    { name: 'word/document.xml', content: part('document', `<w:body>${body}</w:body>`) },
    ...(numbering === undefined ? [] : [{ name: 'word/numbering.xml', content: part('numbering', numbering) }]),
    ...(styles === undefined ? [] : [{ name: 'word/styles.xml', content: part('styles', styles) }]),
  ]);
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (text: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`;
const item = (text: string, list: number, level = 0) =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
const table = (rows: string[][]) =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((text) => `<w:tc>${text}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
const level = (at: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = `
  <w:abstractNum w:abstractNumId="7">
    ${level(0, 'chineseCountingThousand', '%1、')}${level(1, 'decimal', '%1.%2', '<w:isLgl/>')}${level(2, 'lowerRoman', '(%3)')}
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">${level(0, 'bullet', '')}</w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>`;

describe('a Word document', () => {
  it('is read as headings, paragraphs and tables, with the marks that its lists count', () => {
    const body = [
      paragraph('整改报告', '<w:pStyle w:val="Heading1"/>'),
      paragraph('现将整改情况报告如下：'),
      ...[item('清理通道', 1), item('划线', 1, 1), item('立牌', 1, 1), item('甲', 1, 2), item('巡查', 1)],
      item('第三条', 1, 1),
      ...[item('照片', 2), item('没有定义的列表', 9)],
      table([
        [paragraph('项目'), paragraph('数量')],
        [paragraph('灭火器') + paragraph('（干粉）'), item('12', 1)],
      ]),
    ].join('');
    expect(readWordText(documentOf(body, numbering))).toEqual({
      blocks: [
        { kind: 'heading', text: '整改报告' },
        { kind: 'paragraph', text: '现将整改情况报告如下：' },
        { kind: 'item', mark: '一、', level: 0, text: '清理通道' },
        { kind: 'item', mark: '1.1', level: 1, text: '划线' },
        { kind: 'item', mark: '1.2', level: 1, text: '立牌' },
        { kind: 'item', mark: '(i)', level: 2, text: '甲' },
        { kind: 'item', mark: '二、', level: 0, text: '巡查' },
        { kind: 'item', mark: '2.1', level: 1, text: '第三条' },
        { kind: 'item', mark: '•', level: 0, text: '照片' },
        { kind: 'paragraph', text: '没有定义的列表' },
        {
          kind: 'table',
          rows: [
            ['项目', '数量'],
            ['灭火器\n（干粉）', '三、12'],
          ],
        },
      ],
      more: false,
    });
  });

  it('counts a list anew where Word does: a restarted one, and each level that a list words otherwise', () => {
    const restarted = `
      <w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2')}</w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="1"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="1"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>${level(0, 'decimal', '第%1条')}</w:lvlOverride></w:num>`;
    const marksOf = (body: string) =>
      readWordText(documentOf(body, restarted)).blocks.map((block) => (block.kind === 'item' ? block.mark : ''));
    const three = (list: number) => item('甲', list) + item('乙', list) + item('丙', list);
    expect(marksOf(three(1) + three(2))).toEqual(['1.', '2.', '3.', '1.', '2.', '3.']);
    expect(marksOf(item('甲', 2) + item('子', 2, 1) + item('乙', 2) + item('子', 2, 1))).toEqual([
      ...['1.', '1.1', '2.', '2.1'],
    ]);
    expect(marksOf(item('甲', 3) + item('乙', 3))).toEqual(['第5条', '第6条']);
  });

  it('numbers headings by their style, also by the one on which it is based', () => {
    const styled = `
      <w:abstractNum w:abstractNumId="1">
        ${level(0, 'chineseCountingThousand', '%1、', '<w:pStyle w:val="1"/>')}
        ${level(1, 'decimal', '%1.%2', '<w:pStyle w:val="2"/><w:isLgl/>')}</w:abstractNum>
      <w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>`;
    const style = (id: string, inside: string) => `<w:style w:type="paragraph" w:styleId="${id}">${inside}</w:style>`;
    const counted = (more = '') => `<w:pPr><w:numPr>${more}<w:numId w:val="4"/></w:numPr></w:pPr>`;
    const styles = [
      style('1', `<w:name w:val="heading 1"/>${counted()}`),
      style('2', `<w:name w:val="heading 2"/>${counted('<w:ilvl w:val="1"/>')}`),
      style('own', `<w:name w:val="单位标题"/><w:basedOn w:val="2"/>`),
      style('none', `<w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`),
      style('round', `<w:basedOn w:val="round"/>`),
    ].join('');
    const of = (text: string, id: string, more = '') => paragraph(text, `<w:pStyle w:val="${id}"/>${more}`);
    const body = [
      ...[of('总则', '1'), of('目的', '2'), of('范围', 'own'), of('职责', '1'), of('组织', '2')],
      ...[of('不编号', 'none'), of('附则', '1', '<w:numPr><w:numId w:val="0"/></w:numPr>'), of('圈', 'round')],
      of('末章', '1'),
    ].join('');
    expect(
      readWordText(documentOf(body, styled, styles)).blocks.map((block) => {
        if (block.kind === 'table') return '';
        return block.kind === 'item' ? `${block.mark}${block.text}` : block.text;
      }),
    ).toEqual(['一、总则', '1.1目的', '1.2范围', '二、职责', '2.1组织', '不编号', '附则', '圈', '三、末章']);
  });

  it('writes the numbers above as they are counted where it is told not to write them in digits', () => {
    const legal = (value: string) => `
      <w:abstractNum w:abstractNumId="1">${level(0, 'chineseCountingThousand', '%1、')}
        ${level(1, 'decimal', '%1.%2', `<w:isLgl w:val="${value}"/>`)}</w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`;
    const markOf = (value: string) =>
      readWordText(documentOf(item('甲', 1) + item('乙', 1, 1), legal(value))).blocks[1];
    for (const value of ['false', '0', 'off']) expect(markOf(value)).toMatchObject({ mark: '一.1' });
    for (const value of ['true', '1', 'on']) expect(markOf(value)).toMatchObject({ mark: '1.1' });
  });

  it('shows neither what was deleted, nor the second form of a drawing, nor where a link or a field leads', () => {
    const body = `<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>
      <w:hyperlink w:anchor="javascript:alert(1)">${run('链接')}</w:hyperlink>
      <w:r><w:instrText>HYPERLINK "file:///etc/passwd"</w:instrText></w:r>
      <w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="wps">${run('框')}</mc:Choice>
      <mc:Fallback>${run('框')}</mc:Fallback></mc:AlternateContent></w:r></w:p>
      ${paragraph('&lt;script&gt;1&lt;/script&gt;', '<w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>')}`;
    expect(readWordText(documentOf(body)).blocks).toEqual([
      { kind: 'paragraph', text: '链接框' },
      { kind: 'paragraph', text: '<script>1</script>' },
    ]);
  });

  it('ends where it is long, however many paragraphs, rows, cells and levels it has', () => {
    const many = readWordText(
      documentOf(Array.from({ length: 200_000 }, (_, at) => paragraph(`第 ${at} 段`)).join('')),
    );
    expect([many.blocks.length, many.more]).toEqual([1000, true]);
    const rows = readWordText(
      documentOf(table(Array.from({ length: 300 }, () => Array.from({ length: 40 }, () => paragraph('格'))))),
    );
    expect(rows.blocks).toMatchObject([{ kind: 'table' }]);
    const shown = (rows.blocks[0] as { readonly rows: readonly (readonly string[])[] }).rows;
    expect([shown.length, shown[0]?.length]).toEqual([200, 30]);
    expect(readWordText(documentOf(item('深', 1, 9_999_999), numbering)).blocks).toEqual([
      { kind: 'paragraph', text: '深' },
    ]);
  });

  it('with declarations of entities, or that unfolds without end, is refused and not read', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
    const declared = zipOf([{ name: 'word/document.xml', content: part('document', '&a;', laughs) }]);
    await expect(readInThread({ kind: 'docx', bytes: declared }, {})).rejects.toMatchObject({ code: 'import.damaged' });
    const zeros = zipOf([{ name: 'word/document.xml', content: Buffer.alloc(80 * 1024 * 1024) }]);
    await expect(readInThread({ kind: 'docx', bytes: zeros }, {})).rejects.toMatchObject({ code: /^import\./ });
  });
});
