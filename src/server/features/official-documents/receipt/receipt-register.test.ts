import { afterAll, beforeAll, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { sheetsOf } from '#test/support/workbook/read-sheets.ts';

let scene: LetterScene;
beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

it('has a row of each letter that came to the office, as its list shows them, and none of what came to others', async () => {
  const { id: seriesId } = await scene.openSeries('cityOfficer', '泉收');
  const { params, revision } = await scene.signed(seriesId);
  await scene.issuer.call(letters.issue, at(params, revision));
  const director = scene.as('countyDirector');
  const [receipt] = (await director.call(receipts.receipts, {})).rows;
  await director.call(receipts.receive, { params: { receiptId: receipt!.id } });

  const sheetOf = async (query: object = {}) => {
    const { body, fileName } = await director.call(receipts.receiptRegister, { query } as never);
    expect(fileName).toBe('收文登记簿_2025-10-15.xlsx');
    const [sheet] = await sheetsOf(body);
    return [...sheet!.rows()].map(({ cells }) => cells.map(({ text }) => text));
  };
  const [title, headings, ...rows] = await sheetOf();
  expect(title![0]).toBe('收文登记簿（2025-10-15）');
  expect(headings).toEqual(['序号', '来文字号', '标题', '来文单位', '种类', '印发日期', '状态', '签收人']);
  expect(rows).toEqual([
    [
      ...['1', '泉收〔2025〕1号', '关于开展秋季开学督导的通知', '泉州市人民政府教育督导室'],
      ...['督导通知', '2025-10-15', '已签收', '鲤城主任'],
    ],
  ]);
  expect(await sheetOf({ state: 'waiting' })).toHaveLength(2);
});
